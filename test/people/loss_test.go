package people_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"kawu/app/demo"
	"kawu/domain/card"
	"kawu/domain/loss"
	"kawu/domain/ref"
)

// worker is a browser in which a member of staff has signed in.
func (s *stand) worker(portal, login string) *browser {
	s.t.Helper()
	b := s.browser()
	b.post("/"+portal+"/sign-in", "user", login, "password", demo.Password).leads(s.t, "/"+portal+"/")
	return b
}

// old is the second-generation card of a person of the world, in use while the exchange goes on.
func (s *stand) old(i int) card.Card {
	s.t.Helper()
	c, inUse, err := card.InUse(ctx, s.house.Store, s.demo.World.Hand[i].ID)
	if err != nil || !inUse {
		s.t.Fatal("no card in use", err)
	}
	return c
}

func (s *stand) isNow(c card.Card, want string) {
	s.t.Helper()
	now, err := card.Get(ctx, s.house.Store, c.ID)
	if err != nil || string(now.Social) != want {
		s.t.Errorf("the card is %s, want %s: %v", now.Social, want, err)
	}
}

// lacks fails on a page that says what is not so.
func (a answer) lacks(t *testing.T, texts ...string) {
	t.Helper()
	for _, x := range texts {
		if strings.Contains(a.body, x) {
			t.Errorf("the page says %q", x)
		}
	}
}

// TestLosing: who lost the old card reports it with one press, while the new one is being applied for
// (SH-69), and takes it back; a second press does it once.
func TestLosing(t *testing.T) {
	s := open(t)
	noticed(t, s, "mail")
	s.browser().get("/lost").want(t, http.StatusOK, `href="/sign-in?next=%2Flost"`, "马上挂失", "12333", "通知没有写明，这是各地通行的做法")
	s.browser().post("/lost", "do", "report").leads(t, "/sign-in")
	b, old := s.citizen(s.demo.World.Hand[0]), s.old(0)
	s.browser().get("/lost?said=said.card.lost").want(t, http.StatusOK, "临时挂失15日内有效", "第一代、第二代社保卡临时挂失10日内有效").lacks(t, "已经挂失")
	b.get("/lost?said=said.card.lost").want(t, http.StatusOK, `value="report"`).lacks(t, "已经挂失") // the address of a day before
	b.get("/?said=said.card.lost").lacks(t, "已经挂失")
	b.get("/lost").want(t, http.StatusOK, `value="report"`, "临时挂失10日内有效", "社保功能马上停用", "不在这里停").hides(t, s.demo.World.Hand).lacks(t, "临时挂失15日")
	for _, once := range []string{"a", "a", "b"} {
		b.post("/lost", "do", "report", "once", once).leads(t, "/lost?said=said.card.lost")
	}
	s.isNow(old, "4")
	if all, err := loss.Of(ctx, s.house.Store, old.ID); err != nil || len(all) != 1 || !all[0].Until.Equal(all[0].Since.AddDate(0, 0, 10)) {
		t.Errorf("%+v, %v", all, err)
	}
	b.get("/lost?said=said.card.lost").want(t, http.StatusOK, "已临时挂失", "自动解除", `value="release"`, "已经挂失").hides(t, s.demo.World.Hand)
	b.get("/lost?said=said.card.released").lacks(t, "已经解挂")
	b.post("/lost?said=said.card.released", "do", "nothing", "once", "x").leads(t, "/lost?said=said.card.lost")
	b.get("/").want(t, http.StatusOK, "您的卡已挂失", "临时挂失", `href="/lost"`)
	b.get("/progress").want(t, http.StatusOK)
	for range 2 {
		b.post("/lost", "do", "release", "once", "c").leads(t, "/lost?said=said.card.released")
	}
	s.isNow(old, "1")
	b.get("/lost?said=said.card.lost").want(t, http.StatusOK, `value="report"`).lacks(t, "已经挂失") // a tab that is loaded again
	b.get("/lost?said=said.card.released").want(t, http.StatusOK, "已经解挂")
	b.get("/lost").want(t, http.StatusOK, `value="report"`)
	b.cookies["lang"] = "en"
	b.get("/lost").want(t, http.StatusOK, "Report it lost now")
	t.Run("a formal report is released at a counter", func(t *testing.T) {
		s.write("update social set state = '2' where card = $1", string(old.ID))
		s.write("insert into loss (id, city, card, person, kind, reason, channel, reporter_kind, reporter, since, until, expiry, warn_at, warned_at, ended_at, ending) values ('los_x', 'beijing', $1, $2, 'formal', 'lost', 'counter', 'clerk', 'stf', 1, 0, '', 0, 0, 0, '')",
			string(old.ID), string(old.Person))
		page := b.get("/lost").want(t, http.StatusOK, "Formally reported lost")
		if strings.Contains(page.body, `value="release"`) {
			t.Error("the page offers what would be refused")
		}
		b.post("/lost", "do", "release", "once", "d").want(t, http.StatusUnprocessableEntity)
		s.isNow(old, "2")
	})
}

