package demo

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"time"

	"kawu/domain/application"
	"kawu/domain/card"
	"kawu/domain/custody"
	"kawu/domain/exchange"
	"kawu/domain/production"
	"kawu/domain/ref"
	"kawu/domain/report"
	"kawu/domain/trouble"
	"kawu/flow/desk"
	"kawu/flow/handout"
	"kawu/flow/handover"
	"kawu/flow/makecard"
	"kawu/kit/cal"
	"kawu/kit/clock"
	"kawu/kit/phone"
	"kawu/kit/state"
)

// limit is how long the journey may take on its own clock before the demo says that it failed.
const limit = 120 * 24 * time.Hour

// Journey moves the clock from one thing due to the next, with the staff at their desks at half
// past ten on working days, until every submitted person's card is enabled.
func (d *Demo) Journey(ctx context.Context) error {
	for end := Start.Add(limit); !d.Clock.Now().After(end); {
		if err := d.due(ctx); err != nil {
			return err
		}
		done, err := d.finished(ctx)
		if err != nil {
			return err
		}
		if done { // the last messages go out, and the last partners are told
			d.Clock.Add(5 * time.Minute)
			return d.quiet(ctx)
		}
		if err := d.untilOpening(ctx); err != nil {
			return err
		}
		if err := d.work(ctx); err != nil {
			return err
		}
	}
	return fmt.Errorf("the journey did not end within %d days", int(limit.Hours()/24))
}

// untilOpening works off what falls due before the desks open again.
func (d *Demo) untilOpening(ctx context.Context) error {
	open := opening(d.Clock.Now())
	for d.Clock.Now().Before(open) {
		next, ok, err := d.House.Runner.Next(ctx)
		if err != nil {
			return err
		}
		if !ok || open.Before(next) {
			next = open
		}
		d.Clock.To(next)
		if err := d.due(ctx); err != nil {
			return err
		}
	}
	return nil
}

// opening is the next half past ten of a working day after now.
func opening(now time.Time) time.Time {
	day := clock.Day(now)
	for {
		t := day.Add(10*time.Hour + 30*time.Minute)
		if ok, err := cal.IsWorkday(day); err == nil && ok && t.After(now) {
			return t
		}
		day = day.AddDate(0, 0, 1)
	}
}

func (d *Demo) finished(ctx context.Context) (bool, error) {
	s, err := report.Count(ctx, d.House.Store, d.House.City, d.Clock.Now().Format(time.DateOnly))
	if err != nil {
		return false, err
	}
	d.stage("enabled", s.Enabled, s.Accepted)
	return s.Accepted > 0 && s.Enabled == s.Accepted && s.BankActive == s.Accepted, nil
}

// work is one day at the desks.
func (d *Demo) work(ctx context.Context) error {
	for _, step := range []func(context.Context) error{d.names, d.lists, d.findings, d.mend, d.handOut, d.atHome} {
		if err := step(ctx); err != nil {
			return err
		}
		if err := d.due(ctx); err != nil {
			return err
		}
	}
	return nil
}

// Party is somebody who signs lists.
type Party struct {
	Who  desk.Actor
	Kind ref.HolderKind
	Name string
}

// Parties are the card centre, and the bank and outlet of each employer's choice.
func (d *Demo) Parties() []Party {
	all := []Party{{d.centre(), ref.HeldByCentre, "centre"}}
	for _, e := range d.World.Employers[:3] {
		p := d.World.Plans[e.ID]
		all = append(all, Party{d.banker(p.Bank), ref.HeldByBank, string(p.Bank)}, Party{d.clerk(p.Bank, p.Outlet), ref.HeldByOutlet, string(p.Outlet)})
	}
	return all
}

// lists: everybody signs what waits for them, after counting.
func (d *Demo) lists(ctx context.Context) error {
	for _, p := range d.Parties() {
		open, err := custody.Open(ctx, d.House.Store, p.Kind, p.Name)
		if err != nil {
			return err
		}
		for _, h := range open {
			if h.State == "drawn" {
				err = d.House.Flows.Handover.Give(ctx, p.Who, h.ID)
			} else {
				err = d.count(ctx, p, h)
			}
			if err != nil {
				return err
			}
		}
	}
	return nil
}

// count opens the boxes that came from the factory and compares them with the list.
func (d *Demo) count(ctx context.Context, p Party, h custody.Handover) error {
	var found handover.Found
	if h.Purpose == handover.KeyLoading {
		missing, err := d.missing(ctx, h)
		if err != nil {
			return err
		}
		found.Missing = missing
	}
	return d.House.Flows.Handover.Take(ctx, p.Who, h.ID, found)
}

// missing asks the simulated factory what really lies in the boxes. A card that was missing before
// has been found when it is listed again.
func (d *Demo) missing(ctx context.Context, h custody.Handover) ([]ref.Card, error) {
	lines, err := custody.Lines(ctx, d.House.Store, h.ID)
	if err != nil {
		return nil, err
	}
	boxed, err := d.boxed(ctx)
	if err != nil {
		return nil, err
	}
	var out []ref.Card
	for c := range lines {
		if boxed[string(c)] {
			continue
		}
		before, err := custody.ListsOf(ctx, d.House.Store, c)
		if err != nil {
			return nil, err
		}
		if len(before) == 1 {
			out = append(out, c)
		}
	}
	return out, nil
}

