package makecard

import (
	"context"
	"time"

	"kawu/domain/application"
	"kawu/domain/card"
	"kawu/domain/certificate"
	"kawu/domain/exchange"
	"kawu/domain/production"
	"kawu/domain/ref"
	"kawu/domain/trouble"
	"kawu/flow/desk"
	"kawu/kit/clock"
	"kawu/kit/state"
)

// results sorts a factory's return.
type results struct {
	made, failed, stopped []card.Card
	lines                 map[ref.Card]production.Return
	strange               int
}

// Take is the handler of Returned.
func (f *Flow) Take(ctx context.Context, key string) error {
	x, err := exchange.Get(ctx, f.Desk.DB, ref.Exchange(key))
	if err != nil {
		return err
	}
	var file production.ReturnFile
	if err := exchange.Body(ctx, f.Desk.DB, x.ID, &file); err != nil {
		return err
	}
	r, err := f.sort(ctx, file.Lines)
	if err != nil {
		return err
	}
	requests, err := f.requests(ctx, r)
	if err != nil {
		return err
	}
	return f.Desk.Sit(ctx, desk.Clockwork(Returned), desk.TakeCards, func(s *desk.Sitting) error {
		s.About(file.Batch, len(file.Lines), "file", file.No, "made", len(r.made), "failed", len(r.failed), "stopped", len(r.stopped), "strange", r.strange)
		if first, err := exchange.Take(ctx, s.Tx, x.ID, s.ID); err != nil || !first {
			return err
		}
		if err := f.made(ctx, s, r, requests); err != nil {
			return err
		}
		if err := f.unmade(ctx, s, r, file); err != nil {
			return err
		}
		return f.close(ctx, s, r)
	})
}

// sort tells the cards of a return apart; those that are not at the factory (answered before, or
// never ordered) change nothing.
func (f *Flow) sort(ctx context.Context, lines []production.Return) (results, error) {
	r := results{lines: make(map[ref.Card]production.Return, len(lines))}
	ids := make([]ref.Card, len(lines))
	for i, l := range lines {
		ids[i] = ref.Card(l.Key)
		r.lines[ids[i]] = l
	}
	cards, err := card.Find(ctx, f.Desk.DB, ids)
	if err != nil {
		return r, err
	}
	r.strange = len(r.lines) - len(cards)
	for _, c := range cards {
		switch l := r.lines[c.ID]; {
		case c.Making != card.AtFactory:
		case l.Result == production.Made && l.PublicKey != "" && l.Chip != "":
			r.made = append(r.made, c)
		case l.Result == production.Exception:
			r.stopped = append(r.stopped, c)
		default: // failed, or "made" without a key or a chip, which is no card
			r.failed = append(r.failed, c)
		}
	}
	return r, nil
}

func ids(cards []card.Card) []ref.Card {
	out := make([]ref.Card, len(cards))
	for i, c := range cards {
		out[i] = c.ID
	}
	return out
}

func texts(cards []card.Card) []string {
	out := make([]string, len(cards))
	for i, c := range cards {
		out[i] = string(c.ID)
	}
	return out
}

// requests prepares the certificate requests of the cards made.
func (f *Flow) requests(ctx context.Context, r results) ([]certificate.Request, error) {
	apps := make([]ref.Application, len(r.made))
	for i, c := range r.made {
		apps[i] = c.Application
	}
	list, err := application.Find(ctx, f.Desk.DB, apps)
	if err != nil {
		return nil, err
	}
	byApp := make(map[ref.Application]application.Application, len(list))
	for _, a := range list {
		byApp[a.ID] = a
	}
	out := make([]certificate.Request, len(r.made))
	for i, c := range r.made {
		a := byApp[c.Application]
		until, err := time.ParseInLocation(time.DateOnly, c.Expires, clock.Zone)
		if err != nil {
			return nil, err
		}
		out[i] = certificate.Request{Key: string(c.ID), Name: a.Name.Reveal(), Number: a.Number.Reveal(),
			PublicKey: r.lines[c.ID].PublicKey, NotAfter: until.AddDate(0, 0, 1).Add(-time.Second).Format(time.RFC3339)} // the whole last day
	}
	return out, nil
}

