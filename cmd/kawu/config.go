package main

import (
	"errors"

	"github.com/spf13/cobra"

	"kawu/app/health"
	"kawu/kit/fault"
	"kawu/kit/wording"
)

func (t *tool) config() *cobra.Command {
	c := &cobra.Command{Use: "config", Short: "The installation's configuration"}
	var city string
	var partners map[string]string
	check := &cobra.Command{
		Use: "check", Short: "What is in use, and what must not stay so in service; exit 3 with warnings, 1 when something is missing",
		Example: "  kawu config check --city beijing --partner bank=http://10.0.0.5:9003 --json", Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			if err := t.installed(); err != nil {
				return err
			}
			h, err := t.open(c.Context(), city, partners)
			if err != nil {
				return err
			}
			return errors.Join(t.tellHealth(health.Look(c.Context(), h)), h.Close())
		},
	}
	check.Flags().StringVar(&city, "city", "", servedCity)
	check.Flags().StringToStringVar(&partners, "partner", nil, "address of each partner, as serve gets it")
	c.AddCommand(check)
	return c
}

// errUnfit ends a check that found something missing; what it is was listed.
var errUnfit = fault.New(fault.Refused, "config.unfit", "something that service needs is missing; it is listed above")

func (t *tool) tellHealth(all []health.Finding) error {
	type one struct {
		What    string        `json:"what"`
		Is      string        `json:"is"`
		State   string        `json:"state"` // ok, warning, wrong
		Code    string        `json:"code,omitempty"`
		Message *wording.Both `json:"message,omitempty"`
	}
	var list []one
	worst := error(nil)
	for _, f := range all {
		x := one{What: f.What, Is: f.Is.String(), State: "ok"}
		if f.Fault != nil {
			words := wording.OfBoth(f.Fault)
			x.Code, x.Message, x.State = f.Fault.Code, &words, "wrong"
		}
		switch {
		case f.Warns():
			x.State = "warning"
			if worst == nil {
				worst = errPart
			}
		case f.Fault != nil:
			worst = errUnfit
		}
		list = append(list, x)
		t.say("%s  %s  %s", t.one("line.finding", x.State), t.one("line.looked", f.What), f.Is.In(t.language()))
		if f.Fault != nil {
			t.say("         %s", wording.Of(t.language(), f.Fault))
		}
	}
	if t.json {
		if err := t.print(map[string]any{"findings": list}); err != nil {
			return err
		}
		t.json = false // the document is out
	}
	return worst
}
