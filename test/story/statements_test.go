package story

import (
	"context"
	"testing"
	"time"

	"kawu/app/demo"
	"kawu/domain/application"
	"kawu/domain/card"
	"kawu/domain/custody"
	"kawu/domain/ref"
	"kawu/flow/applygroup"
	"kawu/flow/confirm"
	"kawu/flow/desk"
	"kawu/flow/handover"
	"kawu/kit/db/dbtest"
)

// counted runs one employer's set through every stage, set by set, and counts the statements of
// each stage.
func counted(t *testing.T, people int) map[string]int64 {
	t.Helper()
	ctx := context.Background()
	d := found(t, dbtest.Made(t, dbtest.Engines[0]), people, (*demo.World).OnlyOnSite)
	h, store := d.House, d.House.Store
	used := map[string]int64{}
	stage := func(name string, do func() error) {
		before := store.Statements()
		if err := do(); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		used[name] += store.Statements() - before
	}
	e := d.World.Employers[2]
	who := desk.Actor{Role: desk.Agent, ID: "stf_agent", City: h.City, Org: string(e.ID), Scope: e.ID}
	var id ref.Collective
	stage("check", func() (err error) { id, err = d.OpenAndUpload(ctx, e, 2); return err })
	plan := d.World.Plans[e.ID]
	stage("choose", func() error {
		return h.Flows.Apply.Choose(ctx, who, id, applygroup.Choice{Bank: plan.Bank, Mode: application.OnSite, Outlet: plan.Outlet, Day: "2024-03-05"})
	})
	stage("notify", func() error { _, err := h.Flows.Apply.Notify(ctx, who, id); return err })
	stage("confirm", func() error {
		ids, err := application.IDsIn(ctx, store, id, application.Notified)
		if err != nil {
			return err
		}
		if len(ids) < people*9/10 {
			t.Fatalf("%d of %d people were notified", len(ids), people)
		}
		answers := make([]confirm.Answer, len(ids))
		for i, a := range ids {
			answers[i] = confirm.Answer{Application: a}
		}
		return h.Flows.Confirm.ConfirmAll(ctx, desk.Actor{Role: desk.Citizen, ID: "import"}, answers)
	})
	stage("submit", func() error { _, err := h.Flows.Apply.Submit(ctx, who, id); return err })
	for range 60 { // two months of duties and desks, or until all cards are there
		stage("duties", func() error { _, err := h.Runner.RunDue(ctx); return err })
		next, ok, err := h.Runner.Next(ctx)
		if err != nil || !ok {
			t.Fatal("nothing is due before the cards are ready", err)
		}
		d.Clock.To(next)
		if d.Clock.Now().Hour() == 10 {
			stage("hand over", func() error { return signAll(ctx, d) })
		}
		ready, err := application.IDsIn(ctx, store, id, application.Ready)
		if err != nil {
			t.Fatal(err)
		}
		if len(ready) > 0 {
			stage("enable", func() error { return onSite(ctx, d, plan.Bank, ready) })
			return used
		}
		d.Clock.Add(20 * time.Hour)
	}
	t.Fatal("the cards never became ready")
	return nil
}

func signAll(ctx context.Context, d *demo.Demo) error {
	for _, p := range d.Parties() {
		open, err := custody.Open(ctx, d.House.Store, p.Kind, p.Name)
		if err != nil {
			return err
		}
		for _, l := range open {
			if l.State == "drawn" {
				err = d.House.Flows.Handover.Give(ctx, p.Who, l.ID)
			} else {
				err = d.House.Flows.Handover.Take(ctx, p.Who, l.ID, handover.Found{})
			}
			if err != nil {
				return err
			}
		}
	}
	return nil
}

func onSite(ctx context.Context, d *demo.Demo, bank ref.Bank, ready []ref.Application) error {
	cards, err := card.OfApplications(ctx, d.House.Store, ready)
	if err != nil {
		return err
	}
	ids := make([]ref.Card, len(cards))
	for i, c := range cards {
		ids[i] = c.ID
	}
	return d.House.Flows.HandOut.OnSite(ctx, desk.Actor{Role: desk.Banker, ID: "stf_banker", Org: string(bank)}, ids)
}

// TestStatements: a thousand people take as many statements as a hundred. Work on a set is a
// constant and its chunks, never one statement a person.
func TestStatements(t *testing.T) {
	t.Parallel()
	few, many := counted(t, 100), counted(t, 1000)
	for stage, n := range many {
		more := int64(200) // 900 more people; more days at the factory cost some duties
		if stage == "duties" {
			more = 500 // photos come 200 a question, because of their size
		}
		if n > few[stage]+more {
			t.Errorf("%s: %d statements for 1,000 people, %d for 100", stage, n, few[stage])
		}
		t.Logf("%-10s %4d statements for 100 people, %4d for 1,000", stage, few[stage], n)
	}
}
