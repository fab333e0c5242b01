package custodian

import (
	"context"
	"encoding/hex"
	"errors"
	"path/filepath"

	"kawu/chip/ceremony"
	"kawu/flow/desk"
	"kawu/kit/sm"
	"kawu/partner/ca/own"
)

// What commands need of the authority's own words.
type (
	Setup  = own.Setup
	Status = own.Status
	Plan   = own.Plan
)

// None says that the installation has no authority of its own.
var None = own.None

// RootSecret names the root's secret on the custodians' sheets.
var RootSecret = own.RootRef

// ParsePlan reads the plan of a ceremony of the root.
func ParsePlan(text []byte) (*Plan, error) { return own.ParsePlan(text) }

func (r *Room) authority() string { return filepath.Join(r.Data, "ca") }

// Authority opens the city's own certificate authority: own.None when it has none.
func (r *Room) Authority() (*own.Authority, error) {
	return own.Open(r.authority(), r.Cards.Keys, r.Desk.DB.Box(), r.Desk.Clock)
}

// Found makes the city's own certificate authority, all of it or nothing; give gives the custodians
// their sheets of the root's secret, and a way to take them back when a later step fails. The signed
// record is kept and returned with its path. Fault: NoStaff.
func (r *Room) Found(ctx context.Context, u Setup, who [2]string, give func([2]ceremony.Sheet) (func(), error)) (string, ceremony.Record, error) {
	if err := r.staff(ctx, who[:]); err != nil {
		return "", ceremony.Record{}, err
	}
	d := sm.Hash([]byte(u.Organization + "\n" + u.Root + "\n" + u.URL))
	m := matter{desk.KeepAuthority, "authority", u.Root, hex.EncodeToString(d[:]), who[:]}
	return r.do(ctx, m, func() ([]ceremony.Act, error) {
		return own.Init(r.authority(), r.Cards, u, who, r.Desk.Clock.Now(), give)
	})
}

// OpenRoot opens the root with both custodians' parts for what a plan says.
func (r *Room) OpenRoot(ctx context.Context, p *Plan, parts map[string]ceremony.Part) (string, ceremony.Record, error) {
	who, err := r.RootCustodians()
	if err != nil {
		return "", ceremony.Record{}, err
	}
	return r.do(ctx, matter{desk.KeepAuthority, "authority", p.Name, p.Digest(), who}, func() ([]ceremony.Act, error) {
		return own.Hold(r.authority(), r.Cards, p, parts, r.Desk.Clock.Now())
	})
}

// RootCustodians are the two who can open the root together.
func (r *Room) RootCustodians() ([]string, error) { return own.Custodians(r.authority()) }

// Publish signs the revocation lists anew; nobody's secret is needed.
func (r *Room) Publish(ctx context.Context) error {
	a, err := r.Authority()
	if err != nil {
		return err
	}
	if err = a.Publish(ctx); err == nil {
		err = r.Desk.Sit(ctx, desk.Clockwork("ca.list"), desk.KeepAuthority, func(s *desk.Sitting) error {
			s.About("authority", 1, "end", "list")
			return nil
		})
	}
	return errors.Join(err, a.Close())
}
