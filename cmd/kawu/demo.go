package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/schollz/progressbar/v3"
	"github.com/spf13/cobra"
	"golang.org/x/term"

	"kawu/app"
	"kawu/app/demo"
	"kawu/city"
	"kawu/cmd/usage"
	"kawu/domain/audit"
	"kawu/domain/ref"
	"kawu/domain/roster"
	"kawu/kit/clock"
)

// demoFlags are the demo's own.
type demoFlags struct {
	city     string
	people   int
	roster   string
	once     bool
	resume   bool
	addr     string
	partners map[string]string
}

func (t *tool) demo() *cobra.Command {
	var f demoFlags
	c := &cobra.Command{
		Use: "demo", Short: "Take an employer's roster through the whole journey to activated cards, then serve the portals",
		Example: "  kawu demo\n  kawu demo --people 300 --once --json\n  kawu demo --roster staff.xlsx\n  kawu demo --db postgres://kawu@localhost/kawu",
		Args:    cobra.NoArgs,
		RunE:    func(c *cobra.Command, _ []string) error { return t.runDemo(c.Context(), f) },
	}
	c.Flags().StringVar(&f.city, "city", "beijing", "city whose notice is played")
	c.Flags().IntVar(&f.people, "people", 200, "people on the rosters")
	c.Flags().StringVar(&f.roster, "roster", "", "a roster of your own (.xlsx or .csv, of synthetic people) instead of the sample ones: its people join the first employer")
	c.Flags().BoolVar(&f.once, "once", false, "end after the journey")
	c.Flags().BoolVar(&f.resume, "continue", false, "go on in --data where an interrupted demo stopped")
	c.Flags().StringVar(&f.addr, "addr", "127.0.0.1:8080", "where the portals listen afterwards")
	usage.Least(c, 1, "people")
	usage.Addresses(c, "addr")
	c.Flags().StringToStringVar(&f.partners, "partner", nil, "address of a partner that runs as its own process: bank=http://127.0.0.1:9003 (default: in this process)")
	return c
}

// fresh takes an earlier demo's data away, and nothing that is not a demo's. The key files stay, and
// so does the memory of partners that run as their own processes: it is theirs.
func fresh(dir string, elsewhere bool) error {
	entries, err := os.ReadDir(dir)
	if errors.Is(err, os.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	demo := isDemo(dir)
	if _, err := os.Stat(filepath.Join(dir, "ca")); err == nil {
		return fmt.Errorf("%s has a certificate authority of its own, which a new demo would end; go on with --continue or choose another --data", dir)
	}
	for _, e := range entries {
		switch {
		case e.Name() == "keys", e.Name() == app.Simulators && elsewhere:
		case !demo && e.Name() != app.Simulators:
			return fmt.Errorf("%s holds an installation that is not a demo; choose another --data", dir)
		default:
			if err := os.RemoveAll(filepath.Join(dir, e.Name())); err != nil {
				return err
			}
		}
	}
	return nil
}

// marker is the file that says that a folder belongs to a demo.
const marker = "demo"

func (t *tool) runDemo(ctx context.Context, f demoFlags) error {
	since := clock.Since()
	if !f.resume {
		if err := fresh(t.data, len(f.partners) > 0); err != nil {
			return err
		}
	}
	if err := os.MkdirAll(t.data, 0o700); err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(t.data, marker), []byte("this folder belongs to kawu demo\n"), 0o600); err != nil {
		return err
	}
	if !f.resume {
		if err := app.ClearDemo(ctx, app.Config{Data: t.data, DB: t.db}); err != nil {
			return err
		}
	}
	partners, addresses, err := app.StartPartners(t.data, t.keyd, f.partners)
	if err != nil {
		return err
	}
	defer func() {
		for _, p := range partners {
			_ = p.Stop()
		}
	}()
	d, err := t.openDemo(ctx, f, addresses)
	if err != nil {
		return err
	}
	defer d.House.Close()
	if err := t.playRoster(ctx, d); err != nil {
		return err
	}
	sum, err := d.Sum(ctx, since().Seconds())
	if err != nil {
		return err
	}
	trail, err := audit.Verify(ctx, d.House.Store, d.House.Key.Public())
	if err != nil {
		return err
	}
	if t.json {
		err = t.print(sum)
	} else {
		t.table(sum, trail)
	}
	switch {
	case err != nil:
		return err
	case trail.Broken > 0:
		return fmt.Errorf("the audit trail is broken at line %d: %s", trail.Broken, trail.Why)
	case !sum.Whole():
		return errPart
	case f.once:
		return nil
	}
	return t.serveDemo(ctx, d, f.addr)
}

