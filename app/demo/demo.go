package demo

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"time"

	"kawu/app"
	"kawu/domain/application"
	"kawu/domain/card"
	"kawu/domain/custody"
	"kawu/domain/employer"
	"kawu/domain/exchange"
	"kawu/domain/outlet"
	"kawu/domain/person"
	"kawu/domain/production"
	"kawu/domain/ref"
	"kawu/domain/roster"
	"kawu/flow/applygroup"
	"kawu/flow/confirm"
	"kawu/flow/desk"
	"kawu/kit/clock"
	"kawu/kit/phone"
)

// Start is when the demo begins: the second day of the pilot.
var Start = time.Date(2024, 2, 1, 9, 0, 0, 0, clock.Zone)

// Demo plays the journey in a house.
type Demo struct {
	House  *app.House
	Clock  *clock.Manual
	World  *World
	Roster string                               // a roster file of the visitor's own, or ""
	Read   func(*roster.Result)                 // told what became of Roster; may be nil
	Stage  func(name string, done, total int64) // told of progress; may be nil
}

// agent is an employer's agent; clerk, banker and centre are the staff of the other parties.
func (d *Demo) agent(e ref.Employer) desk.Actor {
	return desk.Actor{Role: desk.Agent, ID: "stf_agent_" + string(e), City: d.House.City, Org: string(e), Channel: "web", Scope: e}
}

func (d *Demo) clerk(bank ref.Bank, o ref.Outlet) desk.Actor {
	return desk.Actor{Role: desk.Clerk, ID: "stf_clerk_" + string(o), City: d.House.City, Org: string(bank), Place: string(o), Channel: "web"}
}

func (d *Demo) banker(bank ref.Bank) desk.Actor {
	return desk.Actor{Role: desk.Banker, ID: "stf_banker_" + string(bank), City: d.House.City, Org: string(bank), Channel: "web"}
}

func (d *Demo) centre() desk.Actor {
	return desk.Actor{Role: desk.Centre, ID: "stf_centre", City: d.House.City, Org: "centre", Channel: "web"}
}

func citizen(p ref.Person) desk.Actor {
	return desk.Actor{Role: desk.Citizen, ID: string(p), Person: p, Channel: "web"}
}

// Settle founds the world: outlets, employers, holder base, the cards people have, the pool of
// numbers, and what the simulators know and shall do wrong. It does nothing when it was done before.
func (d *Demo) Settle(ctx context.Context) error {
	if err := d.join(); err != nil {
		return err
	}
	h, w := d.House, d.World
	if _, err := employer.Get(ctx, h.Store, w.Employers[0].ID); err == nil {
		return nil
	}
	everybody := w.everybody()
	if err := d.simulators(ctx, everybody); err != nil {
		return err
	}
	return h.Desk.Sit(ctx, desk.Clockwork("demo"), desk.SetUp, func(s *desk.Sitting) error {
		s.About("demo", len(everybody))
		for _, step := range []func() error{
			func() error { return outlet.Put(ctx, s.Tx, w.Outlets) },
			func() error { return employer.Put(ctx, s.Tx, w.Employers) },
			func() error { return person.Put(ctx, s.Tx, everybody) },
			func() error { return d.oldCards(ctx, s) },
			func() error { return production.Fill(ctx, s.Tx, h.City, "BA", 1, len(everybody)*2+1000) },
		} {
			if err := step(); err != nil {
				return err
			}
		}
		return nil
	})
}

func (d *Demo) oldCards(ctx context.Context, s *desk.Sitting) error {
	if err := card.Put(ctx, s.Tx, d.World.Old); err != nil {
		return err
	}
	return custody.BeginWith(ctx, s.Tx, d.World.holders())
}

// holders is who has each old card: its person.
func (w *World) holders() []custody.Move {
	out := make([]custody.Move, len(w.Old))
	for i, c := range w.Old {
		out[i] = custody.Move{Card: c.ID, To: ref.Holder{Kind: ref.HeldByPerson, Name: string(c.Person)}}
	}
	return out
}

// control sends a simulator what it shall know or do.
func (d *Demo) control(ctx context.Context, family, call string, v any) error {
	b, err := json.Marshal(v)
	if err != nil {
		return err
	}
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, d.House.Partners[family]+"/control/"+call, bytes.NewReader(b))
	if err != nil {
		return err
	}
	a, err := http.DefaultClient.Do(r)
	if err != nil {
		return err
	}
	defer a.Body.Close()
	if a.StatusCode >= 300 {
		text, _ := io.ReadAll(io.LimitReader(a.Body, 1000))
		return fmt.Errorf("partner %s refused %s: %s", family, call, text)
	}
	return nil
}

