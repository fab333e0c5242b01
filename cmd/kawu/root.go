package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"runtime/debug"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
	"golang.org/x/term"

	"kawu/app"
	"kawu/cmd/usage"
	"kawu/kit/clock"
	"kawu/kit/fault"
	"kawu/kit/wording"
	"kawu/policy"
)

// Exit codes, a contract.
const (
	done   = 0
	failed = 1 // failed or refused
	wrong  = 2 // wrong use
	inPart = 3 // done in part; the rest is listed
)

// errPart is returned by a command that did a part and listed the rest.
var errPart = errors.New("done in part")

// errUsage marks wrong use of a command.
type errUsage struct{ error }

func (e errUsage) Unwrap() error { return e.error }

// tool is what every command shares.
type tool struct {
	out, err io.Writer
	json     bool
	quiet    bool
	lang     string
	data     string
	db       string
	now      string
	keyd     string
}

// memory is how much the heap may grow before it is collected, in per cent of what lives. A card leaves
// 50 KB behind and keeps 2: four times instead of twice makes a tenth more cards and a third more
// certificates of the same processor, for 100 MB. GOGC in the environment overrules it.
const memory = 300

func run(ctx context.Context, args []string, out, errw io.Writer) int {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(memory)
	}
	t := &tool{out: out, err: errw}
	root := t.root()
	t.json = slices.Contains(args, "--json") // what is wrong before it may keep it from being read
	root.SetArgs(args)
	root.SetOut(out)
	root.SetErr(errw)
	err := root.ExecuteContext(ctx)
	switch {
	case err == nil:
		return done
	case errors.Is(err, errPart):
		return inPart
	}
	if f := usage.Fault(err); f != nil {
		err = errUsage{f}
	}
	t.complain(err)
	if errors.As(err, new(errUsage)) || errors.Is(err, policy.NoCity) || errors.Is(err, policy.NoEdition) || errors.Is(err, app.NoPartner) {
		return wrong
	}
	return failed
}

// complain says what went wrong in the user's language; --json puts it on stdout as well, so that a
// script reads one document in either case: "error" is the first, "errors" are all.
func (t *tool) complain(err error) {
	var list fault.List
	if !errors.As(err, &list) {
		f := fault.Of(err)
		if f == nil {
			f = usage.Machine(err)
		}
		if f == nil {
			f = fault.New(fault.Internal, "usage.failed", "{text}", "text", err.Error())
		}
		list = fault.List{f}
	}
	type one struct {
		Code    string       `json:"code"`
		Field   string       `json:"field,omitempty"`
		Message wording.Both `json:"message"`
	}
	var all []one
	for _, f := range list {
		fmt.Fprintf(t.err, "kawu: %s (%s)\n", wording.Of(t.language(), f), f.Code)
		all = append(all, one{f.Code, f.Field, wording.OfBoth(f)})
	}
	if t.json {
		_ = t.print(map[string]any{"error": all[0], "errors": all})
	}
}

func (t *tool) language() wording.Lang {
	switch {
	case strings.HasPrefix(t.lang, "zh"):
		return wording.ZH
	case t.lang != "":
		return wording.EN
	case strings.HasPrefix(os.Getenv("LANG"), "zh"):
		return wording.ZH
	}
	return wording.EN
}

// print writes one JSON document.
func (t *tool) print(v any) error {
	e := json.NewEncoder(t.out)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(v)
}

// say writes for people, and nothing with --json or --quiet.
func (t *tool) say(format string, args ...any) {
	if !t.json && !t.quiet {
		fmt.Fprintf(t.out, format+"\n", args...)
	}
}

// tell says a wording in the user's language.
func (t *tool) tell(key string, args ...any) { t.say("%s", t.word(key, args...)) }

// word is a wording in the user's language.
func (t *tool) word(key string, args ...any) string { return wording.T(t.language(), key, args...) }

// one is the word for a value, or the value itself where there is none.
func (t *tool) one(kind string, value string) string {
	if key := kind + "." + value; wording.Has(key) {
		return t.word(key)
	}
	return value
}

