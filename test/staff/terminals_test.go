package staff_test

import (
	"net/http"
	"strings"
	"testing"

	"kawu/app"
	"kawu/app/demo"
	"kawu/domain/terminal"
	"kawu/kit/clock"
	"kawu/kit/db/dbtest"
)

// The register of modules in a house where nothing else has happened: a loss becomes the centre's case
// and ends with it.
func TestTerminals(t *testing.T) {
	for _, e := range dbtest.Engines {
		t.Run(string(e), func(t *testing.T) {
			now := clock.At(demo.Start)
			h, err := app.Open(ctx, app.Config{Data: t.TempDir(), DB: dbtest.Made(t, e), City: "beijing", Clock: now})
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() { _ = h.Close() })
			s := &stand{t: t, house: h, clock: now}
			s.handler = s.portals()
			keepTerminals(t, s)
		})
	}
}

func keepTerminals(t *testing.T, s *stand) {
	f, officer, auditor := s.house.Flows.Read, s.as("centre"), s.as("auditor")
	officer.get("/centre/terminals").want(t, http.StatusOK, "kawu psam add")
	m := terminal.Module{AppliedAs: "省卡〔2024〕7号", AppliedDay: "2024-01-15", Purpose: terminal.Settlement, Serial: "4B570000000000000007", Terminal: "110000000007"}
	if err := f.Enter(ctx, f.Shell(), []terminal.Module{m}); err != nil {
		t.Fatal(err)
	}
	if _, err := f.Give(ctx, f.Shell(), []string{m.Terminal}, terminal.Place{Kind: terminal.AtHospital, Name: "北桥区第一医院"}, "王建国"); err != nil {
		t.Fatal(err)
	}
	page := officer.get("/centre/terminals").want(t, http.StatusOK, m.Terminal, "北桥区第一医院", "王*国", `value="report_lost"`, `value="return"`).body
	if strings.Contains(page, "建") {
		t.Error("the keeper is not masked")
	}
	if page := auditor.get("/centre/terminals?state=in_service").want(t, http.StatusOK, m.Terminal).body; strings.Contains(page, `name="do"`) {
		t.Error("an auditor is offered an act")
	}
	path := "/centre/terminals/" + m.Terminal
	auditor.post(path, "do", "report_lost").want(t, http.StatusForbidden)
	officer.post(path, "do", "destroy").want(t, http.StatusUnprocessableEntity)
	officer.post("/centre/terminals/9", "do", "return").want(t, http.StatusNotFound)
	officer.post(path, "do", "report_lost", "once", "a").want(t, http.StatusSeeOther)
	officer.post(path, "do", "report_lost", "once", "a").want(t, http.StatusSeeOther) // a double click
	officer.get("/centre/terminals?state=lost").want(t, http.StatusOK, m.Terminal, `value="write_off"`)
	officer.get("/centre/exceptions").want(t, http.StatusOK, "终端安全模块丢失", m.Terminal)
	officer.post(path, "do", "return", "once", "b").want(t, http.StatusSeeOther)
	officer.get("/centre/terminals?state=returned").want(t, http.StatusOK, m.Terminal)
	if page := officer.get("/centre/exceptions").want(t, http.StatusOK).body; strings.Contains(page, "终端安全模块丢失") {
		t.Error("the case stays open")
	}
	officer.get("/centre/audit").want(t, http.StatusOK, "终端模块登记")
}
