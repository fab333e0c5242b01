package citizen

import (
	"net/http"
	"time"

	"kawu/channel/web"
	"kawu/domain/cancellation"
	"kawu/domain/card"
	"kawu/domain/loss"
)

// Ended is the last card of somebody who has none any more: when it ended, why, and what is left of it.
type Ended struct {
	Cancelled bool // somebody asked for it; false: it became void
	At        time.Time
	Why       web.Said // empty: not known
	Bank      web.Text // which still has the account
	BankPhone string   // "" when the city's list has none
}

// ended reads the card that ended last; nil when none ever did, or one is in use or waits.
func (p *Portal) ended(r *http.Request, f file) (*Ended, error) {
	var last *card.Card
	for i, c := range f.cards {
		switch {
		case c.Social == card.Sealed:
			return nil, nil
		case c.Social == card.Void && c.Making != card.Waste && (last == nil || c.VoidedAt.After(last.VoidedAt)):
			last = &f.cards[i]
		}
	}
	if last == nil || f.inUse() != nil {
		return nil, nil
	}
	e := &Ended{At: last.VoidedAt, Bank: p.bank(last.Bank)}
	if b, ok := p.City().Bank(string(last.Bank)); ok {
		e.BankPhone = b.Hotline
	}
	asked, err := cancellation.Of(r.Context(), p.Store, last.ID)
	if err != nil {
		return nil, err
	}
	if len(asked) > 0 && asked[0].State == cancellation.Done {
		e.Cancelled, e.Why = true, web.Say("loss.cancel."+string(asked[0].Reason))
		return e, nil
	}
	reports, err := loss.Of(r.Context(), p.Store, last.ID)
	if len(reports) > 0 && reports[0].Ending == loss.RanOut {
		e.Why = web.Say("citizen.home.ended.ran_out")
	}
	return e, err
}