type entry map[string]any

// simulators loads the registers and tells partners what to do wrong: each fault is one that the
// house must clear.
func (d *Demo) simulators(ctx context.Context, everybody []person.Person) error {
	for _, family := range app.Families { // partners in processes of their own may remember an earlier demo
		if err := d.control(ctx, family, "forget", struct{}{}); err != nil {
			return err
		}
	}
	register := make([]entry, len(everybody))
	refuse, fail, lost := entry{}, entry{}, entry{}
	for i, p := range everybody {
		register[i] = entry{"number": p.Number.Reveal(), "name": p.Name.Reveal()}
		switch {
		case i%67 == 11:
			refuse[p.Number.Reveal()] = entry{"reason": "phone_mismatch", "times": 1}
		case i%97 == 31:
			refuse[p.Number.Reveal()] = entry{"reason": "document_expired", "times": 1}
		case i%45 == 20:
			fail[p.Number.Reveal()] = "chip_failure"
		case i%83 == 43:
			fail[p.Number.Reveal()] = "print_failure"
		}
		if d.World.Plans[p.Employer].Mode == "mail" && i%29 == 4 {
			lost[p.Mobile.Reveal()] = "nobody_home"
		}
	}
	for _, c := range []struct {
		family, call string
		v            any
	}{
		{"population", "load", register},
		{"bank", "orders", entry{"refuse": refuse}},
		{"factory", "orders", entry{"fail_once": fail, "hold_back": 1}},
		{"courier", "orders", entry{"fail_delivery": lost}},
	} {
		if err := d.control(ctx, c.family, c.call, c.v); err != nil {
			return err
		}
	}
	return nil
}

// Apply plays the employers and their staff: roster, choice, notices, confirmations, submission.
// Where it was interrupted before, it goes on with what is not done.
func (d *Demo) Apply(ctx context.Context) error {
	for i, e := range d.World.Employers[:3] {
		if d.Roster != "" && i > 0 {
			break
		}
		if err := d.apply(ctx, e, i); err != nil {
			return fmt.Errorf("%s: %w", e.ID, err)
		}
	}
	if err := d.quiet(ctx); err != nil { // the codes go out
		return err
	}
	if err := d.confirm(ctx); err != nil {
		return err
	}
	d.Clock.Add(4 * time.Hour)
	for _, e := range d.World.Employers[:3] {
		all, err := application.OfEmployer(ctx, d.House.Store, e.ID)
		if err != nil {
			return err
		}
		for _, c := range all {
			if c.State != application.Notifying {
				continue
			}
			if _, err := d.House.Flows.Apply.Submit(ctx, d.agent(e.ID), c.ID); err != nil {
				return err
			}
		}
	}
	return nil
}

// OpenAndUpload opens an employer's collective application and uploads its roster.
func (d *Demo) OpenAndUpload(ctx context.Context, e employer.Employer, i int) (ref.Collective, error) {
	who := d.agent(e.ID)
	id, err := d.House.Flows.Apply.Open(ctx, who, e.ID, "demo")
	if err != nil {
		return "", err
	}
	c, err := application.GetCollective(ctx, d.House.Store, id)
	if err != nil || c.State != application.Opened {
		return id, err
	}
	return id, d.upload(ctx, who, id, e, i)
}

func (d *Demo) apply(ctx context.Context, e employer.Employer, i int) error {
	id, err := d.OpenAndUpload(ctx, e, i)
	if err != nil {
		return err
	}
	c, err := application.GetCollective(ctx, d.House.Store, id)
	if err != nil {
		return err
	}
	f, who, plan := d.House.Flows.Apply, d.agent(e.ID), d.World.Plans[e.ID]
	if c.State == application.Listed {
		if err := f.Choose(ctx, who, id, applygroup.Choice{Bank: plan.Bank, Mode: application.Mode(plan.Mode), Outlet: plan.Outlet,
			Day: d.Clock.Now().AddDate(0, 0, 33).Format(time.DateOnly)}); err != nil {
			return err
		}
		c.State = application.Chosen
	}
	if c.State == application.Chosen {
		_, err = f.Notify(ctx, who, id)
	}
	return err
}

