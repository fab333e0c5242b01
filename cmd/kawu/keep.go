package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"syscall"
	"time"

	"github.com/spf13/cobra"

	"kawu/app"
	"kawu/app/demo"
	"kawu/city"
	"kawu/cmd/usage"
	"kawu/domain/audit"
	"kawu/domain/ref"
	"kawu/kit/clock"
	"kawu/kit/fault"
)

// open opens the installation that --data and --db name.
func (t *tool) open(ctx context.Context, city string, partners map[string]string) (*app.House, error) {
	now, err := t.clock()
	if err != nil {
		return nil, err
	}
	last := clock.At(demo.Start)
	lives := t.now == "" && isDemo(t.data)
	if lives {
		now = last
	}
	h, err := app.Open(ctx, app.Config{Data: t.data, DB: t.db, City: ref.City(city), Clock: now, Partners: partners, Keyd: t.keyd, Log: t.log()})
	if err != nil || !lives {
		return h, err
	}
	head, err := audit.Head(ctx, h.Store)
	if err != nil {
		return nil, errors.Join(err, h.Close())
	}
	last.To(head.At)
	if !t.quiet {
		fmt.Fprintln(t.err, t.word("line.demo_clock", "data", t.data, "at", at(last.Now())))
	}
	return h, nil
}

// isDemo tells whether a folder belongs to a demo: its clock is the demo's, in another year.
func isDemo(data string) bool {
	_, err := os.Stat(filepath.Join(data, marker))
	return err == nil
}

// errDemo is the refusal to serve a demo's folder by the clock on the wall.
var errDemo = fault.New(fault.Refused, "app.demo_clock", "{data} belongs to a demo, which lives by a clock of its own")

// servedCity explains --city where it only confirms what an installation knows.
const servedCity = "the city this installation serves (default: the one it was made for, and for a new one " + city.First + ")"

// existing opens an installation to read it, and makes none where there is none.
func (t *tool) existing(ctx context.Context) (*app.House, error) {
	if err := t.installed(); err != nil {
		return nil, err
	}
	return t.open(ctx, "", nil)
}

// installed refuses a folder without an installation.
func (t *tool) installed() error {
	if _, err := os.Stat(filepath.Join(t.data, "seal.key")); err != nil {
		return fault.New(fault.NotFound, "app.no_installation", "there is no installation in {data}", "data", t.data)
	}
	return nil
}

func (t *tool) migrate() *cobra.Command {
	var city string
	c := &cobra.Command{
		Use: "migrate", Short: "Bring the database to this program's schema; makes a new installation where there is none", Args: cobra.NoArgs,
		Example: "  kawu migrate --city beijing\n  kawu migrate --db postgres://kawu@localhost/kawu",
		RunE: func(c *cobra.Command, _ []string) error {
			version, err := app.Migrate(c.Context(), app.Config{Data: t.data, DB: t.db, City: ref.City(city)})
			if err != nil {
				return err
			}
			t.tell("line.schema", "version", version)
			if t.json {
				return t.print(map[string]int64{"schema": version})
			}
			return nil
		},
	}
	c.Flags().StringVar(&city, "city", "", servedCity)
	return c
}

func (t *tool) partner() *cobra.Command {
	var o app.PartnerOptions
	var which string
	c := &cobra.Command{
		Use: "partner NAME", Short: "Run one partner's simulator as its own process, over the wire",
		Long: "The partners are population, province, bank, factory, ca, courier and sms. A simulator keeps its memory in --data/simulators, readable by this user only but in plain text, as the party it plays would know it,\n" +
			"and the simulated authority its key: for synthetic people, never for real ones. It shares the key files in --data/keys with the program it serves.",
		Example: "  kawu partner bank --addr 127.0.0.1:9003\n  kawu demo --partner bank=http://127.0.0.1:9003", Args: cobra.ExactArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			if which == "real" {
				o.Clock = clock.Real{}
			}
			return t.runPartner(c.Context(), args[0], o)
		},
	}
	c.Flags().StringVar(&o.Addr, "addr", "127.0.0.1:0", "where it listens")
	c.Flags().StringVar(&which, "clock", "wire", "wire: follow the time in the signed envelopes, so that a demo can run a month in a minute; real: the machine's")
	c.Flags().StringVar(&o.Orders, "faults", "", "file with what it shall do wrong (docs/partners.md)")
	usage.Words(c, "clock", "wire", "real")
	usage.Addresses(c, "addr")
	return c
}

