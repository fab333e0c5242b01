package reportloss

import (
	"context"

	"kawu/domain/card"
	"kawu/domain/certificate"
	"kawu/domain/exchange"
	"kawu/domain/loss"
	"kawu/domain/notice"
	"kawu/domain/person"
	"kawu/domain/ref"
	"kawu/flow/desk"
	"kawu/kit/db"
	"kawu/kit/job"
)

// Look is the handler of Watch: it ends what is over, tells holders what will be, and comes back when
// the next report wants it.
func (f *Flow) Look(ctx context.Context, key string) error {
	city := ref.City(key)
	for _, step := range []func(context.Context, ref.City) (int, error){f.over, f.warn} {
		for {
			n, err := step(ctx, city)
			if err != nil {
				return err
			}
			if n == 0 {
				break
			}
		}
	}
	at, has, err := loss.Next(ctx, f.Desk.DB, city)
	if err != nil || !has {
		return err
	}
	return job.Again{At: at}
}

// over ends reports whose time is over: the card works again, or is void, as the notice said on the day
// of the report.
func (f *Flow) over(ctx context.Context, city ref.City) (n int, err error) {
	some, err := loss.OverBy(ctx, f.Desk.DB, city, f.Desk.Clock.Now(), 1)
	if err != nil || len(some) == 0 {
		return 0, err
	}
	err = f.Desk.Sit(ctx, desk.Clockwork(Watch), desk.EndLoss, func(s *desk.Sitting) error {
		all, err := loss.OverBy(ctx, s.Tx, city, s.At(), exchange.Lines)
		if err != nil {
			return err
		}
		n = len(all)
		var back, end []ref.Card
		for _, r := range all {
			if r.Expiry == loss.EndCard {
				end = append(end, r.Card)
			} else {
				back = append(back, r.Card)
			}
		}
		s.About(string(city), n, "given_back", len(back), "ended", len(end))
		if err := f.giveBack(ctx, s, back, "run_out", loss.RanOut); err != nil {
			return err
		}
		if err := f.end(ctx, s, end); err != nil {
			return err
		}
		return f.tellAll(ctx, s, all, func(r loss.Report) string { return "sms.loss_over_" + string(r.Expiry) })
	})
	return n, err
}

func (f *Flow) end(ctx context.Context, s *desk.Sitting, cards []ref.Card) error {
	if err := card.End(ctx, s.Tx, cards, "void", s.ID); err != nil {
		return err
	}
	if err := loss.End(ctx, s.Tx, cards, loss.RanOut); err != nil {
		return err
	}
	n, err := certificate.End(ctx, s.Tx, cards, certificate.Lost, s.ID)
	return f.ring(ctx, s, n, err)
}

// warn tells holders that their reports will run out.
func (f *Flow) warn(ctx context.Context, city ref.City) (n int, err error) {
	some, err := loss.EndingBy(ctx, f.Desk.DB, city, f.Desk.Clock.Now(), 1)
	if err != nil || len(some) == 0 {
		return 0, err
	}
	err = f.Desk.Sit(ctx, desk.Clockwork(Watch), desk.EndLoss, func(s *desk.Sitting) error {
		all, err := loss.EndingBy(ctx, s.Tx, city, s.At(), exchange.Lines)
		if err != nil {
			return err
		}
		n = len(all)
		s.About(string(city), n, "told", n)
		if err := loss.SetWarned(ctx, s.Tx, all); err != nil {
			return err
		}
		return f.tellAll(ctx, s, all, func(r loss.Report) string { return "sms.loss_ends_" + string(r.Expiry) })
	})
	return n, err
}

// tellAll sends the holders of a set of reports a message each.
func (f *Flow) tellAll(ctx context.Context, s *desk.Sitting, all []loss.Report, template func(loss.Report) string) error {
	people, cards, err := holders(ctx, s.Tx, all)
	if err != nil {
		return err
	}
	out := make([]notice.Message, len(all))
	for i, r := range all {
		out[i] = f.message(s, people[r.Person], cards[r.Card], template(r), "until", r.Until)
	}
	return notice.Queue(ctx, s.Tx, out)
}

func holders(ctx context.Context, q db.Q, all []loss.Report) (map[ref.Person]person.Person, map[ref.Card]card.Card, error) {
	people, ids := make([]ref.Person, len(all)), make([]ref.Card, len(all))
	for i, r := range all {
		people[i], ids[i] = r.Person, r.Card
	}
	found, err := card.Find(ctx, q, ids)
	if err != nil {
		return nil, nil, err
	}
	cards := make(map[ref.Card]card.Card, len(found))
	for _, c := range found {
		cards[c.ID] = c
	}
	them, err := person.Find(ctx, q, people)
	return them, cards, err
}
