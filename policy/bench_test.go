package policy_test

import (
	"testing"
	"time"

	"kawu/city"
	"kawu/kit/cal"
	"kawu/policy"
	"kawu/policy/term"
)

type workdays struct{}

func (workdays) AddWorkingDays(d time.Time, n int) (time.Time, error) {
	return cal.AddWorkingDays(d, n)
}
func (workdays) IsWorkday(d time.Time) (bool, error) { return cal.IsWorkday(d) }

func open(t testing.TB) *policy.Book {
	t.Helper()
	b, err := city.Open(workdays{})
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// people is a mixed population of Shanghai's campaign.
func people() []policy.Person {
	var out []policy.Person
	for _, g := range term.Groups {
		for _, h := range []term.Household{term.LocalHousehold, term.OtherHousehold} {
			for _, holds := range []term.Holds{term.HoldsNone, term.HoldsGen2, term.HoldsGen3} {
				out = append(out, policy.Person{Group: g, Household: h, Holds: holds, District: "310106", Age: policy.UsualAge(g),
					Lives: term.LivesHere, CardState: term.Normal, SchoolNotified: true, PayrollBank: "icbc"})
			}
		}
	}
	return out
}

var day = time.Date(2019, 8, 1, 9, 0, 0, 0, time.UTC)

// BenchmarkDecide is one decision of a mixed population; 25 million people are 25 million of these.
func BenchmarkDecide(b *testing.B) {
	book := open(b)
	c, err := book.City("shanghai")
	if err != nil {
		b.Fatal(err)
	}
	e, crowd := c.On(day), people()
	allowed := 0
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		d := e.Decide(&crowd[i%len(crowd)], term.CampaignReason, term.Channels[i%len(term.Channels)], day, workdays{})
		if d.Allowed {
			allowed++
		}
	}
	if allowed == 0 {
		b.Fatal("nobody was allowed")
	}
}

// BenchmarkAllowed is a decision that permits; it must not allocate.
func BenchmarkAllowed(b *testing.B) {
	book := open(b)
	c, err := book.City("shanghai")
	if err != nil {
		b.Fatal(err)
	}
	e, p := c.On(day), people()[1]
	b.ReportAllocs()
	for b.Loop() {
		if d := e.Decide(&p, term.CampaignReason, term.EmployerBank, day, nil); !d.Allowed {
			b.Fatal(d.Because)
		}
	}
}

func TestAllowedDoesNotAllocate(t *testing.T) {
	c, err := open(t).City("shanghai")
	if err != nil {
		t.Fatal(err)
	}
	e, p := c.On(day), people()[1]
	if d := e.Decide(&p, term.CampaignReason, term.EmployerBank, day, nil); !d.Allowed {
		t.Fatal(d.Because)
	}
	if n := testing.AllocsPerRun(100, func() {
		_ = e.Decide(&p, term.CampaignReason, term.EmployerBank, day, nil)
	}); n != 0 {
		t.Errorf("%v allocations for one permission", n)
	}
}
