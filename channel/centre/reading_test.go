package centre

import (
	"encoding"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"kawu/channel/web"
	"kawu/city"
	"kawu/kit/clock"
	"kawu/kit/wording"
	"kawu/policy"
	"kawu/policy/notice"
	"kawu/policy/part"
	"kawu/policy/strict"
	"kawu/policy/term"
)

// Every key and every part that an edition may have has a name on its page.
func TestEveryKeyHasAName(t *testing.T) {
	seen := map[reflect.Type]bool{}
	var walk func(r reflect.Type)
	walk = func(r reflect.Type) {
		for r.Kind() == reflect.Pointer || r.Kind() == reflect.Slice {
			r = r.Elem()
		}
		if _, text := reflect.New(r).Interface().(encoding.TextUnmarshaler); r.Kind() != reflect.Struct || seen[r] || text {
			return
		}
		seen[r] = true
		for _, f := range strict.Fields(r) {
			if r != reflect.TypeFor[notice.Edition]() && r != reflect.TypeFor[notice.Profile]() && !wording.Has(keyName(f.Name)) {
				t.Errorf("%s.%s has no name", r.Name(), f.Name)
			}
			walk(f.Type)
		}
	}
	walk(reflect.TypeFor[notice.Edition]())
	for _, f := range strict.Fields(reflect.TypeFor[notice.Edition]()) {
		if !wording.Has(sectionName(f.Name)) {
			t.Errorf("the section %s has no name", f.Name)
		}
	}
}

func cities(t *testing.T) []*policy.City {
	t.Helper()
	book, err := city.Open(nil)
	if err != nil {
		t.Fatal(err)
	}
	return book.Cities()
}

// Every clause of every city stands on its edition's page once, with its source, and every link leads
// to a clause that is there.
func TestNoClauseIsLost(t *testing.T) {
	for _, c := range cities(t) {
		for _, e := range c.Editions() {
			all, ids, links := sections(e), map[string]int{}, []string{}
			for _, s := range all {
				for _, x := range s.Clauses {
					ids[x.ID]++
					if x.Source == "" || x.Phrase == "" || x.Say.ZH == "" || x.Say.EN == "" || len(x.Rules) == 0 && !x.Open {
						t.Errorf("%s %s: %+v", e.ID, x.ID, x)
					}
					for _, v := range x.Values {
						for _, w := range v.Words {
							if w.Href != "" {
								links = append(links, w.Href)
							}
						}
					}
				}
			}
			if n := clauses(all); n != len(part.Of(e)) || n != len(ids) || len(links) == 0 {
				t.Errorf("%s: %d of %d clauses, %d ids, %d links", e.ID, n, len(part.Of(e)), len(ids), len(links))
			}
			for _, l := range links {
				if ids[strings.TrimPrefix(l, "#")] == 0 {
					t.Errorf("%s: %s leads nowhere", e.ID, l)
				}
			}
		}
	}
}

// The calendar says of Shanghai's campaign what its notices say: which channel is open to whom in which
// month of 2019.
func TestGroupRow(t *testing.T) {
	for _, c := range cities(t) {
		if c.ID != "shanghai" {
			continue
		}
		list := months(time.Date(2019, 1, 1, 0, 0, 0, 0, clock.Zone), time.Date(2019, 4, 10, 0, 0, 0, 0, clock.Zone))
		for _, x := range []struct {
			group   term.Group
			channel term.Channel
			want    string
		}{{term.Retired, term.BankOutlet, "111111000000"}, {term.Retired, term.CommunityOutlet, "111111111111"}, {term.Pupil, term.Online, "000111000000"}, {term.Employed, term.EmployerBank, "000000111111"}} {
			got, name := "", web.Text(notice.Label("channel", x.channel.String()))
			for _, cell := range groupRow(c, x.group, list, list[3].First).Cells {
				mark := "0"
				for _, b := range cell.Bars {
					if slices.Contains(b.Channels, name) {
						mark = "1"
					}
					if x.group == term.Pupil && b.School != (b.From.Month() == time.April) {
						t.Errorf("the school's notice from %v: %v", b.From, b.School)
					}
				}
				got += mark
			}
			if got != x.want {
				t.Errorf("%s by %s: %s, want %s", x.group, x.channel, got, x.want)
			}
		}
	}
}
