package people_test

import (
	"net/http"
	"strings"
	"testing"

	"kawu/domain/application"
	"kawu/domain/ref"
)

// begun opens an application as agent5 and gives the beginning of its addresses.
func begun(t *testing.T, b *browser) string {
	t.Helper()
	first := b.post("/employer/batches", "once", "open")
	if first.code != http.StatusSeeOther {
		t.Fatalf("status %d: %.600s", first.code, text(first.body))
	}
	return strings.TrimSuffix(first.to, "/upload")
}

func (s *stand) tally(base string) application.Tally {
	s.t.Helper()
	n, err := application.Count(ctx, s.house.Store, s.collective(base).ID)
	if err != nil {
		s.t.Fatal(err)
	}
	return n
}

// members counts the people of an application who are on it now.
func (s *stand) members(base string) int {
	s.t.Helper()
	ids, err := application.IDsIn(ctx, s.house.Store, s.collective(base).ID, application.OnList)
	if err != nil {
		s.t.Fatal(err)
	}
	return len(ids)
}

func TestStepsInTheirOrder(t *testing.T) {
	s := open(t)
	s.browser().get("/employer/").leads(t, "/employer/sign-in?next=%2Femployer%2F")
	s.browser().post("/employer/sign-in", "user", "agent5", "password", "not this one").want(t, http.StatusUnauthorized, "有误", `value="agent5"`)
	s.browser().post("/employer/sign-in", "user", "centre", "password", "kawu-demo-2024").want(t, http.StatusForbidden)
	b := s.agent("agent5")
	base := begun(t, b)
	b.post("/employer/batches", "once", "open").leads(t, base+"/upload") // pressed twice
	b.get("/employer/").want(t, http.StatusOK, base+"/upload")

	t.Run("no step can be skipped", func(t *testing.T) {
		for _, page := range []string{"check", "bank", "confirm", "submit", "submitted", "track"} {
			b.get(base+"/"+page).leads(t, base+"/upload?said=said.step_first")
		}
		for _, page := range []string{"check", "rows/2", "groups/roster.duplicate", "bank", "notify", "remind", "submit"} {
			b.post(base+"/"+page, "mode", "mail", "bank", "bob", "outlet", "out_bob_110102", "pickup", "2024-03-20", "agree", "yes").
				leads(t, base+"/upload?said=said.step_first")
		}
		if c := s.collective(base); c.State != application.Opened || c.Bank != "" {
			t.Errorf("%s %s", c.State, c.Bank)
		}
	})
	t.Run("a file that is no roster", func(t *testing.T) {
		b.upload(base+"/upload", "a", nil).want(t, http.StatusUnprocessableEntity, "还没有选文件", "有误", `id="e-file"`)
		b.upload(base+"/upload", "a", []byte("%PDF-1.7")).want(t, http.StatusUnprocessableEntity, ".pdf")
		b.upload(base+"/upload", "a", make([]byte, 21<<20)).want(t, http.StatusUnprocessableEntity, "20 MB")
	})
	t.Run("the roster, twice", func(t *testing.T) {
		for range 2 {
			b.upload(base+"/upload", "b", s.roster).leads(t, base+"/check")
		}
		b.upload(base+"/upload", "c", s.roster).leads(t, base+"/check") // the same file as a new form
		if n := s.tally(base); n.Good != 12 || n.Bad != 8 || s.members(base) != 12 {
			t.Errorf("%+v, %d members", n, s.members(base))
		}
		b.get(base+"/check?tab=good").want(t, http.StatusOK).hides(t, s.demo.World.Hand)
		b.get(base+"/check?tab=ask").want(t, http.StatusOK, "全角").hides(t, s.demo.World.Hand)
		b.get(base+"/check").want(t, http.StatusOK, "同一个人出现不止一次")
	})
	t.Run("others see nothing", func(t *testing.T) {
		for _, o := range []*browser{s.agent("agent1"), s.agent("agent4")} {
			for _, page := range []string{"upload", "check", "bank", "confirm", "submit", "track", "annotated"} {
				o.get(base+"/"+page).want(t, http.StatusNotFound)
			}
			o.post(base+"/rows/2", "id", "1").want(t, http.StatusNotFound)
			o.post(base+"/submit", "agree", "yes").want(t, http.StatusNotFound)
		}
		s.agent("agent4").get("/employer/").want(t, http.StatusOK, "试点") // not in the pilot, and told why
	})
	t.Run("bank, outlet, day: all problems at once, what was sent stays", func(t *testing.T) {
		a := b.post(base+"/bank", "do", "save", "pickup", "yesterday", "bank", "icbc", "outlet", "out_bob_110102").want(t, http.StatusUnprocessableEntity, `value="yesterday"`)
		if n := strings.Count(a.body, `class="err"`); n != 3 {
			t.Errorf("%d problems, want mode, outlet and day", n)
		}
		b.post(base+"/bank", "do", "find", "bank", "bob", "mode", "mail").leads(t, base+"/bank?bank=bob&find=&mode=mail&pickup=")
		for _, mode := range []string{"outlet", "mail"} { // may be changed until the staff are told
			b.post(base+"/bank", "do", "save", "mode", mode, "bank", "bob", "outlet", "out_bob_110102", "pickup", "2024-03-20", "once", mode).leads(t, base+"/confirm")
		}
		if c := s.collective(base); c.State != application.Chosen || c.Mode != application.Mail {
			t.Errorf("%s %s", c.State, c.Mode)
		}
	})
	t.Run("nothing is submitted that nobody confirmed", func(t *testing.T) {
		b.post(base+"/submit", "agree", "yes").leads(t, base+"/confirm?said=said.step_first")
		for range 2 {
			b.post(base+"/notify", "once", "d").leads(t, base+"/confirm?said=said.notified")
		}
		b.post(base+"/upload", "once", "e").leads(t, base+"/confirm?said=said.step_behind")
		b.get(base+"/bank").leads(t, base+"/confirm?said=said.step_behind")
		b.post(base+"/submit", "agree", "yes", "once", "f").want(t, http.StatusUnprocessableEntity, "还没有职工确认")
		b.post(base+"/submit").want(t, http.StatusUnprocessableEntity, "请勾选")
		b.get(base+"/confirm").want(t, http.StatusOK, "12").hides(t, s.demo.World.Hand)
	})
}