func (d *Demo) upload(ctx context.Context, who desk.Actor, id ref.Collective, e employer.Employer, i int) error {
	path := d.Roster
	if path == "" {
		var err error
		if path, err = d.write(e, i); err != nil {
			return err
		}
	}
	file, err := os.Open(path)
	if err != nil {
		return err
	}
	defer file.Close()
	info, err := file.Stat()
	if err != nil {
		return err
	}
	res, err := d.House.Flows.Apply.Upload(ctx, who, id, filepath.Base(path), file, info.Size())
	if err == nil {
		d.read(res)
	}
	return err
}

// write writes an employer's roster into the data folder: workbooks, and one GB 18030 text.
func (d *Demo) write(e employer.Employer, i int) (string, error) {
	var staff []person.Person
	for _, p := range d.World.Staff {
		if p.Employer == e.ID {
			staff = append(staff, p)
		}
	}
	dir := filepath.Join(d.House.Data, "rosters")
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return "", err
	}
	lines := d.World.paper(staff, i == 0)
	write, path := workbook, filepath.Join(dir, string(e.ID)+".xlsx")
	if i == 1 {
		write, path = text, filepath.Join(dir, string(e.ID)+".csv")
	}
	file, err := os.Create(path)
	if err != nil {
		return "", err
	}
	if err := write(file, lines); err != nil {
		_ = file.Close()
		return "", err
	}
	return path, file.Close()
}

var eight = regexp.MustCompile(`确认码(\d{8})`)

// confirm plays the employees: most type their code and confirm, some correct their phone first,
// one in forty does not answer and one in ninety declines.
func (d *Demo) confirm(ctx context.Context) error {
	codes, err := d.inbox(ctx)
	if err != nil {
		return err
	}
	f := d.House.Flows.Confirm
	for i, p := range d.World.Staff {
		text, ok := codes[p.Mobile.Reveal()]
		if !ok || i%40 == 17 {
			continue
		}
		n := p.Number.Reveal()
		a, err := f.Find(ctx, text, n[len(n)-4:])
		if errors.Is(err, application.ErrCode) {
			continue // submitted before an interruption: the code counts no more
		}
		if err != nil {
			return err
		}
		if a.State != application.Notified {
			continue // answered before an interruption
		}
		if i%90 == 41 {
			if err := f.Decline(ctx, citizen(p.ID), a.ID, "other"); err != nil {
				return err
			}
			continue
		}
		answer := confirm.Answer{Application: a.ID, Address: "平安里西大街 " + fmt.Sprint(i%200+1) + " 号 3 单元 501 室"}
		if i%61 == 9 {
			answer.Mobile = phone.Number(fmt.Sprintf("198%08d", 20_000_000+i))
		}
		if err := f.Confirm(ctx, citizen(p.ID), answer); err != nil {
			return err
		}
		d.stage("confirm", int64(i+1), int64(len(d.World.Staff)))
	}
	return nil
}

// inbox reads the newest confirmation code of every phone from the simulated network.
func (d *Demo) inbox(ctx context.Context) (map[string]string, error) {
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, d.House.Partners["sms"]+"/control/inbox", nil)
	if err != nil {
		return nil, err
	}
	a, err := http.DefaultClient.Do(r)
	if err != nil {
		return nil, err
	}
	defer a.Body.Close()
	var list []struct {
		Mobile string `json:"mobile"`
		Text   string `json:"text"`
	}
	if err := json.NewDecoder(a.Body).Decode(&list); err != nil {
		return nil, err
	}
	out := map[string]string{}
	for _, m := range list { // newest first
		if got := eight.FindStringSubmatch(m.Text); got != nil && out[m.Mobile] == "" {
			out[m.Mobile] = got[1]
		}
	}
	return out, nil
}

func (d *Demo) stage(name string, done, total int64) {
	if d.Stage != nil {
		d.Stage(name, done, total)
	}
}

// quiet runs duties until no message waits for a partner, moving the clock to the next attempt when
// a partner fails.
func (d *Demo) quiet(ctx context.Context) error {
	for range 1000 {
		if err := d.due(ctx); err != nil {
			return err
		}
		n, err := exchange.Waiting(ctx, d.House.Store)
		if err != nil || n == 0 {
			return err
		}
		next, ok, err := d.House.Runner.Next(ctx)
		if err != nil || !ok {
			return err
		}
		d.Clock.To(next)
	}
	return errors.New("partners do not answer")
}

func (d *Demo) due(ctx context.Context) error {
	_, err := d.House.Runner.RunDue(ctx)
	return err
}
