package makecard

import (
	"context"
	"sort"
	"time"

	"kawu/domain/account"
	"kawu/domain/application"
	"kawu/domain/card"
	"kawu/domain/custody"
	"kawu/domain/exchange"
	"kawu/domain/production"
	"kawu/domain/ref"
	"kawu/flow/desk"
	"kawu/kit/clock"
	"kawu/kit/id"
	"kawu/kit/job"
	"kawu/kit/state"
)

// The duties of this flow. Draw's key is a bank, Remake's a batch, LoadSocial's and LoadBank's a
// hand-over list, Unseen's a time, the others' an exchange.
const (
	Draw             job.Kind = "batch.draw"
	Unseen           job.Kind = "face.unseen"
	Photos           job.Kind = "production.photos"
	Remake           job.Kind = "batch.remake"
	Sent             job.Kind = "production.send"
	Returned         job.Kind = "production.return"
	Certified        job.Kind = "certificate.issue"
	LoadCertificates job.Kind = "certificate.load"
	LoadSocial       job.Kind = "card.load_social"
	LoadBank         job.Kind = "card.load_bank"
)

// batchSize is how many cards a batch has at most; a factory file of that size is some 20 MB.
const batchSize = 50_000

// Flow makes cards.
type Flow struct {
	Desk     *desk.Desk
	City     ref.City
	Division string // the issuing city's six digits
	// Terms is what the notice of an application says of its card: product version and validity.
	Terms    func(ctx context.Context, a application.Application) (product string, years int, err error)
	Factory  string
	Handover job.Kind // duty that draws a list for certified or keyed cards; its key is "purpose batch-or-list"
	Delivery job.Kind // duty that sends finished cards on; its key is a hand-over list
	Revoke   job.Kind // duty that tells the authority of certificates that went out of use
	Chain    job.Kind // duty that fetches the authority's chain and list
	RemakeAt func(now time.Time) time.Time
	DrawAt   func(now time.Time) time.Time // when cards go out whose names were looked at
	SeenBy   func(now time.Time) time.Time // by when somebody shall have looked at a name
	Rare     func(name string) []Character // the characters of a name that need a look when printed
	Look     func(product string, bank ref.Bank) (production.Look, error)
	Sample   func(product, name string) ([]byte, error) // the name as it will be printed, SVG
}

// DrawBatches is the handler of Draw. Names that somebody has to look at first are left for later.
func (f *Flow) DrawBatches(ctx context.Context, bank string) error {
	for {
		waiting, wrong, err := production.CountProofs(ctx, f.Desk.DB, f.City)
		if err != nil {
			return err
		}
		ids, err := application.Waiting(ctx, f.Desk.DB, f.City, application.Funded, ref.Bank(bank), batchSize+waiting+wrong)
		if err != nil || len(ids) == 0 {
			return err
		}
		apps, err := application.Find(ctx, f.Desk.DB, ids)
		if err != nil {
			return err
		}
		if apps, err = f.seen(ctx, apps); err != nil || len(apps) == 0 {
			return err
		}
		for _, group := range byChannelAndDay(apps) {
			if err := f.draw(ctx, ref.Bank(bank), group); err != nil {
				return err
			}
		}
	}
}

// byChannelAndDay splits applications into the groups that make a batch, oldest day first; one batch
// holds one edition's applications, so that all its cards are of one product.
func byChannelAndDay(apps []application.Application) [][]application.Application {
	groups := map[string][]application.Application{}
	for _, a := range apps {
		k := a.SubmittedAt.In(clock.Zone).Format(time.DateOnly) + " " + a.Channel + " " + string(a.Edition)
		groups[k] = append(groups[k], a)
	}
	keys := make([]string, 0, len(groups))
	for k := range groups {
		keys = append(keys, k)
	}
	sort.Strings(keys)
	out := make([][]application.Application, len(keys))
	for i, k := range keys {
		out[i] = groups[k]
	}
	return out
}