func (f *Flow) made(ctx context.Context, s *desk.Sitting, r results, requests []certificate.Request) error {
	if len(r.made) == 0 {
		return nil
	}
	if err := state.Apply(ctx, s.Tx, card.Making, "make", ids(r.made), s.ID); err != nil {
		return err
	}
	chips := make([]card.Chip, len(r.made))
	for i, c := range r.made {
		chips[i] = card.Chip{Card: c.ID, Code: r.lines[c.ID].Chip, ATR: r.lines[c.ID].ATR}
	}
	if err := card.SetChips(ctx, s.Tx, chips); err != nil {
		return err
	}
	if err := production.Use(ctx, s.Tx, ids(r.made)); err != nil {
		return err
	}
	if err := trouble.Settle(ctx, s.Tx, trouble.CardRemade, texts(r.made), "factory", s.ID); err != nil {
		return err
	}
	for len(requests) > 0 {
		n := min(len(requests), exchange.Lines)
		if _, err := exchange.Put(ctx, s.Tx, "ca", "ca", Certified, string(r.made[0].Batch), n, requests[:n]); err != nil {
			return err
		}
		requests = requests[n:]
	}
	return nil
}

func (f *Flow) unmade(ctx context.Context, s *desk.Sitting, r results, file production.ReturnFile) error {
	if err := state.Apply(ctx, s.Tx, card.Making, "fail", ids(r.failed), s.ID); err != nil {
		return err
	}
	if err := state.Apply(ctx, s.Tx, card.Making, "stop", ids(r.stopped), s.ID); err != nil {
		return err
	}
	var troubles []trouble.Trouble
	raise := func(k trouble.Kind, subject, about, reason string, kind ref.HolderKind, owner string) {
		troubles = append(troubles, trouble.Trouble{City: f.City, Kind: k, Subject: subject, About: about, OwnerKind: kind, Owner: owner,
			Reason: reason, Due: s.At().Add(5 * 24 * time.Hour)})
	}
	batches := map[ref.Batch]bool{}
	for _, c := range r.failed {
		batches[c.Batch] = true
		raise(trouble.CardRemade, string(c.ID), string(c.Batch), r.lines[c.ID].Reason, ref.HeldByFactory, f.Factory)
	}
	for _, c := range r.stopped {
		raise(trouble.CardUnmade, string(c.ID), string(c.Batch), r.lines[c.ID].Reason, ref.HeldByCentre, "centre")
	}
	if r.strange > 0 {
		raise(trouble.UnknownReturn, f.Factory+" "+file.No, file.Batch, "never_ordered", ref.HeldByFactory, f.Factory)
	}
	for b := range batches {
		if err := s.Ring(ctx, Remake, string(b), f.RemakeAt(s.At())); err != nil {
			return err
		}
	}
	if err := production.Scrap(ctx, s.Tx, r.waste(f.Factory)); err != nil {
		return err
	}
	return trouble.Raise(ctx, s.Tx, troubles)
}

// waste are the chips of a return that something was written on.
func (r results) waste(factory string) (out []production.Waste) {
	for _, list := range [][]card.Card{r.failed, r.stopped} {
		for _, c := range list {
			if l := r.lines[c.ID]; l.Waste && l.Chip != "" {
				out = append(out, production.Waste{Chip: l.Chip, Card: c.ID, Batch: c.Batch, Factory: factory, Reason: l.Reason})
			}
		}
	}
	return out
}

// close ends a batch when none of its cards is at the factory any more.
func (f *Flow) close(ctx context.Context, s *desk.Sitting, r results) error {
	seen := map[ref.Batch]bool{}
	for _, list := range [][]card.Card{r.made, r.failed, r.stopped} {
		for _, c := range list {
			seen[c.Batch] = true
		}
	}
	for b := range seen {
		left, err := card.CountInBatch(ctx, s.Tx, b, card.AtFactory)
		if err != nil {
			return err
		}
		if left > 0 {
			continue
		}
		if _, err := state.ApplyWhere(ctx, s.Tx, production.Cycle, "return", []ref.Batch{b}, s.ID); err != nil {
			return err
		}
		if err := production.SetReturned(ctx, s.Tx, b); err != nil {
			return err
		}
	}
	return nil
}