func TestMendingInPlace(t *testing.T) {
	s := open(t)
	b := s.agent("agent5")
	base := begun(t, b)
	b.upload(base+"/upload", "a", s.roster).leads(t, base+"/check")
	first, second := s.demo.World.Hand[0].Number.Reveal(), s.demo.World.Hand[1].Number.Reveal()

	t.Run("what is wrong stays, with what to do", func(t *testing.T) {
		b.swap(base+"/rows/3", "id", "12 34").want(t, http.StatusUnprocessableEntity, `value="12 34"`, "18 位", `id="row-3"`)
		if n := s.tally(base); n.Good != 11 || s.members(base) != 11 {
			t.Errorf("%+v, %d members", n, s.members(base))
		}
	})
	t.Run("and is right again", func(t *testing.T) {
		b.swap(base+"/rows/3", "id", second).want(t, http.StatusOK, "已通过")
		b.post(base+"/rows/3", "id", second).leads(t, base+"/check#rows")
		if n := s.tally(base); n.Good != 12 || s.members(base) != 12 {
			t.Errorf("%+v, %d members", n, s.members(base))
		}
	})
	t.Run("a row that was wrong only for another's sake", func(t *testing.T) {
		b.swap(base+"/rows/2", "id", "").want(t, http.StatusUnprocessableEntity) // line 16 names the same person
		good := b.get(base+"/check?tab=good").want(t, http.StatusOK).body
		if n := s.tally(base); n.Good != 12 || s.members(base) != 12 || !strings.Contains(good, `id="row-16"`) {
			t.Errorf("%+v, %d members", n, s.members(base))
		}
		b.swap(base+"/rows/2", "id", first).want(t, http.StatusOK)
		if n := s.tally(base); n.Good != 12 || s.members(base) != 12 {
			t.Errorf("%+v, %d members", n, s.members(base))
		}
	})
	t.Run("all of a kind at once", func(t *testing.T) {
		for range 2 {
			b.post(base+"/groups/roster.duplicate", "once", "d").leads(t, base+"/check")
		}
		b.post(base+"/groups/idno.length", "once", "e").want(t, http.StatusNotFound) // must be typed again
		if n := s.tally(base); n.Rows != 19 || n.Bad != 7 || s.members(base) != 12 {
			t.Errorf("%+v, %d members", n, s.members(base))
		}
		b.swap(base+"/rows/16", "id", first).want(t, http.StatusNotFound)
		b.swap(base+"/rows/none", "id", first).want(t, http.StatusNotFound)
	})
	t.Run("files", func(t *testing.T) {
		for path, from := range map[string]string{base + "/annotated": "PK", "/employer/template.xlsx": "PK"} {
			if a := b.get(path).want(t, http.StatusOK); !strings.HasPrefix(a.body, from) {
				t.Errorf("%s begins with %q", path, a.body[:2])
			}
		}
	})
	t.Run("somebody else's row is not there", func(t *testing.T) {
		apps, err := application.In(ctx, s.house.Store, ref.Collective("col_other"), "", "", 10)
		if err != nil || len(apps) != 0 {
			t.Fatal(apps, err)
		}
		s.agent("agent2").swap(base+"/rows/2", "id", first).want(t, http.StatusNotFound)
	})
}
