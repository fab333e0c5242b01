package rules

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"net/http"
	"testing"
	"time"

	"kawu/app"
	"kawu/app/demo"
	"kawu/domain/application"
	"kawu/domain/custody"
	"kawu/domain/person"
	"kawu/domain/ref"
	"kawu/domain/report"
	"kawu/flow/desk"
	"kawu/flow/handover"
	"kawu/kit/cal"
	"kawu/kit/clock"
	"kawu/kit/db"
	"kawu/kit/db/dbtest"
)

// house is one installation in which all scenarios of an engine happen, one after another: founding
// one takes seconds. It goes on from stage to stage and each scenario takes people nobody has used.
type house struct {
	*demo.Demo
	ctx       context.Context
	used      map[ref.Application]bool
	submitted bool
	made      bool
	lost      ref.Handover // the list on which a card was missing
	settled   bool
	order     error // accepted ≥ made ≥ delivered was broken
}

const people = 24

func found(t *testing.T, engine db.Engine) *house {
	t.Helper()
	dsn, dir := dbtest.Made(t, engine), t.TempDir()
	partners, addresses, err := app.StartPartners(dir, "", nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		for _, p := range partners {
			if err := p.Stop(); err != nil {
				t.Error(err)
			}
		}
	})
	at, err := app.City("beijing")
	if err != nil {
		t.Fatal(err)
	}
	ctx, now := context.Background(), clock.At(demo.Start)
	h, err := app.Open(ctx, app.Config{Data: dir, DB: dsn, City: ref.City(at.ID), Clock: now, Partners: addresses, Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := h.Close(); err != nil {
			t.Error(err)
		}
	})
	d := &demo.Demo{House: h, Clock: now, World: demo.Make(at, people)}
	for _, do := range []func(context.Context) error{d.Settle, h.Start} {
		if err := do(ctx); err != nil {
			t.Fatal(err)
		}
	}
	out := &house{Demo: d, ctx: ctx, used: map[ref.Application]bool{}}
	p := d.World.Hand[0]
	if err := out.tell("population", "load", []map[string]any{{"number": p.Number.Reveal(), "name": "另" + p.Name.Reveal()}}); err != nil {
		t.Fatal(err)
	}
	return out
}

// The people who act.
func agent(h *house, e ref.Employer) desk.Actor {
	return desk.Actor{Role: desk.Agent, ID: "stf_agent", City: h.House.City, Org: string(e), Channel: "web", Scope: e}
}

func clerk(h *house, bank ref.Bank, o ref.Outlet) desk.Actor {
	return desk.Actor{Role: desk.Clerk, ID: "stf_clerk", City: h.House.City, Org: string(bank), Place: string(o), Channel: "web"}
}

func banker(h *house, bank ref.Bank) desk.Actor {
	return desk.Actor{Role: desk.Banker, ID: "stf_banker", City: h.House.City, Org: string(bank), Channel: "web"}
}

func centre(h *house) desk.Actor {
	return desk.Actor{Role: desk.Centre, ID: "stf_centre", City: h.House.City, Org: "centre", Channel: "web"}
}

func citizen(p ref.Person) desk.Actor {
	return desk.Actor{Role: desk.Citizen, ID: string(p), Person: p, Channel: "web"}
}

// tell gives a simulated partner orders.
func (h *house) tell(family, call string, v any) error {
	b, err := json.Marshal(v)
	if err != nil {
		return err
	}
	a, err := http.Post(h.House.Partners[family]+"/control/"+call, "application/json", bytes.NewReader(b))
	if err != nil {
		return err
	}
	defer a.Body.Close()
	if a.StatusCode >= 300 {
		return fmt.Errorf("%s refused %s: %s", family, call, a.Status)
	}
	return nil
}

// mailed is the person whose parcel fails: the first of the employer that has cards mailed.
func (h *house) mailed() person.Person { return h.World.Staff[people/3] }

// submit plays three employers up to the submission.
func (h *house) submit() error {
	if h.submitted {
		return nil
	}
	h.submitted = true
	if err := h.tell("courier", "orders", map[string]any{"fail_delivery": map[string]string{h.mailed().Mobile.Reveal(): "nobody_home"}}); err != nil {
		return err
	}
	if err := h.Apply(h.ctx); err != nil {
		return err
	}
	return h.mix()
}

