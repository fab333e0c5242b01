package main

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"kawu/app"
	"kawu/cmd/usage"
	"kawu/domain/roster"
	"kawu/kit/cal"
	"kawu/kit/clock"
	"kawu/kit/fault"
	"kawu/kit/ident"
	"kawu/kit/wording"
)

func (t *tool) roster() *cobra.Command {
	c := &cobra.Command{Use: "roster", Short: "Rosters of employees"}
	var city string
	var rows int
	check := &cobra.Command{
		Use: "check FILE", Short: "Read and check a roster (.xlsx, .csv in UTF-8 or GB 18030) without storing it; exit 3 when some rows cannot go on",
		Example: "  kawu roster check staff.xlsx --city beijing --json", Args: cobra.ExactArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			if _, err := app.City(city); err != nil {
				return err
			}
			return t.checkRoster(args[0], rows)
		},
	}
	check.Flags().StringVar(&city, "city", "beijing", "the city it is for")
	check.Flags().IntVar(&rows, "rows", 100_000, "rows accepted at most")
	usage.Least(check, 1, "rows")
	c.AddCommand(check)
	return c
}

func (t *tool) checkRoster(path string, rows int) error {
	now, err := t.clock()
	if err != nil {
		return err
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
	res, err := roster.Read(file, info.Size(), rows, now.Now())
	if f := fault.Of(err); f != nil && t.json {
		if err := roster.Refused(f).WriteJSON(t.out, filepath.Base(path)); err != nil {
			return err
		}
		t.json = false // the document is out
		return f
	}
	if err != nil {
		return err
	}
	if t.json {
		if err := res.WriteJSON(t.out, filepath.Base(path)); err != nil {
			return err
		}
	}
	t.sayRows(res)
	if len(res.Problems) > 0 {
		if len(res.Entries) == 0 {
			return errNoRow
		}
		return errPart
	}
	return nil
}

// errNoRow ends what was done with a roster of which no row can go on; why was listed.
var errNoRow = fault.New(fault.Invalid, "roster.nothing_good", "no row of this roster can go on")

// sayRows lists what is wrong in a roster's rows and what was normalised, and counts the rows.
func (t *tool) sayRows(res *roster.Result) {
	l := t.language()
	for _, p := range res.Problems {
		t.say("%s%d: %s", p.Column, p.Line, wording.Of(l, p.Fault))
	}
	for _, n := range res.Notes {
		t.say("%s%d: %s", n.Column, n.Line, wording.T(l, string(n.Note)))
	}
	t.tell("line.roster", "rows", res.Rows(), "good", len(res.Entries), "faults", len(res.Problems))
}

func (t *tool) check() *cobra.Command {
	kinds := []string{"id", "uscc", "card", "bankcard", "s10"}
	return &cobra.Command{
		Use: "check id|uscc|card|bankcard|s10 VALUE", Short: "Check one identifier: exit 0 when it is valid, 1 with the reason when not",
		Example: "  kawu check id 11010519491231002X\n  kawu check card BA0010547 --json", Args: cobra.ExactArgs(2), ValidArgs: kinds,
		RunE: func(_ *cobra.Command, args []string) error {
			if !slices.Contains(kinds, args[0]) {
				return errUsage{usage.With(usage.NotOneOf, "name", "KIND", "value", args[0], "allowed", strings.Join(kinds, ", "))}
			}
			res, err := ident.Check(ident.Kind(args[0]), args[1])
			if !t.json {
				if err == nil {
					t.tell("line.valid", "value", res.Value)
				}
				return err
			}
			answer := map[string]any{"kind": args[0], "valid": err == nil}
			if err == nil {
				answer["result"] = res
			} else if f := fault.Of(err); f != nil {
				answer["code"], answer["message"] = f.Code, wording.OfBoth(f)
			}
			if e := t.print(answer); e != nil {
				return e
			}
			t.json = false // the document is out; the reason goes to stderr as well
			return err
		},
	}
}

func (t *tool) calendar() *cobra.Command {
	c := &cobra.Command{Use: "calendar", Short: "The State Council's calendar of working days"}
	var days int
	var kind string
	add := &cobra.Command{
		Use: "add DATE", Short: "The day so many days after a date", Example: "  kawu calendar add 2024-02-08 --days 4 --kind working", Args: cobra.ExactArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			from, err := date(args[0])
			if err != nil {
				return err
			}
			to, err := cal.Add(from, days, cal.Kind(kind))
			if err != nil {
				return err
			}
			t.say("%s", to.Format(time.DateOnly))
			if t.json {
				return t.print(map[string]any{"from": from.Format(time.DateOnly), "days": days, "kind": kind, "date": to.Format(time.DateOnly)})
			}
			return nil
		},
	}
	add.Flags().IntVar(&days, "days", 0, "how many days")
	add.Flags().StringVar(&kind, "kind", "working", "working or calendar")
	usage.Words(add, "kind", string(cal.Working), string(cal.Calendar))
	is := &cobra.Command{
		Use: "is-workday DATE", Short: "Whether a day is worked; exit 1 when not", Example: "  kawu calendar is-workday 2024-02-04", Args: cobra.ExactArgs(1),
		RunE: func(_ *cobra.Command, args []string) error { return t.isWorkday(args[0]) },
	}
	c.AddCommand(add, is)
	return c
}

func (t *tool) isWorkday(s string) error {
	day, err := date(s)
	if err != nil {
		return err
	}
	d, err := cal.On(day)
	if err != nil {
		return err
	}
	t.tell(map[bool]string{true: "line.workday", false: "line.no_workday"}[d.Workday], "date", s, "why", strings.TrimSpace(d.Holiday+" "+d.Source))
	if t.json {
		if err := t.print(map[string]any{"date": s, "workday": d.Workday, "holiday": d.Holiday, "make_up": d.MakeUp, "source": d.Source}); err != nil {
			return err
		}
	}
	if !d.Workday {
		t.json = false
		return fault.New(fault.Refused, "calendar.not_workday", "{date} is not a working day", "date", s)
	}
	return nil
}

func date(s string) (time.Time, error) {
	d, err := time.ParseInLocation(time.DateOnly, s, clock.Zone)
	if err != nil {
		return d, errUsage{usage.With(usage.NotADate, "value", s)}
	}
	return d, nil
}
