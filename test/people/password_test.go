package people_test

import (
	"net/http"
	"testing"

	"kawu/app/custodian"
	"kawu/app/demo"
	"kawu/flow/desk"
)

// What was printed to whoever hired opens one page, which lets go only with another password; then the
// first one is worth nothing, and whoever was in with it is out.
func TestAFirstPasswordOpensOnePage(t *testing.T) {
	s := open(t)
	two := []desk.Actor{{Role: desk.Centre, ID: "stf_centre", City: "beijing", Org: "centre"}, {Role: desk.Centre, ID: "stf_centre2", City: "beijing", Org: "centre"}}
	staff := s.house.Custodians().Staff()
	hired, err := staff.Add(ctx, two, custodian.Newcomer{Login: "zhao.02", Role: "centre", Name: "赵明"})
	if err != nil {
		t.Fatal(err)
	}
	const page, own = "/centre/password", "three short words"
	in := func(password string) *browser {
		b := s.browser()
		b.post("/centre/sign-in", "user", "zhao.02", "password", password).leads(t, "/centre/")
		return b
	}
	b, other := in(hired.Password), in(hired.Password)
	for _, path := range []string{"/centre/", "/centre/audit", "/centre/editions"} {
		b.get(path).leads(t, page)
	}
	b.post("/centre/proposals/new", "text", "x").leads(t, page)
	if a := b.swap("/centre/search", "find", "x"); a.code != http.StatusForbidden {
		t.Error("an act is done with a first password:", a.code)
	}
	b.get(page).want(t, http.StatusOK, "您现在用的是首次密码")
	choose := func(old, chosen, again string) answer { return b.post(page, "old", old, "new", chosen, "again", again) }
	choose(hired.Password, "short", "other").want(t, http.StatusUnprocessableEntity, "至少 10 个字符", "两次输入的新密码不一样")
	choose(hired.Password, hired.Password, hired.Password).want(t, http.StatusUnprocessableEntity, "新密码和现在的密码一样")
	choose("not the password", own, own).want(t, http.StatusUnprocessableEntity, "zhao.02 现在的密码不对")
	b.get("/centre/").leads(t, page)
	choose(hired.Password, own, own).leads(t, "/centre/?said=said.password")
	b.get("/centre/terminals?said=said.password").want(t, http.StatusOK, "密码已换", "改密码")
	other.get("/centre/").leads(t, "/centre/sign-in?next=%2Fcentre%2F")
	s.browser().post("/centre/sign-in", "user", "zhao.02", "password", hired.Password).want(t, http.StatusUnauthorized)
	in(own).get("/centre/calendar").want(t, http.StatusOK)
	s.agent("agent5").get("/employer/password").want(t, http.StatusOK, "改密码")
	s.browser().get("/counter/password").leads(t, "/counter/sign-in?next=%2Fcounter%2Fpassword")
	if _, err := s.house.Custodians().Prove(ctx, "agent1", demo.Password); err != nil {
		t.Error("the demo's staff have first passwords:", err)
	}
}
