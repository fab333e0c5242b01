package policy_test

import (
	"encoding/json"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"kawu/kit/clock"
	"kawu/kit/region"
	"kawu/policy"
	"kawu/policy/notice"
	"kawu/policy/term"
)

// draw makes anybody: any combination of words, told or not, on any day of eight years.
func draw(t *rapid.T, c *policy.City) (policy.Person, term.Reason, term.Channel, time.Time) {
	pick := func(name string, n int) uint8 { return uint8(rapid.IntRange(0, n).Draw(t, name)) }
	districts, banks := []region.Code{""}, []term.BankCode{"", term.OtherBank}
	for _, d := range c.Districts {
		districts = append(districts, d.Code)
	}
	for _, b := range c.Banks {
		banks = append(banks, b.Code)
	}
	day := rapid.IntRange(0, 8*366).Draw(t, "day")
	on := time.Date(2018, 1, 1, 9, 0, 0, 0, clock.Zone).AddDate(0, 0, day)
	p := policy.Person{
		Group: term.Group(pick("group", 6)), Household: term.Household(pick("household", 2)),
		NotInsured: rapid.Bool().Draw(t, "not insured"), District: rapid.SampledFrom(districts).Draw(t, "district"),
		Age: rapid.IntRange(-1, 110).Draw(t, "age"), Lives: term.Lives(pick("lives", 3)), Holds: term.Holds(pick("holds", 5)),
		CardState: term.CardState(pick("state", 7)), Expires: rapid.SampledFrom([]term.Date{0, term.DateOf(on) + 10, term.DateOf(on) + 300}).Draw(t, "expires"),
		Document:    rapid.SampledFrom([]string{"", "id_card", "household_register", "birth_certificate"}).Draw(t, "document"),
		Bank:        rapid.SampledFrom(banks).Draw(t, "bank"),
		PensionBank: rapid.SampledFrom(banks).Draw(t, "pension bank"), PayrollBank: rapid.SampledFrom(banks).Draw(t, "payroll bank"),
		SchoolNotified: rapid.Bool().Draw(t, "school"), Urgent: rapid.Bool().Draw(t, "urgent"),
	}
	return p, term.Reason(1 + pick("reason", 7)), term.Channel(1 + pick("channel", 9)), on
}

// TestAnyQuestion: every question to every city has an answer that can be shown.
func TestAnyQuestion(t *testing.T) {
	b := open(t)
	rapid.Check(t, func(t *rapid.T) {
		c := rapid.SampledFrom(b.Cities()).Draw(t, "city")
		p, r, ch, on := draw(t, c)
		d, err := b.Decide(c.ID, &p, r, ch, on)
		if err != nil {
			t.Fatal(err)
		}
		if len(d.Because) == 0 {
			t.Fatal("no reason")
		}
		for _, g := range d.Because {
			if g.Rule == "" || g.Source == "" || g.Phrase == "" || g.Message.ZH == "" || g.Message.EN == "" {
				t.Fatalf("a reason without rule, source, phrase or message: %+v", g)
			}
		}
		if len(d.Hotlines) == 0 || (d.Instead != nil) != (!d.Allowed && len(d.Offered.List()) > 0) {
			t.Fatalf("whom to call, and the way out where something is open: %+v", d)
		}
		whole := d.Promise.Kind != 0 && d.Promise.Starts != 0 && len(d.Delivery) > 0 && d.Activation != nil && d.OldCard != nil &&
			d.FeeFen != nil && d.Product != "" && len(d.PhotoSources) > 0 && len(d.Documents) > 0 && d.BankChosenBy != 0
		nothing := d.Promise.Kind == 0 && len(d.Delivery) == 0 && d.Activation == nil && d.OldCard == nil && d.FeeFen == nil &&
			d.Product == "" && len(d.PhotoSources)+len(d.Documents)+len(d.Banks) == 0 && d.BankChosenBy == 0
		if way := d.Allowed || d.Instead != nil; way && !whole || !way && !nothing {
			t.Fatalf("an answer tells all of one way, or promises nothing: %+v", d)
		}
		if d.Allowed && !slices.Contains(d.Offered.List(), ch) {
			t.Fatalf("%s is allowed and not among %v", ch, d.Offered.List())
		}
		if d.Allowed && p.Bank != "" && len(d.Banks) > 0 && !slices.Contains(d.Banks, name(c, p.Bank)) {
			t.Fatalf("allowed with bank %s out of %v", p.Bank, d.Banks)
		}
		if _, err := json.Marshal(d); err != nil {
			t.Fatal(err)
		}
	})
}

