package policy_test

import (
	"errors"
	"io/fs"
	"strings"
	"testing"
	"time"

	"kawu/city"
	"kawu/kit/clock"
	"kawu/policy"
	"kawu/policy/notice"
	"kawu/policy/part"
	"kawu/policy/term"
)

func on(s string) time.Time {
	t, err := time.ParseInLocation("2006-01-02", s, clock.Zone)
	if err != nil {
		panic(err)
	}
	return t
}

// TestEditionOfTheDay: the edition in force, from midnight in China.
func TestEditionOfTheDay(t *testing.T) {
	c, err := open(t).City("beijing")
	if err != nil {
		t.Fatal(err)
	}
	for day, want := range map[string]string{"2020-01-01": "2024-pilot", "2024-05-31": "2024-pilot", "2024-06-01": "2024-plan", "2030-01-01": "2024-plan"} {
		if got := c.On(on(day)).ID; got != want {
			t.Errorf("%s: %s, want %s", day, got, want)
		}
	}
	if got := c.On(time.Date(2024, 5, 31, 16, 0, 0, 0, time.UTC)).ID; got != "2024-plan" {
		t.Errorf("midnight in China is 16:00 UTC; got %s", got)
	}
}

// TestWith: a new edition decides from its day on, and the book before it is untouched.
func TestWith(t *testing.T) {
	before := open(t)
	data, err := fs.ReadFile(city.Files, "sample/2025-exchange.yaml")
	if err != nil {
		t.Fatal(err)
	}
	text := strings.NewReplacer("id: 2025-exchange", "id: 2026-exchange", "from: 2025-03-01", "from: 2026-03-01",
		"to: 2025-12-31", "to: 2026-12-31", "days: 20", "days: 15").Replace(string(data))
	after, err := before.With("sample", "sample/2026-exchange.yaml", []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	p := policy.Person{Group: term.Employed, Household: term.LocalHousehold, Age: 40}
	days := func(b *policy.Book, day string) int {
		d, err := b.Decide("sample", &p, term.CampaignReason, term.EmployerOnline, on(day))
		if err != nil {
			t.Fatal(err)
		}
		return d.Promise.Days
	}
	if days(before, "2026-03-02") != 0 || days(after, "2026-03-02") != 15 || days(after, "2025-03-02") != 20 {
		t.Error("the new edition decides only from its own day on, and only in the new book")
	}
	changes := diff(t, after)
	if !strings.Contains(changes, `promises.twenty.days: "20" → "15"`) || strings.Contains(changes, "fees") {
		t.Errorf("diff:\n%s", changes)
	}
}

func diff(t *testing.T, b *policy.Book) string {
	c, err := b.City("sample")
	if err != nil {
		t.Fatal(err)
	}
	from, err := c.Edition("2025-exchange")
	if err != nil {
		t.Fatal(err)
	}
	to, err := c.Edition("2026-exchange")
	if err != nil {
		t.Fatal(err)
	}
	if d := part.Diff(from, from); len(d) != 0 {
		t.Errorf("an edition differs from itself: %v", d)
	}
	var lines []string
	for _, x := range part.Diff(from, to) {
		lines = append(lines, x.String())
	}
	return strings.Join(lines, "\n")
}

// TestWithRefuses: a broken edition is refused with its place, and the old one stays in force.
func TestWithRefuses(t *testing.T) {
	b := open(t)
	_, err := b.With("sample", "sample/2026-exchange.yaml", []byte("id: 2026-exchange\nfrom: 2026-01-01\n"))
	var found notice.Findings
	if !errors.As(err, &found) || found[0].File != "sample/2026-exchange.yaml" || found[0].Line != 2 {
		t.Fatalf("findings %v", err)
	}
	if c, _ := b.City("sample"); len(c.Editions()) != 1 {
		t.Error("the old book changed")
	}
}

func TestNoSuch(t *testing.T) {
	b := open(t)
	if _, err := b.City("atlantis"); !errors.Is(err, policy.NoCity) || !strings.Contains(err.Error(), "the cities are beijing, chengdu, ") {
		t.Error(err)
	}
	c, _ := b.City("上海")
	if _, err := c.Edition("1999"); !errors.Is(err, policy.NoEdition) || !strings.Contains(err.Error(), "2019-campaign") {
		t.Error(err)
	}
	if _, err := b.Decide("atlantis", &policy.Person{}, term.First, term.Online, on("2024-01-01")); !errors.Is(err, policy.NoCity) {
		t.Error(err)
	}
}

// TestUnpublishedYear: a promise in working days past the published calendar has no due date, and
// says null.
func TestUnpublishedYear(t *testing.T) {
	b := open(t)
	p := policy.Person{Group: term.Resident, Age: 40}
	d, err := b.Decide("chengdu", &p, term.First, term.Online, on("2034-01-05"))
	if err != nil {
		t.Fatal(err)
	}
	if d.Promise.Days != 30 || d.Promise.Due != 0 {
		t.Errorf("%+v", d.Promise)
	}
	if s, _ := d.Promise.Due.MarshalJSON(); string(s) != "null" {
		t.Errorf("%s", s)
	}
}
