package demo

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"kawu/app"
	"kawu/channel/web"
	"kawu/domain/access"
	"kawu/domain/application"
	"kawu/domain/custody"
	"kawu/domain/production"
	"kawu/domain/ref"
	"kawu/domain/report"
	"kawu/flow/desk"
	"kawu/flow/signin"
	"kawu/kit/clock"
	"kawu/kit/name"
	"kawu/kit/state"
)

// Password is that of all the demo's staff. It is printed: there is nobody's data behind it.
const Password = "kawu-demo-2024"

// worker is one member of the demo's staff and where the name is shown.
type worker struct {
	access.Staff
	portal web.Portal
	says   string // what for, on the sign-in page
}

// staff are the people whose part the demo has played, with the same ids: the visitor goes on as
// them.
func (d *Demo) staff() []worker {
	var all []worker
	add := func(a desk.Actor, p web.Portal, login, person, says string) {
		all = append(all, worker{access.Staff{ID: ref.Staff(a.ID), Login: login, Role: string(a.Role), City: a.City, Org: a.Org,
			Place: ref.Outlet(a.Place), Name: name.Person(person)}, p, says})
	}
	agents := []string{"吴晓岚", "方可心", "陆怀远", "秦若水", "沈知遥"}
	for i, e := range d.World.Employers {
		add(d.agent(e.ID), web.PortalEmployer, fmt.Sprintf("agent%d", i+1), agents[i%len(agents)], e.Name)
	}
	clerks, bankers := []string{"王雅菲", "孟庆和", "杜若溪"}, []string{"贺长风", "梁思齐", "白景行"}
	for i, e := range d.World.Employers[:3] {
		x := d.World.Plans[e.ID]
		bank, _ := d.World.City.Bank(string(x.Bank))
		add(d.clerk(x.Bank, x.Outlet), web.PortalCounter, "clerk-"+string(x.Bank), clerks[i], bank.Name.ZH+"网点柜员")
		add(d.banker(x.Bank), web.PortalCounter, "banker-"+string(x.Bank), bankers[i], bank.Name.ZH+"卡务")
	}
	add(d.centre(), web.PortalCentre, "centre", "陈牧", "卡务中心")
	second := d.centre()
	second.ID = "stf_centre2" // what one proposes, the other decides on
	add(second, web.PortalCentre, "centre2", "宋予安", "卡务中心，复核")
	add(desk.Actor{Role: desk.Auditor, ID: "stf_auditor", City: d.House.City, Org: "centre"}, web.PortalCentre, "auditor", "顾清平", "审计")
	return all
}

// Hire opens the sign-ins and gives what a visitor is told of them.
func (d *Demo) Hire(ctx context.Context) (map[web.Portal][]web.Login, error) {
	logins := map[web.Portal][]web.Login{}
	var all []signin.Newcomer
	for _, w := range d.staff() {
		// The password counts as chosen: it stands on the sign-in page for everybody, so nobody is asked to
		// choose one that others do not know.
		all = append(all, signin.Newcomer{Staff: w.Staff, Password: Password})
		logins[w.portal] = append(logins[w.portal], web.Login{User: w.Login, Password: Password, Name: w.Name.Reveal() + " · " + w.says})
	}
	f := signin.Flow{Desk: d.House.Desk, Cost: access.Standard}
	return logins, f.Hire(ctx, all)
}

// Options are how the demo's portals are served: with the sign-ins, people to be, and a clock that can
// be moved.
func (d *Demo) Options(ctx context.Context, addr string) (app.ServeOptions, error) {
	logins, err := d.Hire(ctx)
	if err != nil {
		return app.ServeOptions{}, err
	}
	roster, err := d.sample()
	if err != nil {
		return app.ServeOptions{}, err
	}
	hints := []string{"Go on by hand as agent5 with the roster " + roster}
	for _, p := range append(d.World.Hand[:2:2], d.World.Staff[0]) {
		hints = append(hints, "citizen    "+p.Number.Reveal()+"   "+p.Name.Reveal())
	}
	return app.ServeOptions{Addr: addr, Demo: true, Pause: time.Second, Logins: logins, Hints: hints, Later: d.Later}, nil
}

// sample writes the roster of the employer that is left to the visitor, with the faults people make.
func (d *Demo) sample() (string, error) {
	path := filepath.Join(d.House.Data, "rosters", "by-hand.xlsx")
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return "", err
	}
	file, err := os.Create(path)
	if err != nil {
		return "", err
	}
	if err := workbook(file, d.World.paper(d.World.Hand, true)); err != nil {
		_ = file.Close()
		return "", err
	}
	return path, file.Close()
}

// Tick lets the demo's clock run with the real one while its portals are served.
func (d *Demo) Tick(ctx context.Context) {
	since, seen := clock.Since(), time.Duration(0)
	for ctx.Err() == nil {
		clock.Sleep(time.Second, ctx.Done())
		now := since()
		d.Clock.Add(now - seen)
		seen = now
	}
}

// Later moves the clock on to the next thing that somebody has to do: a list to sign, a card to fetch
// or to switch on, an exception; at most so many working days. What falls due on the way is worked
// off at its time, as it would be on the clock of the wall.
func (d *Demo) Later() {
	ctx := context.Background()
	before, err := d.todo(ctx)
	for range 15 {
		if err == nil {
			err = d.untilOpening(ctx)
		}
		now := before
		if err == nil {
			now, err = d.todo(ctx)
		}
		if err != nil {
			d.House.Log.Error("the demo's clock stopped on its way", "err", err)
			return
		}
		if now > before {
			return
		}
		before = now
	}
}

// todo counts what waits for people.
func (d *Demo) todo(ctx context.Context) (int, error) {
	n, err := report.Count(ctx, d.House.Store, d.House.City, d.Clock.Now().Format(time.DateOnly))
	if err != nil {
		return 0, err
	}
	lists, err := custody.LatestLists(ctx, d.House.Store, d.House.City, 100)
	if err != nil {
		return 0, err
	}
	names, _, err := production.CountProofs(ctx, d.House.Store, d.House.City)
	if err != nil {
		return 0, err
	}
	waiting := int(n.Troubles) + names
	for _, l := range lists {
		if l.State == "drawn" || l.State == "given" {
			waiting++
		}
	}
	for _, s := range []state.State{application.Ready, application.Handed} {
		ids, err := application.Waiting(ctx, d.House.Store, d.House.City, s, "", 1000)
		if err != nil {
			return 0, err
		}
		waiting += len(ids)
	}
	return waiting, nil
}
