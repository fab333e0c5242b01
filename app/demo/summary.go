package demo

import (
	"context"
	"time"

	"kawu/domain/application"
	"kawu/domain/report"
	"kawu/domain/trouble"
	"kawu/kit/wording"
)

// Summary is what the journey came to; its JSON is a contract (`kawu demo --once --json`).
type Summary struct {
	City          string      `json:"city"`
	People        int         `json:"people"`
	Rows          int64       `json:"rows"`
	RowsRefused   int64       `json:"rows_refused"`
	Confirmed     int64       `json:"confirmed"`
	Accounts      int64       `json:"accounts"`
	CardsMade     int64       `json:"cards_made"`
	Remade        int64       `json:"remade"`
	Delivered     int64       `json:"delivered"`
	SocialEnabled int64       `json:"social_security_enabled"`
	BankActive    int64       `json:"bank_active"`
	OldVoided     int64       `json:"old_cards_voided"`
	Exceptions    []Exception `json:"exceptions"`
	Seconds       float64     `json:"seconds"`
	Ended         string      `json:"ended"` // on the demo's own clock, RFC 3339
}

// Exception is one thing that somebody had to act on.
type Exception struct {
	Kind    string `json:"kind"`
	Subject string `json:"subject"`
	Owner   string `json:"owner"`
	Reason  string `json:"reason"`
	Since   string `json:"since"`
	Settled bool   `json:"settled"`
}

// Words is an exception's kind in words.
func (e Exception) Words(l wording.Lang) string { return wording.T(l, "trouble."+e.Kind) }

// Sum counts what the journey came to.
func (d *Demo) Sum(ctx context.Context, seconds float64) (Summary, error) {
	h := d.House
	s := Summary{City: string(h.City), People: len(d.World.Staff), Seconds: seconds, Ended: d.Clock.Now().Format(time.RFC3339), Exceptions: []Exception{}}
	if d.Roster != "" {
		s.People = d.World.Own // the sample rosters stay at home
	}
	n, err := report.Count(ctx, h.Store, h.City, d.Clock.Now().Format(time.DateOnly))
	if err != nil {
		return s, err
	}
	s.Confirmed, s.Accounts, s.CardsMade, s.Remade, s.Delivered = n.Confirmed, n.Accounts, n.Made, n.Remade, n.Delivered
	s.SocialEnabled, s.BankActive, s.OldVoided = n.Enabled, n.BankActive, n.OldVoided
	for _, e := range d.World.Employers {
		all, err := application.OfEmployer(ctx, h.Store, e.ID)
		if err != nil {
			return s, err
		}
		for _, c := range all {
			t, err := application.Count(ctx, h.Store, c.ID)
			if err != nil {
				return s, err
			}
			s.Rows += c.RowsRead
			s.RowsRefused += t.Bad
		}
	}
	troubles, err := trouble.All(ctx, h.Store, h.City, 100_000)
	for _, t := range troubles {
		s.Exceptions = append(s.Exceptions, Exception{string(t.Kind), t.Subject, string(t.OwnerKind) + " " + t.Owner, t.Reason,
			t.Since.Format(time.RFC3339), !t.SettledAt.IsZero()})
	}
	return s, err
}

// Whole tells whether every confirmed person's card is enabled, old cards are void in equal number,
// and nothing is left to act on.
func (s Summary) Whole() bool {
	for _, e := range s.Exceptions {
		if !e.Settled {
			return false
		}
	}
	return s.Confirmed == s.SocialEnabled && s.OldVoided == s.SocialEnabled && s.BankActive == s.SocialEnabled
}
