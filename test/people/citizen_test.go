package people_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"kawu/domain/account"
	"kawu/domain/application"
	"kawu/domain/card"
	"kawu/domain/custody"
	"kawu/domain/ref"
	"kawu/kit/db"
)

// noticed brings an application to where the employees have their codes.
func noticed(t *testing.T, s *stand, mode string) (b *browser, base string) {
	t.Helper()
	b = s.agent("agent5")
	base = begun(t, b)
	b.upload(base+"/upload", "a", s.roster).leads(t, base+"/check")
	b.post(base+"/bank", "do", "save", "mode", mode, "bank", "bob", "outlet", "out_bob_110102", "pickup", "2024-03-20", "once", "b").leads(t, base+"/confirm")
	b.post(base+"/notify", "once", "c").leads(t, base+"/confirm?said=said.notified")
	return b, base
}

func TestConfirming(t *testing.T) {
	s := open(t)
	agent, base := noticed(t, s, "mail")
	hand := s.demo.World.Hand
	last4 := func(i int) string { n := hand[i].Number.Reveal(); return n[len(n)-4:] }
	yes := s.browser()

	t.Run("by a code and the end of one's number", func(t *testing.T) {
		yes.get("/confirm/data").leads(t, "/confirm")
		yes.get("/confirm/done").leads(t, "/confirm")
		code := s.told(hand[0], code8)
		yes.post("/confirm").want(t, http.StatusUnprocessableEntity, `id="e-code"`)
		yes.post("/confirm", "code", code, "last4", last4(1)).want(t, http.StatusUnprocessableEntity, `value="`+code+`"`)
		yes.post("/confirm", "code", " "+code[:4]+" "+code[4:], "last4", strings.ToLower(last4(0))).leads(t, "/confirm/data")
		yes.get("/confirm/data").want(t, http.StatusOK, hand[0].Number.Masked(), "北京银行").hides(t, hand)
		yes.get("/confirm/correct").want(t, http.StatusOK).hides(t, hand)
	})
	t.Run("a mailed card needs an address", func(t *testing.T) {
		yes.post("/confirm/data", "once", "a").want(t, http.StatusUnprocessableEntity, `id="e-address"`)
		yes.post("/confirm/correct", "phone", "12", "address", "", "once", "b").want(t, http.StatusUnprocessableEntity, `value="12"`, `id="e-phone"`, `id="e-address"`)
		for range 2 {
			yes.post("/confirm/correct", "address", "西城区平安里西大街 9 号 3 单元 501", "once", "c").leads(t, "/confirm/done")
		}
		yes.get("/confirm/done").want(t, http.StatusOK, "已确认")
		if a := s.app(hand[0]); a.State != application.Confirmed || a.Corrected || a.Address == "" {
			t.Errorf("%s %v", a.State, a.Corrected)
		}
	})
	t.Run("declining", func(t *testing.T) {
		no := s.browser()
		no.post("/confirm", "code", s.told(hand[1], code8), "last4", last4(1)).leads(t, "/confirm/data")
		no.post("/confirm/decline", "reason", "because").want(t, http.StatusUnprocessableEntity, "请选一个原因")
		for range 2 {
			no.post("/confirm/decline", "reason", "bank", "once", "a").leads(t, "/confirm/done")
		}
		no.post("/confirm/decline", "reason", "bank", "once", "b").leads(t, "/confirm/done") // after going back
		no.get("/confirm/done").want(t, http.StatusOK, "这次不参加")
		no.get("/confirm/data").leads(t, "/confirm/done")
	})
	t.Run("who is signed in needs no code", func(t *testing.T) {
		b := s.citizen(hand[2])
		b.get("/").want(t, http.StatusOK, `href="/confirm"`)
		b.get("/confirm").leads(t, "/confirm/data")
		b.post("/confirm/correct", "phone", "139 1234 5678", "address", "西城区百万庄大街 11 号 3 单元 402", "once", "a").leads(t, "/confirm/done")
		b.get("/confirm/done").want(t, http.StatusOK, "已更正")
		if a := s.app(hand[2]); a.Mobile.Reveal() != "13912345678" || !a.Corrected {
			t.Errorf("%s %v", a.Mobile, a.Corrected)
		}
	})
	t.Run("guessing ends", func(t *testing.T) {
		b, last := s.browser(), 0
		for i := range 40 {
			if last = b.post("/confirm", "code", s.told(hand[3], code8), "last4", fmt.Sprintf("%04d", i)).code; last == http.StatusTooManyRequests {
				return
			}
		}
		t.Errorf("forty guesses, the last answered with %d", last)
	})
	t.Run("the employer submits those two, once", func(t *testing.T) {
		agent.get(base+"/confirm?tab=corrected").want(t, http.StatusOK, hand[2].Name.Reveal()).hides(t, hand)
		agent.get(base+"/confirm?tab=declined").want(t, http.StatusOK, hand[1].Name.Reveal())
		agent.get(base+"/submit").want(t, http.StatusOK, "北京银行")
		for range 2 {
			agent.post(base+"/submit", "agree", "yes", "once", "z").leads(t, base+"/submitted")
		}
		agent.post(base+"/submit", "agree", "yes", "once", "y").leads(t, base+"/track?said=said.step_behind")
		agent.get(base+"/submitted").want(t, http.StatusOK, "2 人")
		n, err := application.CountReached(ctx, s.house.Store, s.collective(base).ID)
		if err != nil || n.Submitted != 2 {
			t.Errorf("%+v %v", n, err)
		}
		agent.get(base+"/track").want(t, http.StatusOK, "卡务中心", "3月2日").hides(t, hand)
	})
	t.Run("who confirms late is submitted late", func(t *testing.T) {
		b := s.citizen(hand[4])
		b.post("/confirm/correct", "address", "西城区月坛北街 2 号 1 单元 101", "once", "a").leads(t, "/confirm/done")
		agent.get(base+"/track").want(t, http.StatusOK, base+"/submit")
		agent.post(base+"/submit", "agree", "yes", "once", "x").leads(t, base+"/submitted")
		if a := s.app(hand[4]); a.State != application.Filed {
			t.Errorf("%s", a.State)
		}
	})
	t.Run("progress, one's own only", func(t *testing.T) {
		b := s.citizen(hand[0])
		b.get("/progress").want(t, http.StatusOK, "卡务中心", "3月2日", "旧卡可以照常").hides(t, hand)
		b.get("/progress?no="+string(s.app(hand[0]).ID)).want(t, http.StatusOK)
		b.get("/progress?no="+string(s.app(hand[1]).ID)).want(t, http.StatusNotFound)
		for _, lang := range []string{"zh-CN", "en"} {
			b.cookies["lang"] = lang
			for _, page := range []string{"/", "/progress", "/activate", "/messages", "/me", "/outlets", "/outlets?bank=ccb&q=x", "/lost", "/how", "/notice", "/hotlines", "/faq", "/fraud", "/demo/messages"} {
				b.get(page).want(t, http.StatusOK)
			}
		}
		b.post("/sign-out").leads(t, "/sign-in")
		b.get("/progress").leads(t, "/sign-in?next=%2Fprogress")
	})
}