func (f *Flow) draw(ctx context.Context, bank ref.Bank, apps []application.Application) error {
	ids := make([]ref.Application, len(apps))
	for i, a := range apps {
		ids[i] = a.ID
	}
	accounts, err := account.Numbers(ctx, f.Desk.DB, ids)
	if err != nil {
		return err
	}
	product, years, err := f.Terms(ctx, apps[0])
	if err != nil {
		return err
	}
	return f.Desk.Sit(ctx, desk.Clockwork(Draw), desk.DrawBatch, func(s *desk.Sitting) error {
		b := production.Batch{ID: ref.Batch(id.New("bat", s.At())), City: f.City, Bank: bank, Channel: apps[0].Channel, Factory: f.Factory,
			CollectedOn: apps[0].SubmittedAt.In(clock.Zone).Format(time.DateOnly), N: int64(len(apps))}
		s.About(string(b.ID), len(apps), "bank", bank)
		if err := state.Apply(ctx, s.Tx, application.Cycle, "order", ids, s.ID); err != nil {
			return err
		}
		cards, err := f.cards(ctx, s, b, apps, product, s.At().AddDate(years, 0, 0).Format(time.DateOnly))
		if err != nil {
			return err
		}
		if err := production.Put(ctx, s.Tx, b); err != nil {
			return err
		}
		return f.send(ctx, s, b.ID, cards, apps, accounts)
	})
}

// cards makes the card records, gives them numbers, and starts their chains with the factory's
// blanks.
func (f *Flow) cards(ctx context.Context, s *desk.Sitting, b production.Batch, apps []application.Application, product, expires string) ([]card.Card, error) {
	ids := id.Many("crd", s.At(), len(apps))
	set := make([]ref.Card, len(apps))
	for i := range ids {
		set[i] = ref.Card(ids[i])
	}
	numbers, err := production.Draw(ctx, s.Tx, f.City, set)
	if err != nil {
		return nil, err
	}
	cards := make([]card.Card, len(apps))
	for i, a := range apps {
		cards[i] = card.Card{ID: set[i], City: f.City, Number: numbers[set[i]], Person: a.Person, Application: a.ID, Batch: b.ID,
			Bank: a.Bank, Generation: 3, Product: product, Expires: expires}
	}
	if err := card.Put(ctx, s.Tx, cards); err != nil {
		return nil, err
	}
	return cards, custody.Begin(ctx, s.Tx, set, f.factory())
}

func (f *Flow) factory() ref.Holder { return ref.Holder{Kind: ref.HeldByFactory, Name: f.Factory} }

func (f *Flow) send(ctx context.Context, s *desk.Sitting, b ref.Batch, cards []card.Card, apps []application.Application, accounts map[ref.Application]string) error {
	byApp := make(map[ref.Application]application.Application, len(apps))
	for _, a := range apps {
		byApp[a.ID] = a
	}
	set := make([]ref.Card, len(cards))
	photos, err := photos(ctx, s.Tx, cards)
	if err != nil {
		return err
	}
	look, err := f.Look(cards[0].Product, cards[0].Bank)
	if err != nil {
		return err
	}
	w := production.Work{Batch: string(b), Look: look, Orders: make([]production.Order, len(cards))}
	for i, c := range cards {
		a := byApp[c.Application]
		set[i] = c.ID
		w.Orders[i] = f.order(c, a, accounts[a.ID], s.At())
		w.Orders[i].Photo, w.Orders[i].Rare = photos[c.Person].Digest, codes(f.Rare(w.Orders[i].Name))
	}
	if err := state.Apply(ctx, s.Tx, card.Making, "send", set, s.ID); err != nil {
		return err
	}
	if _, err = exchange.Put(ctx, s.Tx, "factory", f.Factory, Sent, string(b), len(w.Orders), w); err != nil {
		return err
	}
	return f.sendPhotos(ctx, s, b, photos)
}

// Receipt is the handler of Sent: the factory has taken the file.
func (f *Flow) Receipt(ctx context.Context, key string) error {
	x, err := exchange.Get(ctx, f.Desk.DB, ref.Exchange(key))
	if err != nil {
		return err
	}
	return f.Desk.Sit(ctx, desk.Clockwork(Sent), desk.DrawBatch, func(s *desk.Sitting) error {
		s.About(x.Subject, int(x.N))
		if first, err := exchange.Take(ctx, s.Tx, x.ID, s.ID); err != nil || !first {
			return err
		}
		if _, err := state.ApplyWhere(ctx, s.Tx, production.Cycle, "send", []ref.Batch{ref.Batch(x.Subject)}, s.ID); err != nil {
			return err
		}
		return production.SetSent(ctx, s.Tx, ref.Batch(x.Subject))
	})
}
