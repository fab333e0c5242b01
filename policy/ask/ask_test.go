package ask_test

import (
	"errors"
	"strings"
	"testing"

	"kawu/city"
	"kawu/kit/fault"
	"kawu/policy"
	"kawu/policy/ask"
	"kawu/policy/term"
)

func shanghai(t *testing.T) *policy.City {
	t.Helper()
	b, err := city.Open(nil)
	if err != nil {
		t.Fatal(err)
	}
	c, err := b.City("shanghai")
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestPerson(t *testing.T) {
	c := shanghai(t)
	expires, _ := term.ParseDate("2029-11-20")
	for _, x := range []struct {
		flags string
		want  policy.Person
	}{
		{"", policy.Person{Household: term.LocalHousehold, Lives: term.LivesHere, CardState: term.Normal, Age: 40}},
		{"group=pupil", policy.Person{Group: term.Pupil, Household: term.LocalHousehold, Lives: term.LivesHere, CardState: term.Normal, Age: 10}},
		{"group=retired age=0", policy.Person{Group: term.Retired, Household: term.LocalHousehold, Lives: term.LivesHere, CardState: term.Normal}},
		{"group=Employed household=other insured=no district=静安 lives=elsewhere-in-province holds=gen2 card-state=4 expires=2029-11-20 " +
			"document=id-card bank=中国工商银行 pension-bank=icbc payroll-bank=某村镇银行 school-notified=yes urgent=true age=59",
			policy.Person{Group: term.Employed, Household: term.OtherHousehold, NotInsured: true, District: "310106", Lives: term.LivesInProvince,
				Holds: term.HoldsGen2, CardState: term.TemporaryLoss, HasCard: true, Expires: expires, Document: "id_card", Bank: "icbc", PensionBank: "icbc",
				PayrollBank: term.OtherBank, SchoolNotified: true, Urgent: true, Age: 59}},
		{"district=310115", policy.Person{Household: term.LocalHousehold, Lives: term.LivesHere, CardState: term.Normal, Age: 40, District: "310115"}},
		{"district=jing'an card-state=sealed", policy.Person{Household: term.LocalHousehold, Lives: term.LivesHere, CardState: term.Sealed, HasCard: true, Age: 40, District: "310106"}},
	} {
		got, err := ask.Person(c, flags(x.flags))
		if err != nil || got != x.want {
			t.Errorf("%s: %+v, %v", x.flags, got, err)
		}
	}
}

func flags(s string) map[string]string {
	m := map[string]string{}
	for _, f := range strings.Fields(s) {
		k, v, _ := strings.Cut(f, "=")
		m[k] = v
	}
	return m
}

// TestFaults: every wrong word at once, each with what would be right.
func TestFaults(t *testing.T) {
	_, err := ask.Person(shanghai(t), flags("group=worker household=here insured=maybe district=西城 age=-1 lives=far holds=gen4 "+
		"card-state=new expires=2029-02-30 document=letter colour=red urgent=2"))
	var l fault.List
	if !errors.As(err, &l) {
		t.Fatal(err)
	}
	want := map[string]struct{ code, allowed string }{
		"group":      {"policy.unknown_word", "employed, retired, pupil, resident, flexible, unemployed"},
		"household":  {"policy.unknown_word", "local, other"},
		"insured":    {"policy.unknown_word", "yes, no"},
		"urgent":     {"policy.unknown_word", "yes, no"},
		"district":   {"policy.unknown_word", "310106 静安区"},
		"age":        {"policy.not_a_number", ""},
		"lives":      {"policy.unknown_word", "elsewhere_in_province"},
		"holds":      {"policy.unknown_word", "none, magnetic, gen1, gen2, gen3"},
		"card-state": {"policy.unknown_word", "temporary_loss"},
		"expires":    {"policy.not_a_date", ""},
		"document":   {"policy.unknown_word", "household_register"},
		"colour":     {"policy.unknown_flag", "card-state"},
	}
	if len(l) != len(want) {
		t.Errorf("%d faults: %v", len(l), err)
	}
	for _, f := range l {
		w := want[f.Field]
		if f.Code != w.code || !strings.Contains(f.Error(), w.allowed) || strings.Contains(fault.Fill(f.Message, f.Args), "{") {
			t.Errorf("%s: %v", f.Field, f)
		}
	}
}

func TestWords(t *testing.T) {
	if r, err := policy.ParseReason("change_bank"); err != nil || r != term.ChangeBank {
		t.Error(r, err)
	}
	for _, s := range []string{"", "exchange", "First"} {
		if _, err := policy.ParseReason(s); !errors.Is(err, policy.UnknownWord) || !strings.Contains(err.Error(), "first, campaign, renew") {
			t.Errorf("%q: %v", s, err)
		}
	}
	if _, err := policy.ParseChannel("fax"); !errors.Is(err, policy.UnknownWord) || !strings.Contains(err.Error(), "school_online") {
		t.Error(err)
	}
}