// mix gives one employer's applications, which go to one bank, two channels and two days of collection,
// so that batches have something to tell apart.
func (h *house) mix() error {
	all, err := application.OfEmployer(h.ctx, h.House.Store, h.World.Employers[1].ID)
	if err != nil || len(all) != 1 {
		return fmt.Errorf("%d collective applications: %w", len(all), err)
	}
	apps, err := application.In(h.ctx, h.House.Store, all[0].ID, application.Filed, "", 1000)
	if err != nil {
		return err
	}
	return h.House.Store.Write(h.ctx, h.Clock.Now(), func(tx *db.Tx) error {
		for i, a := range apps {
			change := []string{"update application set rev = rev where id = $1", "update application set channel = 'employer_bank' where id = $1",
				"update application set submitted_at = submitted_at - 86400000000 where id = $1"}[i%3]
			if _, err := tx.Exec(h.ctx, change, string(a.ID)); err != nil {
				return err
			}
		}
		return nil
	})
}

// make moves the clock on, with the staff signing their lists on working days, until every card that
// can be made is where it is handed out.
func (h *house) make() error {
	if h.made {
		return nil
	}
	if err := h.submit(); err != nil {
		return err
	}
	end := demo.Start.AddDate(0, 0, 60)
	for h.Clock.Now().Before(end) {
		if _, err := h.House.Runner.RunDue(h.ctx); err != nil {
			return err
		}
		if err := h.counted(); err != nil {
			return err
		}
		n, err := h.onTheirWay()
		if err != nil || n == 0 {
			h.made = err == nil
			return err
		}
		next, ok, err := h.House.Runner.Next(h.ctx)
		if err != nil {
			return err
		}
		if open := opening(h.Clock.Now()); !ok || open.Before(next) {
			h.Clock.To(open)
			if err := h.sign(); err != nil {
				return err
			}
			continue
		}
		h.Clock.To(next)
	}
	return fmt.Errorf("the cards were not made by %s", end)
}

// onTheirWay counts applications that go on by themselves.
func (h *house) onTheirWay() (n int64, err error) {
	for _, e := range h.World.Employers {
		all, err := application.OfEmployer(h.ctx, h.House.Store, e.ID)
		if err != nil {
			return 0, err
		}
		for _, c := range all {
			states, err := application.CountIn(h.ctx, h.House.Store, c.ID)
			if err != nil {
				return 0, err
			}
			n += states[application.Filed] + states[application.Compared] + states[application.Opening] + states[application.Funded] +
				states[application.Making] + states[application.Made] + states[application.OnTheWay]
		}
	}
	return n, nil
}

// counted keeps the first moment at which the figures were not in order.
func (h *house) counted() error {
	n, err := report.Count(h.ctx, h.House.Store, h.House.City, h.Clock.Now().Format(time.DateOnly))
	if err == nil && h.order == nil && (n.Accepted < n.Made || n.Made < n.Delivered || n.Delivered < n.Enabled) {
		h.order = fmt.Errorf("at %s: %+v", h.Clock.Now(), n)
	}
	return err
}

// opening is the next half past ten of a working day.
func opening(now time.Time) time.Time {
	for day := clock.Day(now); ; day = day.AddDate(0, 0, 1) {
		t := day.Add(10*time.Hour + 30*time.Minute)
		if ok, err := cal.IsWorkday(day); err == nil && ok && t.After(now) {
			return t
		}
	}
}

// sign is a day of signing: everybody signs the lists that wait. On the first list from the factory
// one card is missing; the centre settles that on the day after.
func (h *house) sign() error {
	settle := h.lost != "" && !h.settled
	for _, p := range h.Parties() {
		open, err := custody.Open(h.ctx, h.House.Store, p.Kind, p.Name)
		if err != nil {
			return err
		}
		for _, l := range open {
			if l.State == "drawn" {
				err = h.House.Flows.Handover.Give(h.ctx, p.Who, l.ID)
			} else {
				err = h.take(p, l)
			}
			if err != nil {
				return err
			}
		}
	}
	if !settle {
		return nil
	}
	h.settled = true
	return h.House.Flows.Handover.Settle(h.ctx, centre(h), h.lost)
}

func (h *house) take(p demo.Party, l custody.Handover) error {
	var found handover.Found
	if l.Purpose == handover.KeyLoading && h.lost == "" {
		lines, err := custody.Lines(h.ctx, h.House.Store, l.ID)
		if err != nil {
			return err
		}
		for c := range lines {
			found.Missing = append(found.Missing[:0], c)
		}
		h.lost = l.ID
	}
	return h.House.Flows.Handover.Take(h.ctx, p.Who, l.ID, found)
}
