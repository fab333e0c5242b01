package app

import (
	"context"
	"encoding/hex"
	"net/http"
	"time"

	"kawu/domain/account"
	"kawu/domain/card"
	"kawu/domain/certificate"
	"kawu/domain/notice"
	"kawu/domain/parcel"
	"kawu/domain/person"
	"kawu/domain/portrait"
	"kawu/domain/production"
	"kawu/domain/ref"
	"kawu/flow/compare"
	"kawu/flow/handout"
	"kawu/flow/makecard"
	"kawu/flow/openaccount"
	"kawu/flow/post"
	"kawu/flow/revoke"
	"kawu/flow/sendparcel"
	"kawu/flow/takephoto"
	"kawu/flow/tell"
	"kawu/kit/cal"
	"kawu/partner/bank"
	"kawu/partner/courier"
	"kawu/partner/factory"
	"kawu/partner/population"
	"kawu/partner/province"
	"kawu/partner/sms"
	"kawu/partner/wire"
)

func hexOf(b []byte) string { return hex.EncodeToString(b) }

// calendar gives policy the State Council's working days.
type calendar struct{}

// AddWorkingDays counts n working days after a day.
func (calendar) AddWorkingDays(day time.Time, n int) (time.Time, error) {
	return cal.AddWorkingDays(day, n)
}

// IsWorkday tells whether a day is worked.
func (calendar) IsWorkday(day time.Time) (bool, error) { return cal.IsWorkday(day) }

// partners makes the adapters and registers what each sends and what is collected from it. It is
// the one list of adapters: a partner without an address cannot be asked, and says so.
func (h *House) partners() error {
	keys, err := h.keys()
	if err != nil {
		return err
	}
	client := func(family string) *wire.Client {
		return wire.NewClient(wire.Link{Partner: family, Address: h.Partners[family], Keys: keys, Clock: h.Clock,
			HTTP: &http.Client{Timeout: 2 * time.Minute}})
	}
	register, base := population.New(client("population")), province.New(client("province"), string(h.Here.Division))
	plant := factory.New(client("factory"))
	authority, err := h.authority(client("ca"))
	if err != nil {
		return err
	}
	carrier, gateway := courier.New(client("courier")), sms.New(client("sms"))
	o := h.Flows.Post
	o.Sends(compare.Registered, post.Ask(func(ctx context.Context, _, key string, q []person.Asked) ([]person.Found, error) {
		return register.Compare(ctx, key, q)
	}))
	o.Sends(takephoto.Came, post.Ask(func(ctx context.Context, _, key string, q []portrait.Wanted) ([]portrait.Found, error) {
		return register.Photos(ctx, key, q)
	}))
	o.Sends(compare.Unique, post.Ask(func(ctx context.Context, _, key string, q []card.Inquiry) ([]card.Elsewhere, error) {
		return base.Elsewhere(ctx, key, q)
	}))
	o.Sends(handout.ProvinceTold, post.Ask(func(ctx context.Context, _, key string, q []card.Upload) (done, error) {
		return done{}, base.Enabled(ctx, key, q)
	}))
	o.Sends(makecard.Sent, post.Ask(func(ctx context.Context, _, key string, q production.Work) (done, error) {
		return done{}, plant.Send(ctx, key, q)
	}))
	o.Sends(makecard.Photos, post.Ask(h.photos(plant)))
	o.Sends(makecard.Certified, post.Ask(func(ctx context.Context, _, key string, q []certificate.Request) ([]certificate.Issued, error) {
		return authority.Issue(ctx, key, q)
	}))
	o.Sends(makecard.LoadCertificates, post.Ask(func(ctx context.Context, _, key string, q []production.Loading) ([]production.Return, error) {
		return plant.Load(ctx, key, q)
	}))
	o.Sends(revoke.Told, post.Ask(func(ctx context.Context, _, key string, q []certificate.Revocation) (done, error) {
		return done{}, authority.Revoke(ctx, key, q)
	}))
	o.Sends(revoke.Fetched, post.Ask(func(ctx context.Context, _, key string, _ struct{}) (certificate.Chain, error) {
		return authority.Chain(ctx, key)
	}))
	o.Sends(sendparcel.Booked, post.Ask(func(ctx context.Context, _, key string, q []parcel.Booking) ([]parcel.Booked, error) {
		return carrier.Book(ctx, key, q)
	}))
	o.Sends(tell.Taken, post.Ask(func(ctx context.Context, _, key string, q []notice.Text) ([]notice.Receipt, error) {
		return gateway.Send(ctx, key, q)
	}))
	o.Collects(post.Collector{Family: "factory", Partner: factoryName, Kind: makecard.Returned, Next: early, Fetch: returned(plant)})
	o.Collects(post.Collector{Family: "courier", Partner: courierName, Kind: sendparcel.Scanned, Next: hourly, Fetch: scanned(carrier)})
	h.banks(client("bank"))
	return nil
}

// done is the answer of a partner that only takes.
type done struct{}

// banks registers every bank of the city: one system each behind the same link.
func (h *House) banks(c *wire.Client) {
	systems := map[string]*bank.System{}
	for _, b := range h.Here.Banks {
		s := bank.New(c, ref.Bank(b.Code))
		systems[string(b.Code)] = s
		h.Flows.Post.Collects(post.Collector{Family: "bank", Partner: string(b.Code), Kind: openaccount.Returned, Next: early,
			Fetch: func(ctx context.Context, after string) ([]post.File, error) {
				list, err := s.Collect(ctx, after)
				out := make([]post.File, len(list))
				for i, f := range list {
					out[i] = post.File{No: f.No, Subject: string(b.Code), N: len(f.Lines), Body: f}
				}
				return out, err
			}})
	}
	h.Flows.Post.Sends(openaccount.Exported, post.Ask(func(ctx context.Context, to, key string, q []account.Opening) (done, error) {
		return done{}, systems[to].Open(ctx, key, q)
	}))
	h.Flows.Post.Sends(handout.Told, post.Ask(func(ctx context.Context, to, key string, q handout.Message) (done, error) {
		return done{}, systems[to].Enabled(ctx, key, q.Lines)
	}))
	h.Flows.Post.Sends(handout.ActiveTold, post.Ask(func(ctx context.Context, to, key string, q handout.Message) (done, error) {
		return done{}, systems[to].Activate(ctx, key, q.Lines)
	}))
}

// photos opens the pictures of an album as they are sent.
func (h *House) photos(plant production.Factory) func(context.Context, string, string, makecard.Album) (done, error) {
	return func(ctx context.Context, _, key string, q makecard.Album) (done, error) {
		set, err := h.Flows.Make.Pictures(ctx, q)
		if err != nil {
			return done{}, err
		}
		return done{}, plant.Photos(ctx, key, q.Batch, set)
	}
}

func returned(plant production.Factory) func(context.Context, string) ([]post.File, error) {
	return func(ctx context.Context, after string) ([]post.File, error) {
		list, err := plant.Collect(ctx, after)
		out := make([]post.File, len(list))
		for i, f := range list {
			out[i] = post.File{No: f.No, Subject: f.Batch, N: len(f.Lines), Body: f}
		}
		return out, err
	}
}

// scanned collects scans as one file, numbered by its last scan.
func scanned(c parcel.Courier) func(context.Context, string) ([]post.File, error) {
	return func(ctx context.Context, after string) ([]post.File, error) {
		events, err := c.Track(ctx, after)
		if err != nil || len(events) == 0 {
			return nil, err
		}
		return []post.File{{No: events[len(events)-1].No, Subject: courierName, N: len(events), Body: events}}, nil
	}
}