// serveDemo serves the portals of a demo whose journey is over.
func (t *tool) serveDemo(ctx context.Context, d *demo.Demo, addr string) error {
	o, err := d.Options(ctx, addr)
	if err != nil {
		return err
	}
	go d.Tick(ctx)
	return t.serveHouse(ctx, d.House, o)
}

func (t *tool) openDemo(ctx context.Context, f demoFlags, addresses map[string]string) (*demo.Demo, error) {
	book, err := city.Open(nil)
	if err != nil {
		return nil, err
	}
	at, err := book.City(f.city)
	if err != nil {
		return nil, err
	}
	now := clock.At(demo.Start)
	h, err := app.Open(ctx, app.Config{Data: t.data, DB: t.db, City: ref.City(at.ID), Clock: now, Partners: addresses, Keyd: t.keyd, Log: t.log()})
	if err != nil {
		return nil, err
	}
	if head, err := audit.Head(ctx, h.Store); err == nil && head.Seq > 0 {
		now.To(head.At) // an interrupted demo's clock stood at its last sitting
	}
	d := &demo.Demo{House: h, Clock: now, World: demo.Make(at, f.people), Roster: f.roster, Stage: t.bar()}
	return d, nil
}

// playRoster plays the journey and says of a roster of the visitor's own which rows cannot go on.
// Where none can, --json prints what `roster check --json` would.
func (t *tool) playRoster(ctx context.Context, d *demo.Demo) error {
	var read *roster.Result
	d.Read = func(res *roster.Result) {
		read = res
		t.sayRows(res)
	}
	err := t.play(ctx, d)
	if read == nil || len(read.Entries) > 0 {
		return err
	}
	if t.json {
		if err := read.WriteJSON(t.out, filepath.Base(d.Roster)); err != nil {
			return err
		}
		t.json = false // the document is out
	}
	return errNoRow
}

func (t *tool) play(ctx context.Context, d *demo.Demo) error {
	for _, step := range []struct {
		name string
		do   func(context.Context) error
	}{{"settle", d.Settle}, {"start", d.House.Start}, {"apply", d.Apply}, {"journey", d.Journey}} {
		if err := step.do(ctx); err != nil {
			return fmt.Errorf("%s: %w", step.name, err)
		}
	}
	return nil
}

// bar shows progress on a terminal.
func (t *tool) bar() func(string, int64, int64) {
	f, ok := t.err.(*os.File)
	if !ok || t.quiet || !term.IsTerminal(int(f.Fd())) {
		return nil
	}
	bars := map[string]*progressbar.ProgressBar{}
	return func(stage string, n, total int64) {
		b, ok := bars[stage]
		if !ok {
			b = progressbar.NewOptions64(total, progressbar.OptionSetWriter(t.err), progressbar.OptionSetDescription(stage),
				progressbar.OptionShowCount(), progressbar.OptionOnCompletion(func() { fmt.Fprintln(t.err) }))
			bars[stage] = b
		}
		b.ChangeMax64(max(total, 1))
		_ = b.Set64(n)
	}
}

func (t *tool) table(s demo.Summary, trail audit.Report) {
	ended, _ := time.Parse(time.RFC3339, s.Ended)
	t.say("\n%s · %d people on the rosters · the demo's clock: %s → %s\n", s.City, s.People, demo.Start.Format(time.DateOnly), ended.In(clock.Zone).Format(time.DateOnly))
	for _, r := range []struct {
		name string
		n    int64
	}{{"rows read", s.Rows}, {"rows refused, each with what to do", s.RowsRefused}, {"people who confirmed", s.Confirmed}, {"bank accounts opened", s.Accounts},
		{"cards made", s.CardsMade}, {"of them made again", s.Remade}, {"cards in the citizen's hand", s.Delivered},
		{"social security enabled", s.SocialEnabled}, {"bank account active", s.BankActive}, {"old cards void", s.OldVoided}} {
		t.say("  %-38s %6d", r.name, r.n)
	}
	kinds, settled := map[string]int{}, 0
	for _, e := range s.Exceptions {
		kinds[e.Words(t.language())]++
		if e.Settled {
			settled++
		}
	}
	t.say("  %-38s %6d", "exceptions, all told to the simulators", len(s.Exceptions))
	for k, n := range kinds {
		t.say("    %s %s", strings.TrimSpace(k), fmt.Sprintf("× %d", n))
	}
	t.say("  %-38s %6d", "of them settled", settled)
	t.say("  %-38s %6d   whole: %v", "audit trail, lines", trail.Lines, trail.Broken == 0)
	t.say("  %-38s %6.1f s\n", "took", s.Seconds)
}