// at is a moment as people in China have it, with the zone.
func at(when time.Time) string { return when.In(clock.Zone).Format("2006-01-02 15:04:05 -07:00") }

// day is the Chinese day of a moment.
func day(when time.Time) string { return when.In(clock.Zone).Format(time.DateOnly) }

// clock is the machine's, or stands at --now.
func (t *tool) clock() (clock.Clock, error) {
	if t.now == "" {
		return clock.Real{}, nil
	}
	for _, layout := range []string{time.RFC3339, "2006-01-02T15:04Z07:00", "2006-01-02T15:04", time.DateOnly} {
		if at, err := time.ParseInLocation(layout, t.now, clock.Zone); err == nil {
			return clock.At(at), nil
		}
	}
	return nil, errUsage{usage.With(usage.NotATime, "name", "--now", "value", t.now)}
}

func (t *tool) log() *slog.Logger {
	level := slog.LevelInfo
	if t.quiet {
		level = slog.LevelError
	}
	if f, ok := t.err.(*os.File); ok && term.IsTerminal(int(f.Fd())) {
		return slog.New(slog.NewTextHandler(t.err, &slog.HandlerOptions{Level: level}))
	}
	return slog.New(slog.NewJSONHandler(t.err, &slog.HandlerOptions{Level: level}))
}

func (t *tool) root() *cobra.Command {
	c := &cobra.Command{
		Use: "kawu", Short: "Kawu (卡务): issue, deliver, activate and serve a city's third-generation social security cards",
		SilenceErrors: true, SilenceUsage: true,
		PersistentPreRunE: func(c *cobra.Command, _ []string) error { return t.ready(c) },
	}
	f := c.PersistentFlags()
	f.BoolVar(&t.json, "json", false, "print one JSON document on stdout and nothing else there")
	f.BoolVar(&t.quiet, "quiet", false, "print only what went wrong")
	f.StringVar(&t.lang, "lang", "", "language of messages: zh-CN or en (default: from LANG)")
	f.StringVar(&t.data, "data", "kawu-data", "folder of keys, files and the default database")
	f.StringVar(&t.db, "db", "", "database: sqlite:PATH or postgres://… (default: sqlite in --data)")
	f.StringVar(&t.keyd, "keyd", "", "socket of the key process that holds the card keys (default: a vault in --data)")
	f.StringVar(&t.now, "now", "", "the time it is, where a command depends on it: 2024-02-15T09:00+08:00")
	c.AddCommand(t.demo(), t.serve(), t.migrate(), t.partner(), t.roster(), t.policy(), t.check(), t.calendar(), t.card(), t.psam(), t.key(), t.ca(), t.staff(), t.outlet(), t.bench(), t.config(), t.audit(), t.version())
	usage.Words(c, "lang", "zh-CN", "zh", "en")
	usage.Groups(c)
	usage.Named(c)
	usage.Strict(c)
	return c
}

// ready refuses values that no command takes before anything is done.
func (t *tool) ready(c *cobra.Command) error {
	if err := fromEnv(c); err != nil {
		return err
	}
	_, now := t.clock()
	var address error
	if t.db != "" && !strings.HasPrefix(t.db, "sqlite:") && !strings.HasPrefix(t.db, "postgres://") && !strings.HasPrefix(t.db, "postgresql://") {
		address = usage.With(usage.NotOneOf, "name", "--db", "value", strings.SplitN(t.db, ":", 2)[0], "allowed", "sqlite:PATH, postgres://…")
	}
	return gather(usage.Check(c), now, address)
}

// fromEnv lets KAWU_DATA, KAWU_PARTNER_BANK … stand for flags that were not given.
func fromEnv(c *cobra.Command) (err error) {
	c.Flags().VisitAll(func(f *pflag.Flag) {
		v, ok := os.LookupEnv("KAWU_" + strings.ToUpper(strings.ReplaceAll(f.Name, "-", "_")))
		if ok && !f.Changed && err == nil {
			if e := c.Flags().Set(f.Name, v); e != nil {
				err = e
			}
		}
	})
	return err
}