func (t *tool) runPartner(ctx context.Context, name string, o app.PartnerOptions) error {
	o.Data, o.Keys = app.PartnerFolders(t.data)
	o.Keyd = t.keyd
	p, err := app.StartPartner(name, o)
	if err != nil {
		return err
	}
	t.tell("line.listens", "name", name, "address", p.Address)
	if t.json {
		if err := t.print(map[string]string{"partner": name, "address": p.Address}); err != nil {
			return err
		}
	}
	<-ctx.Done()
	return p.Stop()
}

func (t *tool) serve() *cobra.Command {
	var addr, city string
	var partners map[string]string
	c := &cobra.Command{
		Use: "serve", Short: "Serve the portals and work off what is due", Example: "  kawu serve --city beijing --addr :8080 --partner bank=http://10.0.0.5:9003", Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			if t.now == "" && isDemo(t.data) {
				return fault.New(errDemo.Kind, errDemo.Code, errDemo.Message, "data", t.data)
			}
			h, err := t.open(c.Context(), city, partners)
			if err != nil {
				return err
			}
			defer h.Close()
			if err := h.Start(c.Context()); err != nil {
				return err
			}
			return t.serveHouse(c.Context(), h, app.ServeOptions{Addr: addr, Pause: time.Second})
		},
	}
	c.Flags().StringVar(&addr, "addr", "127.0.0.1:8080", "where the portals listen")
	c.Flags().StringVar(&city, "city", "", servedCity)
	c.Flags().StringToStringVar(&partners, "partner", nil, "address of each partner: bank=http://127.0.0.1:9003,…")
	usage.Addresses(c, "addr")
	return c
}

// serveHouse serves until the program is told to stop, with duties running beside.
func (t *tool) serveHouse(ctx context.Context, h *app.House, o app.ServeOptions) error {
	ctx, stop := signal.NotifyContext(ctx, syscall.SIGTERM)
	defer stop()
	o.Listening = func(lines []string) {
		for _, l := range lines {
			t.say("%s", l)
		}
	}
	return h.Serve(ctx, o)
}

// errBroken is the end of a check that found the trail changed.
var errBroken = fault.New(fault.Conflict, "audit.broken", "line {line} of the trail is broken: {why}")

func (t *tool) audit() *cobra.Command {
	c := &cobra.Command{Use: "audit", Short: "The audit trail"}
	c.AddCommand(&cobra.Command{
		Use: "verify", Short: "Compute the hash chain again and check the signed anchors; exit 1 with the first broken line",
		Example: "  kawu audit verify --json", Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			h, err := t.existing(c.Context())
			if err != nil {
				return err
			}
			defer h.Close()
			r, err := audit.Verify(c.Context(), h.Store, h.Key.Public())
			if err != nil {
				return err
			}
			if t.json {
				if err := t.print(r); err != nil {
					return err
				}
			}
			if r.Broken > 0 {
				return fault.New(errBroken.Kind, errBroken.Code, errBroken.Message, "line", r.Broken, "why", r.Why)
			}
			t.tell("line.audit", "lines", r.Lines, "anchors", r.Anchors, "head", r.Head)
			return nil
		},
	})
	return c
}

// build is set by the linker for releases.
var build = "development"

func (t *tool) version() *cobra.Command {
	return &cobra.Command{
		Use: "version", Short: "Version, commit and Go version", Args: cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			v := map[string]string{"version": build, "commit": "unknown", "go": runtime.Version()}
			if info, ok := debug.ReadBuildInfo(); ok {
				for _, s := range info.Settings {
					if s.Key == "vcs.revision" {
						v["commit"] = s.Value
					}
				}
			}
			t.say("kawu %s, commit %s, %s", v["version"], v["commit"], v["go"])
			if v["commit"] == "unknown" {
				t.tell("line.no_commit")
			}
			if t.json {
				return t.print(v)
			}
			return nil
		},
	}
}