// TestLossAtTheCounter: the document first; a formal report, its release with the card, a cancellation.
func TestLossAtTheCounter(t *testing.T) {
	s := open(t)
	who, old := s.demo.World.Hand[1], s.old(1)
	b := s.worker("counter", "clerk-icbc")
	page := "/counter/loss/" + string(old.ID)
	b.get("/counter/loss").want(t, http.StatusOK)
	b.get(page).leads(t, "/counter/loss") // nobody showed a document
	b.post(page, "do", "formal", "why", "lost").leads(t, "/counter/loss")
	s.isNow(old, "1")
	b.post("/counter/loss", "number", "110102199203054510").want(t, http.StatusUnprocessableEntity, `id="e-number"`)
	b.post("/counter/loss", "number", "11010519491231002X").want(t, http.StatusUnprocessableEntity, "没有找到")
	b.post("/counter/loss", "number", who.Number.Reveal()).leads(t, page)
	b.get(page).want(t, http.StatusOK, who.Number.Masked(), "正式挂失", "这里只停社保这一半").hides(t, s.demo.World.Hand)
	b.get("/counter/loss/"+string(s.old(2).ID)).leads(t, "/counter/loss") // another person's card
	for range 2 {
		b.post(page, "do", "formal", "why", "change_bank", "once", "a").leads(t, page+"?said=said.card.lost_formally")
	}
	s.isNow(old, "2")
	b.get(page).want(t, http.StatusOK, "为更换银行挂失", `name="card"`)
	b.post(page, "do", "release", "card", "", "once", "b0").want(t, http.StatusUnprocessableEntity, `id="e-card"`, "没有填写带来的卡的卡号").lacks(t, "不是挂失的那一张")
	b.post(page, "do", "release", "card", "BA0000000", "once", "b").want(t, http.StatusUnprocessableEntity, `id="e-card"`, `value="BA0000000"`)
	b.post(page, "do", "release", "card", " "+strings.ToLower(old.Number), "once", "c").leads(t, page+"?said=said.card.released")
	s.isNow(old, "1")
	b.post(page, "do", "temporary", "once", "d").leads(t, page+"?said=said.card.lost")
	s.isNow(old, "4")
	b.get(page).want(t, http.StatusOK, `value="release"`, `value="formal"`)
	b.get(page+"?said=said.card.cancelled").lacks(t, "已注销")
	b.get(page+"?said=said.card.released").lacks(t, "已解挂", "已经解挂")
	b.get(page+"?said=said.card.lost").want(t, http.StatusOK, "已经挂失")
	b.post(page, "do", "cancel", "once", "e0").want(t, http.StatusUnprocessableEntity, `id="e-reason"`, `id="e-agree"`) // all at once
	b.post(page, "do", "cancel", "reason", "", "agree", "yes", "once", "e").want(t, http.StatusUnprocessableEntity, `id="e-reason"`)
	b.post(page, "do", "cancel", "reason", "abroad/settlement_abroad", "once", "f").want(t, http.StatusUnprocessableEntity, `id="e-agree"`)
	b.post(page, "do", "cancel", "reason", "abroad/settlement_abroad", "agree", "yes", "once", "g").leads(t, page+"?said=said.card.cancelled")
	s.isNow(old, "9")
	b.get(page).want(t, http.StatusOK, "已失效", "出国（境）定居").lacks(t, "不用挂失", "数字证书")
	home := s.citizen(who)
	home.get("/").want(t, http.StatusOK, "您的社保卡已注销", "出国（境）定居", "重新申领", "照旧能用").lacks(t, "还没有第三代社保卡")
	s.citizen(s.demo.World.Hand[3]).get("/").lacks(t, "已注销")
}

// TestLossAtTheCentre: a call is taken, a death waits for a second officer, the figures know a change of
// bank from a loss.
func TestLossAtTheCentre(t *testing.T) {
	s := open(t)
	who, old := s.demo.World.Hand[2], s.old(2)
	b := s.worker("centre", "centre")
	page := "/centre/cards/" + string(old.ID)
	b.get(page).want(t, http.StatusOK, "挂失与注销", "接到电话").hides(t, s.demo.World.Hand).lacks(t, "数字证书吊销")
	b.post(page, "do", "temporary", "once", "a").want(t, http.StatusUnprocessableEntity, `id="e-agree"`)
	b.post(page, "do", "temporary", "agree", "yes", "once", "b").leads(t, page+"?said=said.card.lost")
	s.isNow(old, "4")
	b.get(page).want(t, http.StatusOK, "临时挂失", "电话里不能解挂")
	b.get(page+"?said=said.card.cancelled").lacks(t, "社保功能已停用；银行账户照旧。")
	b.get("/centre/losses").want(t, http.StatusOK, page, "为更换银行").hides(t, s.demo.World.Hand)
	b.post(page, "do", "cancel", "once", "c0").want(t, http.StatusUnprocessableEntity, `id="e-reason"`, `id="e-number"`, `id="e-seen"`)
	form := []string{"do", "cancel", "reason", "death/death_certificate", "seen", "yes", "once", "c"}
	b.post(page, form...).want(t, http.StatusUnprocessableEntity, `id="e-number"`)
	b.post(page, append(form, "number", who.Number.Reveal())...).leads(t, page+"?said=said.card.cancel_waits")
	s.isNow(old, "4")
	b.post(page, "do", "agree", "once", "d").want(t, http.StatusUnprocessableEntity, "提出的人不能自己复核")
	s.isNow(old, "4")
	second := s.worker("centre", "centre2")
	second.get("/centre/losses").want(t, http.StatusOK, "死亡证明")
	second.get(page).want(t, http.StatusOK, "证明属实")
	second.post(page, "do", "agree", "once", "e").leads(t, page+"?said=said.card.cancelled")
	s.isNow(old, "9")
	second.get(page).want(t, http.StatusOK, "死亡证明", "谁提出", "谁复核同意", "注销时间").lacks(t, "不用挂失", "现在由", "数字证书吊销")
	if n, err := loss.Open(ctx, s.house.Store, []ref.Card{old.ID}); err != nil || len(n) != 0 {
		t.Error(n, err)
	}
	if f, err := loss.Count(ctx, s.house.Store, "beijing", s.clock.Now().Add(-time.Hour)); err != nil || f.Reported != 1 || f.Open != 0 {
		t.Errorf("%+v %v", f, err)
	}
}