func name(c *policy.City, code term.BankCode) string {
	b, _ := c.Bank(string(code))
	return b.Name.ZH
}

// TestAdviceIsTrue: every channel that a refusal proposes is open to this person today for the reason
// that Instead names, and what the refusal tells is what the first of them gives.
func TestAdviceIsTrue(t *testing.T) {
	b := open(t)
	rapid.Check(t, func(t *rapid.T) {
		c := rapid.SampledFrom(b.Cities()).Draw(t, "city")
		p, r, ch, on := draw(t, c)
		d, _ := b.Decide(c.ID, &p, r, ch, on)
		if d.Instead == nil {
			return
		}
		p.Document, p.Bank = "", ""
		if p.Expires == 0 {
			p.Expires = term.DateOf(on) // advice may leave this to be seen
		}
		if again, _ := b.Decide(c.ID, &p, d.Instead.Reason, d.Instead.Channel, on); !again.Allowed {
			p.CardState = term.FormalLoss // and to report the card lost
		}
		for _, other := range d.Offered.List() {
			if again, _ := b.Decide(c.ID, &p, d.Instead.Reason, other, on); !again.Allowed {
				t.Fatalf("%s by %s is proposed and closed", d.Instead.Reason, other)
			}
		}
		way, _ := b.Decide(c.ID, &p, d.Instead.Reason, d.Instead.Channel, on)
		if body(t, d) != body(t, way) {
			t.Fatalf("%s by %s is proposed and told as another:\n%s\n%s", d.Instead.Reason, d.Instead.Channel, body(t, d), body(t, way))
		}
	})
}

// body is what a decision tells beside yes or no.
func body(t *rapid.T, d policy.Decision) string {
	d.Allowed, d.Because, d.Offered, d.Instead, d.Hotlines = false, nil, term.ChannelList{}, nil, nil
	text, err := json.Marshal(d)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// TestExplainAgrees: the explanation is the decision, and every part of it has its clause.
func TestExplainAgrees(t *testing.T) {
	b := open(t)
	rapid.Check(t, func(t *rapid.T) {
		c := rapid.SampledFrom(b.Cities()).Draw(t, "city")
		p, r, ch, on := draw(t, c)
		d, _ := b.Decide(c.ID, &p, r, ch, on)
		x, err := b.Explain(c.ID, &p, r, ch, on)
		if err != nil {
			t.Fatal(err)
		}
		short, _ := json.Marshal(d)
		inner, _ := json.Marshal(x.Decision)
		if string(short) != string(inner) {
			t.Fatalf("explained another decision:\n%s\n%s", short, inner)
		}
		seen := map[string]bool{}
		for _, k := range x.Clauses {
			seen[k.Aspect] = true
			if l := notice.Label("aspect", k.Aspect); l.ZH == "" || l.EN == "" {
				t.Fatalf("aspect %s has no name", k.Aspect)
			}
		}
		if !d.Allowed && d.Instead == nil {
			if !seen["why"] || !seen["hotlines"] || seen["promise"] {
				t.Fatalf("nothing is open: %v", seen)
			}
			return
		}
		for _, a := range []string{"route", "who", "banks", "promise", "delivery", "activation", "old_card", "fee", "product", "hotlines"} {
			if !seen[a] {
				t.Fatalf("no clause for %s", a)
			}
		}
		if seen["why"] == d.Allowed {
			t.Fatal("only a refusal says why not")
		}
	})
}
