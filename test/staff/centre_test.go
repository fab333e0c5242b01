package staff_test

import (
	"net/http"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"kawu/domain/application"
	"kawu/domain/custody"
	"kawu/domain/ref"
	"kawu/domain/trouble"
	"kawu/flow/desk"
	"kawu/kit/db"
)

// bars are the funnel's figures as its data table says them.
var bars = regexp.MustCompile(`<th scope="row">[^<]*</th><td class="r num">([0-9,]+)</td>`)

func TestCentre(t *testing.T) { each(t, inTheCentre) }

func inTheCentre(t *testing.T, s *stand) {
	officer, auditor := s.as("centre"), s.as("auditor")

	t.Run("the overview's counts are ordered", func(t *testing.T) {
		for _, b := range []*browser{officer, auditor} {
			page := b.get("/centre/").want(t, http.StatusOK).body
			var n []int
			for _, m := range bars.FindAllStringSubmatch(page[:strings.Index(page, `id="burn-t"`)], -1) {
				v, err := strconv.Atoi(strings.ReplaceAll(m[1], ",", ""))
				if err != nil {
					t.Fatal(err)
				}
				n = append(n, v)
			}
			if len(n) != 6 || n[0] == 0 || !slices.IsSortedFunc(n, func(a, b int) int { return b - a }) {
				t.Errorf("accepted … enabled: %v", n)
			}
		}
	})
	t.Run("every page opens, in both languages, for officer and auditor", func(t *testing.T) {
		for _, b := range []*browser{officer, auditor} {
			for _, lang := range []string{"zh-CN", "en"} {
				b.cookies["lang"] = lang
				for _, path := range []string{"/centre/", "/centre/exceptions", "/centre/overdue", "/centre/batches", "/centre/batches?tab=finished",
					"/centre/handovers", "/centre/handovers?tab=given", "/centre/exchanges", "/centre/exchanges?partner=bank&state=taken", "/centre/audit", "/centre/audit?page=3",
					"/centre/duties", "/centre/faces", "/centre/faces?state=wrong"} {
					b.get(path).want(t, http.StatusOK)
				}
			}
			b.cookies["lang"] = "zh-CN"
		}
		s.as("clerk").get("/centre/").want(t, http.StatusForbidden)
	})
	t.Run("rare names are looked at before they are printed", func(t *testing.T) { lookAtNames(t, s) })
	t.Run("batches reconcile", func(t *testing.T) {
		page := officer.get("/centre/batches").want(t, http.StatusOK).body
		found := regexp.MustCompile(`/centre/batches/bat_[0-9A-Z]+`).FindAllString(page, -1)
		if len(found) < 3 {
			t.Fatalf("batches: %v", found)
		}
		for _, path := range found {
			officer.get(path).want(t, http.StatusOK, "tag--ok")
		}
		officer.get("/centre/batches/bat_none").want(t, http.StatusNotFound)
	})
	list := s.lists(s.clerk())[0]
	t.Run("a card's page: the whole chain, masked", func(t *testing.T) {
		lines, err := custody.Lines(ctx, s.house.Store, list.ID)
		if err != nil {
			t.Fatal(err)
		}
		var id ref.Card
		for c := range lines {
			id = c
		}
		c, a := s.card(id)
		for _, typed := range []string{a.Number.Reveal(), c.Number, short(id), string(id)} {
			x := officer.post("/centre/search", "find", typed)
			if typed == a.Number.Reveal() { // the old card is found too
				x.want(t, http.StatusOK, "/centre/cards/"+string(id))
			} else if x.want(t, http.StatusSeeOther); x.to != "/centre/cards/"+string(id) {
				t.Errorf("%q leads to %s", typed, x.to)
			}
			if strings.Contains(x.body, a.Number.Reveal()) || strings.Contains(x.to, a.Number.Reveal()) {
				t.Error("the number stands in the answer")
			}
		}
		page := officer.get("/centre/cards/"+string(id)).want(t, http.StatusOK, a.Number.Masked(), a.Name.Masked(), "制卡厂", "卡务中心", "工商银行").body
		for _, secret := range []string{a.Number.Reveal(), a.Name.Reveal(), c.Number} {
			if strings.Contains(page, secret) {
				t.Errorf("%s is not masked", secret)
			}
		}
		officer.post("/centre/search", "find", "NOTHING1").want(t, http.StatusOK)
		officer.get("/centre/handovers/"+string(list.ID)).want(t, http.StatusOK)
	})
	t.Run("a refused account is sent again, by an officer only", func(t *testing.T) {
		open, err := trouble.OpenIn(ctx, s.house.Store, "beijing", 100)
		if err != nil {
			t.Fatal(err)
		}
		i := slices.IndexFunc(open, func(x trouble.Trouble) bool { return x.Kind == trouble.AccountRefused })
		if i < 0 {
			t.Fatalf("no refused account among %v", open)
		}
		path := "/centre/exceptions/" + string(open[i].ID)
		if page := auditor.get("/centre/exceptions?type=account_refused").want(t, http.StatusOK).body; strings.Contains(page, `name="do"`) {
			t.Error("an auditor is offered an act")
		}
		auditor.post(path, "do", "resend").want(t, http.StatusForbidden)
		officer.get("/centre/exceptions?type=account_refused").want(t, http.StatusOK, `value="resend"`, `value="withdraw"`)
		officer.post(path, "do", "settle").want(t, http.StatusUnprocessableEntity)
		officer.post(path, "do", "resend", "once", "a").want(t, http.StatusSeeOther)
		officer.post(path, "do", "resend", "once", "a").want(t, http.StatusSeeOther)
		app := ref.Application(open[i].Subject)
		if a, err := application.Get(ctx, s.house.Store, app); err != nil || a.State == application.Refused {
			t.Errorf("%v %v", a.State, err)
		}
		s.until("the bank's answer", func() bool {
			all, err := trouble.About(ctx, s.house.Store, string(app))
			return err == nil && !all[0].SettledAt.IsZero()
		})
	})
	t.Run("a list that differs is settled and what was found goes out again", func(t *testing.T) {
		lines, err := custody.Lines(ctx, s.house.Store, list.ID)
		if err != nil {
			t.Fatal(err)
		}
		var gone ref.Card
		for c := range lines {
			gone = c
		}
		s.as("clerk").post("/counter/handovers/"+string(list.ID), "counted", strconv.Itoa(int(list.N)-1), "missing", short(gone), "agree", "yes").want(t, http.StatusSeeOther)
		about, err := trouble.About(ctx, s.house.Store, string(list.ID))
		if err != nil || len(about) != 1 {
			t.Fatal(about, err)
		}
		officer.get("/centre/").want(t, http.StatusOK, string(about[0].ID))
		officer.post("/centre/exceptions/"+string(about[0].ID), "do", "settle").want(t, http.StatusSeeOther)
		on, err := custody.OnOpenList(ctx, s.house.Store, []ref.Card{gone})
		if err != nil || on[gone] == "" || on[gone] == list.ID {
			t.Errorf("%v %v", on, err)
		}
	})
	t.Run("troubles without an act need a reason", func(t *testing.T) {
		raise(t, s, trouble.Trouble{City: "beijing", Kind: trouble.UnknownReturn, Subject: "factory 7", OwnerKind: ref.HeldByFactory, Owner: "factory", Reason: "never_ordered", Due: s.clock.Now()})
		id := find(t, s, trouble.UnknownReturn)
		officer.post("/centre/exceptions/"+id, "do", "mark").want(t, http.StatusUnprocessableEntity)
		officer.post("/centre/exceptions/"+id, "do", "mark", "why", "explained").want(t, http.StatusSeeOther)
		officer.post("/centre/exceptions/"+id, "do", "mark", "why", "explained").want(t, http.StatusConflict)
		officer.post("/centre/exceptions/trb_none", "do", "mark").want(t, http.StatusNotFound)
	})
	t.Run("held applications: compared again, or withdrawn", func(t *testing.T) {
		ids, err := application.Waiting(ctx, s.house.Store, "beijing", application.Made, "", 10)
		if err != nil || len(ids) == 0 {
			t.Fatal(ids, err)
		}
		// These applications are made already: what the page offers must be refused, not half done.
		raise(t, s, trouble.Trouble{City: "beijing", Kind: trouble.CardElsewhere, Subject: string(ids[0]), OwnerKind: ref.HeldByCentre, Owner: "centre", Reason: "上海/1", Due: s.clock.Now()})
		for _, do := range []string{"compare", "withdraw"} {
			officer.post("/centre/exceptions/"+find(t, s, trouble.CardElsewhere), "do", do).want(t, http.StatusUnprocessableEntity)
		}
		settled(t, s, trouble.CardElsewhere, string(ids[0]))
	})
	t.Run("the trail is whole, and says so to its line", func(t *testing.T) {
		officer.get("/centre/audit").want(t, http.StatusOK, "notice--ok")
		officer.get("/centre/audit?about="+string(list.ID)).want(t, http.StatusOK, "接收签字")
		if err := s.house.Store.Write(ctx, s.clock.Now(), func(tx *db.Tx) error {
			_, err := tx.Exec(ctx, "update audit set n = n + 1 where seq = 5")
			return err
		}); err != nil {
			t.Fatal(err)
		}
		s.clock.To(s.clock.Now().Add(2 * 60e9))
		officer.get("/centre/audit").want(t, http.StatusOK, "notice--danger")
	})
}

func raise(t *testing.T, s *stand, x trouble.Trouble) {
	t.Helper()
	err := s.house.Desk.Sit(ctx, desk.Clockwork("test"), desk.Oversee, func(sit *desk.Sitting) error {
		return trouble.Raise(ctx, sit.Tx, []trouble.Trouble{x})
	})
	if err != nil {
		t.Fatal(err)
	}
}

func settled(t *testing.T, s *stand, k trouble.Kind, subject string) {
	t.Helper()
	err := s.house.Desk.Sit(ctx, desk.Clockwork("test"), desk.Oversee, func(sit *desk.Sitting) error {
		return trouble.Settle(ctx, sit.Tx, k, []string{subject}, "test", sit.ID)
	})
	if err != nil {
		t.Fatal(err)
	}
}

func find(t *testing.T, s *stand, k trouble.Kind) string {
	t.Helper()
	open, err := trouble.Page(ctx, s.house.Store, "beijing", k, 0, 10)
	if err != nil || len(open) != 1 {
		t.Fatal(open, err)
	}
	return string(open[0].ID)
}
