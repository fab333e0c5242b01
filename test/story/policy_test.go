package story

import (
	"context"
	"strings"
	"testing"
	"time"

	"kawu/app"
	"kawu/app/demo"
	"kawu/domain/application"
	"kawu/domain/ref"
	"kawu/flow/desk"
	"kawu/kit/db/dbtest"
)

// The rules change while the house works. An employer that applied today keeps today's promise; one
// that applies tomorrow gets the new one; and a house that starts anew at the same database knows
// both.
func TestPolicyChangesUnderTheHouse(t *testing.T) {
	for _, engine := range dbtest.Engines {
		t.Run(string(engine), func(t *testing.T) {
			dsn := dbtest.Made(t, engine)
			d := found(t, dsn, 12)
			h, ctx := d.House, context.Background()
			first := filed(t, d, 0)
			old, _, err := h.Shelf.Text("2024-pilot")
			if err != nil {
				t.Fatal(err)
			}
			text := strings.NewReplacer("id: 2024-pilot\n", "id: 2024-faster\n", "  from: 2024-01-31\n  to: 2024-05-31\n\npilot:", "  from: 2024-02-02\n  to: 2024-05-31\n\npilot:",
				"    days: 30\n    kind: calendar", "    days: 25\n    kind: calendar").Replace(old)
			one := desk.Actor{Role: desk.Centre, ID: "stf_1", City: h.City, Org: "centre", Channel: "web"}
			two := desk.Actor{Role: desk.Centre, ID: "stf_2", City: h.City, Org: "centre", Channel: "web"}
			id, err := h.Flows.Publish.Propose(ctx, one, text, "时限缩短", "")
			if err == nil {
				err = h.Flows.Publish.Approve(ctx, two, id, "")
			}
			if err != nil {
				t.Fatal(err)
			}
			d.Clock.Add(24 * time.Hour)
			second := filed(t, d, 1)
			want := map[ref.Collective]string{first: "2024-pilot 2024-03-03", second: "2024-faster 2024-02-27"} // 30 and 25 days from tomorrow
			kept(t, d, want)

			again, err := app.Open(ctx, app.Config{Data: h.Data, DB: dsn, City: h.City, Clock: d.Clock, Partners: h.Partners, Log: h.Log})
			if err != nil {
				t.Fatal(err)
			}
			defer again.Close()
			kept(t, &demo.Demo{House: again, Clock: d.Clock, World: d.World}, want)
		})
	}
}

// filed opens the collective application of an employer today.
func filed(t *testing.T, d *demo.Demo, i int) ref.Collective {
	t.Helper()
	e := d.World.Employers[i].ID
	who := desk.Actor{Role: desk.Agent, ID: "stf_agent", City: d.House.City, Org: string(e), Scope: e, Channel: "web"}
	id, err := d.House.Flows.Apply.Open(context.Background(), who, e, "")
	if err != nil {
		t.Fatal(err)
	}
	return id
}

// kept compares what the house promises for collective applications that are submitted now.
func kept(t *testing.T, d *demo.Demo, want map[ref.Collective]string) {
	t.Helper()
	for id, w := range want {
		c, err := application.GetCollective(context.Background(), d.House.Store, id)
		if err != nil {
			t.Fatal(err)
		}
		x, err := d.House.Flows.Apply.Rule(context.Background(), c.Employer, c.Edition)
		if got := string(c.Edition) + " " + x.Promise.Due.String(); err != nil || got != w {
			t.Errorf("%s, want %s, %v", got, w, err)
		}
	}
}
