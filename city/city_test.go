package city_test

import (
	"fmt"
	"io/fs"
	"path"
	"strings"
	"testing"

	"kawu/city"
	"kawu/policy"
	"kawu/policy/notice"
	"kawu/policy/term"
)

// TestNothingWrong: the embedded folders open, with every rule of every city in some clause.
func TestNothingWrong(t *testing.T) {
	for _, f := range policy.Check(city.Files) {
		t.Error(f)
	}
}

// TestEveryRule proves the count of the four cities' rules without the checker: each id stands in
// the files of its own city and in no other's.
func TestEveryRule(t *testing.T) {
	want := map[string]struct {
		prefix string
		rules  int
	}{"shanghai": {"SH", 105}, "chengdu": {"CD", 55}, "urumqi": {"XJ", 63}, "beijing": {"BJ", 52}}
	files, err := fs.Glob(city.Files, "*/*.yaml")
	if err != nil {
		t.Fatal(err)
	}
	text := map[string]string{}
	for _, f := range files {
		b, err := fs.ReadFile(city.Files, f)
		if err != nil {
			t.Fatal(err)
		}
		text[path.Dir(f)] += string(b)
	}
	total := 0
	for name, w := range want {
		for n := 1; n <= w.rules; n++ {
			id := fmt.Sprintf("%s-%02d", w.prefix, n)
			total++
			for other, s := range text {
				if has := holds(s, id); has != (other == name) {
					t.Errorf("%s in %s: %v", id, other, has)
				}
			}
		}
	}
	if total != 275 {
		t.Errorf("%d rules", total)
	}
}

// holds looks for the id in a list of rules, not as a part of a longer id.
func holds(s, id string) bool {
	for _, after := range []string{",", "]"} {
		if strings.Contains(s, "["+id+after) || strings.Contains(s, " "+id+after) {
			return true
		}
	}
	return false
}

// TestFigures: the numbers that load profiles and reports use (section F of the rules).
func TestFigures(t *testing.T) {
	b := open(t)
	got := map[string]int{}
	for _, c := range b.Cities() {
		for _, f := range c.Facts {
			if f.Value != 0 {
				got[c.ID+" "+f.Unit] = f.Value
			}
		}
	}
	for k, want := range map[string]int{"shanghai cards_accepted": 2850000, "shanghai cards_made": 1740000, "shanghai hospitals": 400,
		"shanghai pharmacies": 800, "chengdu people_not_applied": 1119300, "chengdu cards_unclaimed": 612100, "urumqi outlets": 306,
		"urumqi services": 100, "urumqi banks": 9, "chengdu stages": 5, "beijing steps": 4} {
		if got[k] != want {
			t.Errorf("%s is %d, want %d", k, got[k], want)
		}
	}
}

// TestBanks: how many banks an edition has (SH-74, XJ-05, XJ-32, BJ-30).
func TestBanks(t *testing.T) {
	b := open(t)
	for name, want := range map[string]int{"shanghai": 11, "chengdu": 0, "urumqi": 9, "beijing": 14} {
		c, err := b.City(name)
		if err != nil {
			t.Fatal(err)
		}
		if got := len(c.Editions()[0].Banks()); got != want {
			t.Errorf("%s has %d banks, want %d", name, got, want)
		}
	}
}

// TestBeijingForFlows: what the flows ask of the pilot's edition.
func TestBeijingForFlows(t *testing.T) {
	b := open(t)
	c, _ := b.City("北京")
	e, err := c.Edition("2024-pilot")
	if err != nil {
		t.Fatal(err)
	}
	var codes []string
	for _, d := range e.PilotDistricts() {
		codes = append(codes, string(d.Code))
	}
	if s := strings.Join(codes, " "); s != "110102 110107 110116" {
		t.Errorf("pilot districts %s", s)
	}
	if !e.InPilotDistrict("110116") || e.InPilotDistrict("110101") {
		t.Error("InPilotDistrict")
	}
	p := policy.Person{Group: term.Employed, District: "110102", Age: -1}
	if !e.InPilot(&p) {
		t.Error("an employee in Xicheng is in the pilot")
	}
	if m := e.Promise(term.First, term.EmployerOnline); m.Days != 30 || m.Kind != term.CalendarDays || m.Starts != term.Submitted {
		t.Errorf("BJ-20: %+v", m)
	}
	if m := e.Promise(term.Lost, term.BankOutlet); m.Days != 4 || m.Kind != term.WorkingDays {
		t.Errorf("BJ-41: %+v", m)
	}
	if d := e.Delivery(term.OnSite); !d.Together {
		t.Error("BJ-28: on site both are switched on together")
	}
	if d := e.Delivery(term.ByMail); d.FeeBearer != "none" || d.Operator != "issuing_bank" || len(d.Bank) != 1 || d.Bank[0] != term.AtBank {
		t.Errorf("BJ-23, BJ-25, BJ-26: %+v", d)
	}
	if d := e.Delivery(term.AtOutlet); d.Notify != "sms" {
		t.Errorf("BJ-21: %+v", d)
	}
	if bank, ok := e.Bank("中国工商银行"); !ok || bank.Code != "icbc" || bank.Hotline != "95588" {
		t.Errorf("bank %+v", bank)
	}
	if w := e.Warning; w == nil || len(w.Rules) != 3 {
		t.Error("BJ-45 to BJ-47: the warning")
	}
	if e.Profile.TemporaryLoss.Days != 15 || !policy.FromPractice(e.Profile.TemporaryLoss) {
		t.Error("the national default for temporary loss")
	}
	if steps := e.Route(term.CampaignReason, term.EmployerOnline).Steps; len(steps) != 4 {
		t.Errorf("BJ-15: %v", steps)
	}
}

// TestProfiles: values of the card's life that cities set themselves.
func TestProfiles(t *testing.T) {
	b := open(t)
	of := func(name string) notice.Profile {
		c, err := b.City(name)
		if err != nil {
			t.Fatal(err)
		}
		return c.Editions()[0].Profile
	}
	if sh := of("shanghai"); sh.TemporaryLoss.Days != 5 || sh.TemporaryLoss.OnExpiry != "release" || sh.PIN.Tries != 6 {
		t.Error("shanghai")
	}
	if cd := of("chengdu"); cd.TemporaryLoss.Days != 7 || cd.Unclaimed.Return != 180 || !cd.Payout.Consent || !cd.Instant.Reservation {
		t.Error("chengdu")
	}
	if bj := of("beijing"); bj.Loss(3).Days != 15 || bj.Loss(2).Days != 10 || bj.Loss(1).Days != 10 {
		t.Error("beijing")
	}
	if sh := of("shanghai"); sh.Loss(2).Days != 5 || sh.Loss(3).Days != 5 {
		t.Error("shanghai has one period")
	}
	if xj := of("urumqi"); xj.Renewal.Days != 60 || !xj.ECard.Together || !xj.ECard.Rebind || !xj.Payout.BothActive || !xj.Picture.Reuse {
		t.Error("urumqi")
	}
}
