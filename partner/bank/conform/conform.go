// Package conform is what every bank behind account.Bank must keep, whether it is our adapter with
// the simulator or a real bank's test system. Only tests import it.
package conform

import (
	"context"
	"errors"
	"fmt"
	"testing"

	"kawu/domain/account"
	"kawu/kit/ident"
	"kawu/partner/wire"
	"kawu/partner/wire/trial"
)

// Party is a bank under trial, with four openings that it accepts.
type Party struct {
	account.Bank
	trial.Outside
	Openings []account.Opening
	Wait     int    // days after which its return file is there
	Card     string // a social security card number with its check character
}

// Conform runs the suite; start gives a fresh party.
func Conform(t *testing.T, start func(t *testing.T) Party) {
	ctx := context.Background()
	t.Run("opening", func(t *testing.T) { opening(t, start) })
	t.Run("refusals", func(t *testing.T) { refusals(t, start) })
	t.Run("open", func(t *testing.T) {
		trial.Asking(t, func(t *testing.T) (trial.Outside, trial.Ask, trial.Ask) {
			p := start(t)
			return p, func(key string) (any, error) { return nil, p.Open(ctx, key, p.Openings) },
				func(key string) (any, error) { return nil, p.Open(ctx, key, p.Openings[1:]) }
		})
	})
	for name, call := range map[string]func(Party) func(context.Context, string, []account.Enabled) error{
		"enabled":  func(p Party) func(context.Context, string, []account.Enabled) error { return p.Enabled },
		"activate": func(p Party) func(context.Context, string, []account.Enabled) error { return p.Activate },
	} {
		t.Run(name, func(t *testing.T) {
			trial.Asking(t, func(t *testing.T) (trial.Outside, trial.Ask, trial.Ask) {
				p := start(t)
				lines := p.open(t, "first", p.Openings[:2])
				telling := func(l account.Return) trial.Ask {
					return func(key string) (any, error) {
						return nil, call(p)(ctx, key, []account.Enabled{{Account: l.Account, Card: p.Card}})
					}
				}
				return p, telling(lines[0]), telling(lines[1])
			})
		})
	}
	t.Run("returns", func(t *testing.T) {
		trial.Collecting(t, func(t *testing.T) (trial.Outside, func(), int, trial.Collect) {
			p := start(t)
			return p, func() {
				for i, o := range p.Openings {
					must(t, p.Open(ctx, fmt.Sprint("k", i), []account.Opening{o}))
				}
			}, p.Wait, p.files
		})
	})
}

// opening: one answer for each line, about the person asked, with a bank card number; a second file
// with the same line gets the same account.
func opening(t *testing.T, start func(t *testing.T) Party) {
	p := start(t)
	first := p.open(t, "k1", p.Openings)
	for i, l := range first {
		if l.Key != p.Openings[i].Key || l.Outcome != account.Opened || l.Number != p.Openings[i].Number || l.Class != "1" && l.Class != "2" {
			t.Errorf("line %d: key, outcome, class or person is wrong", i+1)
		}
		if _, _, err := ident.ParseBankCard(l.Account); err != nil {
			t.Errorf("line %d: %v", i+1, err)
		}
		for _, other := range first[:i] {
			if other.Account == l.Account {
				t.Errorf("line %d: account number given twice", i+1)
			}
		}
	}
	p.Restart()
	for i, l := range p.open(t, "k2", p.Openings) {
		if l != first[i] {
			t.Errorf("line %d: another answer for the same opening", i+1)
		}
	}
}

func refusals(t *testing.T, start func(t *testing.T) Party) {
	ctx := context.Background()
	for name, spoil := range map[string]func(*account.Opening){
		"a wrong check character": func(o *account.Opening) { o.Number = "110102199001010010" },
		"no consent":              func(o *account.Opening) { o.Consent = "" },
		"no name":                 func(o *account.Opening) { o.Name = "" },
	} {
		t.Run(name, func(t *testing.T) {
			p := start(t)
			bad := append([]account.Opening(nil), p.Openings...)
			spoil(&bad[1])
			before := p.Work()
			if err := p.Open(ctx, "k1", bad); !errors.Is(err, wire.Refused) || p.Work() != before {
				t.Fatal(err)
			}
			must(t, p.Open(ctx, "k1", p.Openings)) // a refused key is free again
		})
	}
	t.Run("an account of nobody", func(t *testing.T) {
		p := start(t)
		nobody := []account.Enabled{{Account: "6230010000009999991", Card: p.Card}}
		if err := p.Enabled(ctx, "k1", nobody); !errors.Is(err, wire.Refused) {
			t.Error(err)
		}
		if err := p.Activate(ctx, "k2", nobody); !errors.Is(err, wire.Refused) {
			t.Error(err)
		}
	})
	for _, want := range []account.Outcome{account.DocumentExpired, account.ClassOneExists, account.RiskName, account.PhoneMismatch, account.NameRejected} {
		t.Run(string(want)+" once", func(t *testing.T) {
			p := start(t)
			p.Tell(fmt.Sprintf(`{"refuse":{%q:{"reason":%q,"times":1}}}`, p.Openings[0].Number, want))
			p.Restart()
			if got := p.open(t, "k1", p.Openings[:2]); got[0].Outcome != want || got[0].Account != "" || got[1].Outcome != account.Opened {
				t.Fatal(got[0].Outcome, got[1].Outcome)
			}
			if got := p.open(t, "k2", p.Openings[:1]); got[0].Outcome != account.Opened {
				t.Fatal(got[0].Outcome)
			}
		})
	}
}

// open hands a file over and waits for its answer, which is the bank's last.
func (p Party) open(t *testing.T, key string, people []account.Opening) []account.Return {
	t.Helper()
	must(t, p.Open(context.Background(), key, people))
	p.Days(p.Wait)
	files, err := p.Collect(context.Background(), "")
	must(t, err)
	if len(files) == 0 || len(files[len(files)-1].Lines) != len(people) {
		t.Fatalf("%d files", len(files))
	}
	return files[len(files)-1].Lines
}

func (p Party) files(after string) ([]trial.File, error) {
	list, err := p.Collect(context.Background(), after)
	out := make([]trial.File, len(list))
	for i, f := range list {
		out[i] = trial.File{No: f.No, Content: f.Lines}
	}
	return out, err
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