// boxed is every card that lies in a box the factory has shipped.
func (d *Demo) boxed(ctx context.Context) (map[string]bool, error) {
	files, err := exchange.Latest(ctx, d.House.Store, "factory", 10_000)
	if err != nil {
		return nil, err
	}
	out := map[string]bool{}
	for _, x := range files {
		if x.Kind != makecard.Returned {
			continue
		}
		var f production.ReturnFile
		if err := exchange.Body(ctx, d.House.Store, x.ID, &f); err != nil {
			return nil, err
		}
		cards, err := d.box(ctx, f.Box)
		if err != nil {
			return nil, err
		}
		for _, c := range cards {
			out[c] = true
		}
	}
	return out, nil
}

func (d *Demo) box(ctx context.Context, no string) (cards []string, err error) {
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, d.House.Partners["factory"]+"/control/box?no="+url.QueryEscape(no), nil)
	if err != nil {
		return nil, err
	}
	a, err := http.DefaultClient.Do(r)
	if err != nil {
		return nil, err
	}
	defer a.Body.Close()
	return cards, json.NewDecoder(a.Body).Decode(&cards)
}

// findings: the centre settles differing lists when the giver has found the cards.
func (d *Demo) findings(ctx context.Context) error {
	open, err := trouble.OpenIn(ctx, d.House.Store, d.House.City, 1000)
	if err != nil {
		return err
	}
	for _, t := range open {
		if t.Kind == trouble.HandoverDiffers {
			if err := d.House.Flows.Handover.Settle(ctx, d.centre(), ref.Handover(t.Subject)); err != nil {
				return err
			}
		}
	}
	return nil
}

// mend: people whose account was refused correct what was wrong.
func (d *Demo) mend(ctx context.Context) error {
	open, err := trouble.OpenIn(ctx, d.House.Store, d.House.City, 10_000)
	if err != nil {
		return err
	}
	for i, t := range open {
		if t.Kind != trouble.AccountRefused {
			continue
		}
		a, err := application.Get(ctx, d.House.Store, ref.Application(t.Subject))
		if err != nil {
			return err
		}
		if a.State != application.Refused {
			continue // sent again already
		}
		var mobile phone.Number
		if t.Reason == "phone_mismatch" {
			mobile = phone.Number(fmt.Sprintf("197%08d", 30_000_000+i))
		}
		if err := d.House.Flows.Accounts.Correct(ctx, citizen(a.Person), a.ID, mobile); err != nil {
			return err
		}
	}
	return nil
}

// handOut: people collect at the outlet that holds their card, and the bank comes to the employer.
func (d *Demo) handOut(ctx context.Context) error {
	ready, err := d.waiting(ctx, application.Ready)
	if err != nil {
		return err
	}
	site := map[ref.Bank][]ref.Card{}
	for _, r := range ready {
		if r.app.Mode == application.OnSite {
			site[r.app.Bank] = append(site[r.app.Bank], r.card.ID)
			continue
		}
		if err := d.House.Flows.HandOut.Counter(ctx, d.clerk(r.app.Bank, r.app.Outlet), r.card.ID, r.app.Number.Reveal(),
			handout.Switches{Social: true, Bank: true}); err != nil {
			return err
		}
	}
	for bank, cards := range site {
		if err := d.House.Flows.HandOut.OnSite(ctx, d.banker(bank), cards); err != nil {
			return err
		}
	}
	return nil
}

// atHome: people who got the card by mail enable social security online and go to the bank.
func (d *Demo) atHome(ctx context.Context) error {
	handed, err := d.waiting(ctx, application.Handed)
	if err != nil {
		return err
	}
	for _, r := range handed {
		if err := d.House.Flows.HandOut.Enable(ctx, citizen(r.app.Person), []ref.Card{r.card.ID}, "online"); err != nil {
			return err
		}
		if err := d.House.Flows.HandOut.Activate(ctx, d.clerk(r.app.Bank, r.app.Outlet), []ref.Card{r.card.ID}); err != nil {
			return err
		}
	}
	return nil
}

type readyCard struct {
	app  application.Application
	card card.Card
}

// waiting pairs the applications in a state with their cards.
func (d *Demo) waiting(ctx context.Context, s state.State) ([]readyCard, error) {
	ids, err := application.Waiting(ctx, d.House.Store, d.House.City, s, "", 1_000_000)
	if err != nil {
		return nil, err
	}
	apps, err := application.Find(ctx, d.House.Store, ids)
	if err != nil {
		return nil, err
	}
	cards, err := card.OfApplications(ctx, d.House.Store, ids)
	if err != nil {
		return nil, err
	}
	byApp := make(map[ref.Application]card.Card, len(cards))
	for _, c := range cards {
		byApp[c.Application] = c
	}
	out := make([]readyCard, 0, len(apps))
	for _, a := range apps {
		out = append(out, readyCard{a, byApp[a.ID]})
	}
	return out, nil
}
