// Package conform is what every holder base behind card.Province must keep, whether it is our
// adapter with the simulator or a real one's test system. Only tests import it.
package conform

import (
	"context"
	"errors"
	"testing"

	"kawu/domain/card"
	"kawu/partner/wire"
	"kawu/partner/wire/trial"
)

// Party is a base under trial. It knows that Free holds no card, and the card that Holder has in
// another city; the answer for Holder is Elsewhere.
type Party struct {
	card.Province
	trial.Outside
	Free, Holder card.Inquiry
	Elsewhere    card.Elsewhere
	Card, Old    string // two card numbers with right check characters
}

// Conform runs the suite; start gives a fresh party.
func Conform(t *testing.T, start func(t *testing.T) Party) {
	ctx := context.Background()
	t.Run("every person is answered once, in the order asked", func(t *testing.T) {
		p := start(t)
		got, err := p.Province.Elsewhere(ctx, "k1", []card.Inquiry{p.Holder, p.Free})
		if err != nil || len(got) != 2 || got[0] != p.Elsewhere || got[1] != (card.Elsewhere{Key: p.Free.Key}) {
			t.Fatal(got, err)
		}
	})
	t.Run("a card of the asking city is not elsewhere", func(t *testing.T) {
		p := start(t)
		if err := p.Enabled(ctx, "k1", []card.Upload{{Number: p.Free.Number, Card: p.Card, Voided: p.Old}}); err != nil {
			t.Fatal(err)
		}
		got, err := p.Province.Elsewhere(ctx, "k2", []card.Inquiry{p.Free})
		if err != nil || got[0].City != "" {
			t.Fatal(got, err)
		}
	})
	for name, u := range map[string]func(Party) card.Upload{
		"a card for somebody who has one elsewhere is refused": func(p Party) card.Upload { return card.Upload{Number: p.Holder.Number, Card: p.Card} },
		"a wrong check character is refused":                   func(p Party) card.Upload { return card.Upload{Number: "110102199001010010", Card: p.Card} },
		"a card number that is none is refused":                func(p Party) card.Upload { return card.Upload{Number: p.Free.Number, Card: "BA0000001"} },
	} {
		t.Run(name, func(t *testing.T) {
			p := start(t)
			if err := p.Enabled(ctx, "k1", []card.Upload{u(p)}); !errors.Is(err, wire.Refused) {
				t.Fatal(err)
			}
		})
	}
	trial.Asking(t, func(t *testing.T) (trial.Outside, trial.Ask, trial.Ask) {
		p := start(t)
		asking := func(q card.Inquiry) trial.Ask {
			return func(key string) (any, error) { return p.Province.Elsewhere(ctx, key, []card.Inquiry{q}) }
		}
		return p, asking(p.Holder), asking(p.Free)
	})
	trial.Asking(t, func(t *testing.T) (trial.Outside, trial.Ask, trial.Ask) {
		p := start(t)
		telling := func(voided string) trial.Ask {
			return func(key string) (any, error) {
				return nil, p.Enabled(ctx, key, []card.Upload{{Number: p.Free.Number, Card: p.Card, Voided: voided}})
			}
		}
		return p, telling(p.Old), telling("")
	})
}
