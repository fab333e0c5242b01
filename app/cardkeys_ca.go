package app

import (
	"context"
	"errors"
	"path/filepath"
	"slices"

	"kawu/chip/ceremony"
	"kawu/flow/desk"
	"kawu/kit/fault"
	"kawu/kit/sm"
	"kawu/partner/ca/own"
)

// What commands need of the authority's own words.
type (
	AuthoritySetup  = own.Setup
	AuthorityStatus = own.Status
	AuthorityPlan   = own.Plan
)

// RootSecret names the root's secret on the custodians' sheets.
var RootSecret = own.RootRef

// ParseAuthorityPlan reads the plan of a ceremony of the root.
func ParseAuthorityPlan(text []byte) (*AuthorityPlan, error) { return own.ParsePlan(text) }

func (h *House) authorityDir() string { return filepath.Join(h.Data, "ca") }

// Authority opens the city's own certificate authority: own.None when it has none.
func (h *House) Authority(ctx context.Context) (*own.Authority, error) {
	return own.Open(ctx, h.authorityDir(), h.Cards.Keys, h.Store.Box(), h.Clock)
}

// FoundAuthority makes the city's own certificate authority; give gets the custodians' sheets of the
// root's secret. The signed record's path is returned.
func (h *House) FoundAuthority(ctx context.Context, u own.Setup, who [2]string, give func([2]ceremony.Sheet) error) (string, ceremony.Record, error) {
	digest := digestOf(u.Organization + u.Root + u.URL)
	return h.kept(ctx, "certificate authority", digest, who[:], func() ([]ceremony.Act, error) {
		return own.Init(h.authorityDir(), h.Cards, u, who, h.Clock.Now(), give)
	})
}

// HoldRoot opens the root with both custodians' parts for what a plan says.
func (h *House) HoldRoot(ctx context.Context, p *own.Plan, parts map[string]ceremony.Part) (string, ceremony.Record, error) {
	who, err := own.Custodians(h.authorityDir())
	if err != nil {
		return "", ceremony.Record{}, err
	}
	return h.kept(ctx, p.Name, p.Digest(), who, func() ([]ceremony.Act, error) {
		return own.Hold(h.authorityDir(), h.Cards, p, parts, h.Clock.Now())
	})
}

// RootCustodians are the two who can open the root together.
func (h *House) RootCustodians() ([]string, error) { return own.Custodians(h.authorityDir()) }

// PublishLists signs the revocation lists anew.
func (h *House) PublishLists(ctx context.Context) error {
	a, err := h.Authority(ctx)
	if err != nil {
		return err
	}
	err = a.Publish()
	if err == nil {
		err = h.authorityLine(ctx, desk.Clockwork("ca.list"), "list", 1)
	}
	return errors.Join(err, a.Close())
}

// kept does an act of two custodians at the authority: the trail says that it began and how it ended,
// and a signed record is kept.
func (h *House) kept(ctx context.Context, name, digest string, who []string, do func() ([]ceremony.Act, error)) (path string, r ceremony.Record, err error) {
	actor := custodians(h, who)
	if err := h.authorityLine(ctx, actor, "began", 0, "plan", digest); err != nil {
		return "", r, err
	}
	acts, failed := do()
	if failed != nil {
		end := "failed"
		if f := fault.Of(failed); f != nil {
			end = f.Code
		}
		return "", r, errors.Join(failed, h.authorityLine(ctx, actor, end, len(acts), "plan", digest))
	}
	if r, err = ceremony.NewRecord(name, digest, slices.Clone(who), h.Clock.Now(), acts, h.Key); err != nil {
		return "", r, err
	}
	if path, err = h.keepRecord(r); err != nil {
		return "", r, err
	}
	return path, r, h.authorityLine(ctx, actor, "done", len(acts), "plan", digest)
}

func (h *House) authorityLine(ctx context.Context, who desk.Actor, end string, n int, facts ...any) error {
	return h.Desk.Sit(ctx, who, desk.KeepAuthority, func(s *desk.Sitting) error {
		s.About("authority", n, append(facts, "end", end)...)
		return nil
	})
}

func digestOf(text string) string {
	d := sm.Hash([]byte(text))
	return hexOf(d[:])
}