func TestSignIn(t *testing.T) {
	s := open(t)
	p := s.demo.World.Hand[0]
	b := s.browser()
	b.get("/").leads(t, "/sign-in?next=%2F")
	b.post("/sign-in", "number", "123", "name", "").want(t, http.StatusUnprocessableEntity, `value="123"`, `id="e-number"`, `id="e-name"`)
	b.get("/sign-in/code").leads(t, "/sign-in?next=%2F")
	b.post("/sign-in", "number", p.Number.Reveal(), "name", "某某某").leads(t, "/sign-in/code?next=%2F") // as if there were such a person
	b.post("/sign-in/code", "code", "000000").want(t, http.StatusUnprocessableEntity, `id="e-code"`)
	b.get("/").leads(t, "/sign-in?next=%2F")
	b.post("/sign-in", "number", p.Number.Reveal(), "name", p.Name.Reveal(), "next", "/progress").leads(t, "/sign-in/code?next=%2Fprogress")
	b.get("/sign-in/code").want(t, http.StatusOK).hides(t, s.demo.World.Hand)
	b.post("/sign-in/again").want(t, http.StatusTooManyRequests)
	b.post("/sign-in/code", "code", s.told(p, code6), "next", "//example.org").leads(t, "/sign-in/notice?next=%2F")
	b.get("/me").want(t, http.StatusOK, p.Number.Masked()).hides(t, s.demo.World.Hand)
	b.get("/employer/").leads(t, "/employer/sign-in?next=%2Femployer%2F") // another portal, another cookie

	r := form("/sign-out")
	r.Header.Set("Origin", "https://elsewhere.example")
	b.send(r).want(t, http.StatusForbidden)
	b.get("/me").want(t, http.StatusOK)
}

// handed puts a person's new card into the hand, as if the post had brought it.
func (s *stand) handed(i int) ref.Card {
	s.t.Helper()
	a := s.app(s.demo.World.Hand[i])
	c := card.Card{ID: "crd_new", City: a.City, Number: "BA9999999", Person: a.Person, Application: a.ID, Bank: a.Bank, Generation: 3, Product: "generation-3",
		Making: card.Handed, Expires: "2034-02-20"}
	err := s.house.Store.Write(ctx, s.clock.Now(), func(tx *db.Tx) error {
		if err := card.Put(ctx, tx, []card.Card{c}); err != nil {
			return err
		}
		return custody.Begin(ctx, tx, []ref.Card{c.ID}, ref.Holder{Kind: ref.HeldByPerson, Name: string(a.Person)})
	})
	if err != nil {
		s.t.Fatal(err)
	}
	s.write("update application set state = 'handed' where id = $1", string(a.ID))
	return c.ID
}

