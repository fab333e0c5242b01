package handover

import (
	"context"
	"encoding/hex"
	"sort"
	"strings"
	"time"

	"kawu/domain/application"
	"kawu/domain/card"
	"kawu/domain/custody"
	"kawu/domain/ref"
	"kawu/flow/desk"
	"kawu/kit/id"
	"kawu/kit/job"
	"kawu/kit/sm"
	"kawu/kit/state"
)

// Draw draws a list; its key is "purpose subject". Deliver sends finished cards on; its key is the
// list by which the bank got them.
const (
	Draw    job.Kind = "handover.draw"
	Deliver job.Kind = "handover.deliver"
)

// The purposes of lists.
const (
	KeyLoading = "key_loading" // factory to card centre
	BankKeys   = "bank_keys"   // card centre to bank
	ToOutlet   = "outlet"      // bank to one of its outlets
)

// Flow draws and signs lists.
type Flow struct {
	Desk    *desk.Desk
	City    ref.City
	Factory string
	Sign    func(statement []byte) (signature string, err error) // by the installation's key, in the name of who is signed in
	Loads   map[string]job.Kind                                  // duty to ring when a list of a purpose was taken
	LoadAt  func(now time.Time) time.Time
	Book    job.Kind // duty that books parcels; its key is a bank
	Texts   Texts
}

// Texts looks up what a message to a citizen needs.
type Texts interface {
	Ready(o ref.Outlet) (text string, err error)
}

var centre = ref.Holder{Kind: ref.HeldByCentre, Name: "centre"}

// DrawList is the handler of Draw.
func (f *Flow) DrawList(ctx context.Context, key string) error {
	purpose, subject, _ := strings.Cut(key, " ")
	switch purpose {
	case KeyLoading:
		cards, err := card.InBatch(ctx, f.Desk.DB, ref.Batch(subject), card.Certified)
		if err != nil {
			return err
		}
		return f.draw(ctx, desk.Clockwork(Draw), purpose, ref.Holder{Kind: ref.HeldByFactory, Name: f.Factory}, centre, ids(cards))
	case BankKeys:
		cards, err := f.on(ctx, ref.Handover(subject), card.Loaded)
		if err != nil {
			return err
		}
		for bank, set := range byBank(cards) {
			if err := f.draw(ctx, desk.Clockwork(Draw), purpose, centre, ref.Holder{Kind: ref.HeldByBank, Name: string(bank)}, set); err != nil {
				return err
			}
		}
	}
	return nil
}

func ids(cards []card.Card) []ref.Card {
	out := make([]ref.Card, len(cards))
	for i, c := range cards {
		out[i] = c.ID
	}
	return out
}

func byBank(cards []card.Card) map[ref.Bank][]ref.Card {
	out := map[ref.Bank][]ref.Card{}
	for _, c := range cards {
		out[c.Bank] = append(out[c.Bank], c.ID)
	}
	return out
}

// on lists the cards that arrived by a list and are in a state of making.
func (f *Flow) on(ctx context.Context, list ref.Handover, s state.State) ([]card.Card, error) {
	there, err := custody.Arrived(ctx, f.Desk.DB, list)
	if err != nil {
		return nil, err
	}
	return card.FindIn(ctx, f.Desk.DB, there, s)
}

// draw makes a list of those of the set that the giver holds and that stand on no open list yet,
// so that a duty that runs again draws nothing twice. What the factory ships is signed by its own
// envelope and counts as given at once.
func (f *Flow) draw(ctx context.Context, who desk.Actor, purpose string, giver, taker ref.Holder, set []ref.Card) error {
	now, err := custody.Now(ctx, f.Desk.DB, set)
	if err != nil {
		return err
	}
	listed, err := custody.OnOpenList(ctx, f.Desk.DB, set)
	if err != nil {
		return err
	}
	var cards []ref.Card
	for _, c := range set {
		if h := now[c].Holder; h.Kind == giver.Kind && h.Name == giver.Name && listed[c] == "" {
			cards = append(cards, c)
		}
	}
	if len(cards) == 0 {
		return nil
	}
	sort.Slice(cards, func(i, j int) bool { return cards[i] < cards[j] })
	return f.Desk.Sit(ctx, who, desk.DrawHandover, func(s *desk.Sitting) error {
		h := custody.Handover{ID: ref.Handover(id.New("hov", s.At())), City: f.City, Giver: giver, Taker: taker, Purpose: purpose,
			N: int64(len(cards)), Listed: digest(cards)}
		s.About(string(h.ID), len(cards), "purpose", purpose, "giver", giver.Name, "taker", taker.Name)
		if err := custody.Draw(ctx, s.Tx, h, cards); err != nil {
			return err
		}
		if giver.Kind != ref.HeldByFactory {
			return nil
		}
		return f.give(ctx, s, h, f.Factory)
	})
}

// digest is SM3 over the card ids of a list, one a line, in order.
func digest(cards []ref.Card) string {
	h := sm.NewHash()
	for _, c := range cards {
		_, _ = h.Write([]byte(c + "\n")) // a hash never fails
	}
	return hex.EncodeToString(h.Sum(nil))
}

// Send is the handler of Deliver: finished cards go the way their applications chose.
func (f *Flow) Send(ctx context.Context, list string) error {
	cards, err := f.on(ctx, ref.Handover(list), card.Finished)
	if err != nil || len(cards) == 0 {
		return err
	}
	apps := make([]ref.Application, len(cards))
	for i, c := range cards {
		apps[i] = c.Application
	}
	found, err := application.Find(ctx, f.Desk.DB, apps)
	if err != nil {
		return err
	}
	byApp := make(map[ref.Application]application.Application, len(found))
	for _, a := range found {
		byApp[a.ID] = a
	}
	outlets := map[ref.Holder][]ref.Card{}
	var onSite []ref.Application
	mail := map[ref.Bank]bool{}
	bank := cards[0].Bank
	for _, c := range cards {
		switch a := byApp[c.Application]; {
		case a.State != application.Made: // sent on by an earlier run
		case a.Mode == application.Mail:
			mail[c.Bank] = true
		case a.Mode == application.OnSite:
			onSite = append(onSite, a.ID)
		default:
			h := ref.Holder{Kind: ref.HeldByOutlet, Name: string(a.Outlet)}
			outlets[h] = append(outlets[h], c.ID)
		}
	}
	for to, set := range outlets {
		if err := f.draw(ctx, desk.Clockwork(Deliver), ToOutlet, ref.Holder{Kind: ref.HeldByBank, Name: string(bank)}, to, set); err != nil {
			return err
		}
	}
	return f.Desk.Sit(ctx, desk.Clockwork(Deliver), desk.DrawHandover, func(s *desk.Sitting) error {
		s.About(list, len(cards), "on_site", len(onSite), "mailed", len(mail) > 0)
		for b := range mail {
			if err := s.Ring(ctx, f.Book, string(b), s.At()); err != nil {
				return err
			}
		}
		return state.Apply(ctx, s.Tx, application.Cycle, "ready", onSite, s.ID)
	})
}