func (s *stand) social(i int) map[int64]string {
	s.t.Helper()
	all, err := card.OfPerson(ctx, s.house.Store, s.demo.World.Hand[i].ID)
	if err != nil {
		s.t.Fatal(err)
	}
	out := map[int64]string{}
	for _, c := range all {
		out[c.Generation] = string(c.Social)
	}
	return out
}

func TestActivating(t *testing.T) {
	s := open(t)
	noticed(t, s, "mail")
	b := s.citizen(s.demo.World.Hand[0])
	b.get("/activate").want(t, http.StatusOK, "没有等您启用的新卡")
	b.post("/activate", "agree", "yes").leads(t, "/activate/done")
	b.get("/activate/done").leads(t, "/activate")
	if got := s.social(0); got[2] != "1" {
		t.Fatalf("the old card is %v", got)
	}
	s.handed(0)
	b.get("/").want(t, http.StatusOK, "请启用新卡", "第二代")
	b.get("/activate").want(t, http.StatusOK, "旧卡马上失效")
	b.post("/activate", "once", "a").want(t, http.StatusUnprocessableEntity, `id="e-agree"`)
	if got := s.social(0); got[2] != "1" || got[3] != "0" {
		t.Fatalf("without the tick: %v", got)
	}
	for _, once := range []string{"a", "a", "b"} {
		b.post("/activate", "agree", "yes", "once", once).leads(t, "/activate/done")
	}
	if got := s.social(0); got[2] != "9" || got[3] != "1" {
		t.Fatalf("old and new: %v", got)
	}
	b.get("/activate/done").want(t, http.StatusOK, "旧卡已同时失效", "我们还在通知", "银行账户", "未启用", "北京银行西城区支行")
	s.write("update financial set told = 'told' where card = 'crd_new'")
	b.get("/activate/done").want(t, http.StatusOK, "已通知")
	b.get("/").want(t, http.StatusOK, "第三代", "银行账户还没激活")
	s.write("update financial set state = 'active' where card = 'crd_new'")
	b.get("/activate").want(t, http.StatusOK, "两半都好了")
	b.get("/lost").want(t, http.StatusOK, "临时挂失15日内有效").lacks(t, "10日内")
	b.post("/lost", "do", "report", "once", "l").leads(t, "/lost?said=said.card.lost")
	b.get("/activate").want(t, http.StatusOK, "这张卡已挂失", `href="/lost"`).lacks(t, "两半都好了")
	b.get("/activate/done").leads(t, "/activate") // it was done, and is not so any more
	other := s.citizen(s.demo.World.Hand[1])
	other.get("/activate/done").leads(t, "/activate")
}

func TestMendingTheAccount(t *testing.T) {
	s := open(t)
	noticed(t, s, "outlet")
	p := s.demo.World.Hand[0]
	a := s.app(p)
	b := s.citizen(p)
	b.get("/mend").leads(t, "/progress")
	if err := s.house.Store.Write(ctx, s.clock.Now(), func(tx *db.Tx) error {
		return account.Want(ctx, tx, []account.Account{{ID: "acc_x", Application: a.ID, Person: a.Person, Bank: a.Bank}})
	}); err != nil {
		t.Fatal(err)
	}
	s.write("update account set state = 'refused', reason = 'phone_mismatch'")
	s.write("update application set state = 'refused', submitted_at = $1, due_day = '2024-03-02' where id = $2", s.clock.Now().UnixMicro(), string(a.ID))
	b.get("/").want(t, http.StatusOK, `href="/mend"`)
	b.get("/progress").want(t, http.StatusOK, `href="/mend"`, "北京银行")
	b.get("/mend").want(t, http.StatusOK, "手机号与银行预留不一致").hides(t, s.demo.World.Hand)
	b.post("/mend").want(t, http.StatusUnprocessableEntity, `id="e-phone"`)
	b.post("/mend", "phone", "021-1234").want(t, http.StatusUnprocessableEntity, `value="021-1234"`)
	for range 2 {
		b.post("/mend", "phone", "13912345678", "once", "a")
	}
	if x := s.app(p); x.State != application.Compared || x.Mobile.Reveal() != "13912345678" {
		t.Errorf("%s %s", x.State, x.Mobile)
	}
	b.get("/progress?said=said.mended").want(t, http.StatusOK, "已重新报给银行")
}
