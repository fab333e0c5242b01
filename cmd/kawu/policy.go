package main

import (
	"context"
	"errors"
	"time"

	"github.com/spf13/cobra"

	"kawu/app"
	"kawu/city"
	"kawu/kit/fault"
	"kawu/kit/wording"
	"kawu/policy"
	"kawu/policy/ask"
	"kawu/policy/notice"
	"kawu/policy/part"
	"kawu/policy/tell"
	"kawu/policy/term"
)

func (t *tool) policy() *cobra.Command {
	c := &cobra.Command{Use: "policy", Short: "The cities' notices as data: list, show, check, diff, decide, explain"}
	c.AddCommand(t.policyList(), t.policyShow(), t.policyCheck(), t.policyDiff(), t.policyDecide("decide", "What a city's rules say for this person, reason, channel and day"),
		t.policyDecide("explain", "The same with every clause that had a part in it"))
	return c
}

func (t *tool) text(x notice.Text) string {
	if t.language() == wording.ZH {
		return x.ZH
	}
	return x.EN
}

// book is all cities, with what the installation in --data has published.
func (t *tool) book(ctx context.Context) (*policy.Book, error) {
	return app.BookAt(ctx, app.Config{Data: t.data, DB: t.db})
}

func (t *tool) city(ctx context.Context, id string) (*policy.City, error) {
	book, err := t.book(ctx)
	if err != nil {
		return nil, err
	}
	return book.City(id)
}

type editionView struct {
	ID   string `json:"id"`
	From string `json:"from"`
	To   string `json:"to,omitempty"`
}

type cityView struct {
	ID       string        `json:"id"`
	Name     notice.Text   `json:"name"`
	Division string        `json:"division"`
	Editions []editionView `json:"editions"`
}

func viewCity(c *policy.City) cityView {
	v := cityView{ID: c.ID, Name: c.Name, Division: string(c.Division)}
	for _, e := range c.Editions() {
		x := editionView{ID: e.ID, From: e.InForce.From.String()}
		if e.InForce.To != 0 {
			x.To = e.InForce.To.String()
		}
		v.Editions = append(v.Editions, x)
	}
	return v
}

func (t *tool) policyList() *cobra.Command {
	return &cobra.Command{
		Use: "list", Short: "The cities and their editions", Example: "  kawu policy list --json", Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			book, err := t.book(c.Context())
			if err != nil {
				return err
			}
			var all []cityView
			for _, c := range book.Cities() {
				v := viewCity(c)
				all = append(all, v)
				for _, e := range v.Editions {
					t.say("%-10s %-14s %s   %s", v.ID, e.ID, t.span(e), t.text(v.Name))
				}
			}
			if t.json {
				return t.print(map[string]any{"cities": all})
			}
			return nil
		},
	}
}

// span is from when to when an edition is in force.
func (t *tool) span(e editionView) string {
	if e.To == "" {
		return t.word("line.span_open", "from", e.From)
	}
	return t.word("line.span", "from", e.From, "to", e.To)
}

// errFindings is the end of a check that found something; what it is was listed.
var errFindings = fault.New(fault.Invalid, "policy.findings", "{n} findings; they are listed above")

func (t *tool) policyShow() *cobra.Command {
	return &cobra.Command{
		Use: "show CITY", Short: "A city: its editions, districts, banks and notices", Example: "  kawu policy show beijing", Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			c, err := t.city(cmd.Context(), args[0])
			if err != nil {
				return err
			}
			t.say("%s (%s, %s)", t.text(c.Name), c.ID, c.Division)
			for _, n := range c.Notices {
				t.say("  %s", t.word("line.notice", "title", n.Title, "publisher", n.Publisher, "date", n.Date))
			}
			for _, e := range viewCity(c).Editions {
				t.say("  %s", t.word("line.edition", "edition", e.ID, "span", t.span(e)))
			}
			for _, d := range c.Districts {
				t.say("  %s", t.word("line.district", "code", d.Code, "name", t.text(d.Name)))
			}
			for _, b := range c.Banks {
				t.say("  %s", t.word("line.bank", "code", b.Code, "name", t.text(b.Name), "hotline", b.Hotline))
			}
			told := facts(c)
			for _, f := range told {
				t.say("  %v %s", f.Rules, t.text(f.Say))
			}
			if t.json {
				return t.print(map[string]any{"city": viewCity(c), "notices": list(c.Notices), "districts": list(c.Districts), "banks": list(c.Banks), "facts": list(told)})
			}
			return nil
		},
	}
}

// factView is a rule that no decision applies and that is told as it stands.
type factView struct {
	Rules  []notice.Rule `json:"rules"`
	Kind   term.FactKind `json:"kind"`
	Topic  string        `json:"topic"`
	Value  int           `json:"value,omitempty"` // the number the rule states, in Unit
	Unit   string        `json:"unit,omitempty"`
	Say    notice.Text   `json:"say"`
	Phrase string        `json:"phrase"`
	Source string        `json:"source"`
}

func facts(c *policy.City) (out []factView) {
	for _, f := range c.Facts {
		out = append(out, factView{f.Rules, f.Kind, f.Topic, f.Value, f.Unit, f.Say, f.Phrase, f.Grounds()[0].Source})
	}
	return out
}

func (t *tool) policyCheck() *cobra.Command {
	return &cobra.Command{
		Use: "check [CITY]", Short: "Gaps, overlaps, unknown banks, windows that never open …; exit 1 on any", Example: "  kawu policy check beijing", Args: cobra.MaximumNArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			found := policy.Check(city.Files)
			var mine notice.Findings
			for _, f := range found {
				if len(args) == 0 || f.City == args[0] {
					mine = append(mine, f)
					t.say("%s", f)
				}
			}
			if len(args) == 1 {
				if _, err := app.City(args[0]); err != nil && len(mine) == 0 {
					return err
				}
			}
			if t.json {
				if err := t.print(map[string]any{"findings": list(mine)}); err != nil {
					return err
				}
				t.json = false
			}
			if len(mine) > 0 {
				return fault.New(errFindings.Kind, errFindings.Code, errFindings.Message, "n", len(mine))
			}
			t.tell("line.no_findings")
			return nil
		},
	}
}

// list is s, never null.
func list[T any](s []T) []T {
	if s == nil {
		return []T{}
	}
	return s
}

func (t *tool) policyDiff() *cobra.Command {
	return &cobra.Command{
		Use: "diff CITY FROM TO", Short: "What one edition changes against another", Example: "  kawu policy diff beijing 2024-pilot 2024-plan", Args: cobra.ExactArgs(3),
		RunE: func(cmd *cobra.Command, args []string) error {
			c, err := t.city(cmd.Context(), args[0])
			if err != nil {
				return err
			}
			from, err := c.Edition(args[1])
			if err != nil {
				return err
			}
			to, err := c.Edition(args[2])
			if err != nil {
				return err
			}
			changes := part.Diff(from, to)
			for _, x := range changes {
				t.say("%s", x)
			}
			if t.json {
				return t.print(map[string]any{"city": c.ID, "from": from.ID, "to": to.ID, "changes": changes})
			}
			return nil
		},
	}
}

func (t *tool) policyDecide(verb, short string) *cobra.Command {
	var on, reason, channel string
	person := map[string]*string{}
	c := &cobra.Command{
		Use: verb + " CITY", Short: short, Args: cobra.ExactArgs(1),
		Example: "  kawu policy " + verb + " beijing --on 2024-02-15 --reason campaign --channel employer_online --group employed --district 110102 --json",
	}
	c.Flags().StringVar(&on, "on", "", "the day: 2024-02-15 (default: today)")
	c.Flags().StringVar(&reason, "reason", "", "first|campaign|renew|lost|damaged|change_bank|change_data|transfer")
	c.Flags().StringVar(&channel, "channel", "", "employer_online|employer_bank|bank_outlet|community_outlet|instant_outlet|online|kiosk|phone|home_visit|school_online")
	for _, name := range ask.Names {
		if name == "urgent" {
			c.Flags().Bool(name, false, "the card is needed now")
			continue
		}
		person[name] = c.Flags().String(name, "", "of the person")
	}
	_ = c.MarkFlagRequired("reason")
	_ = c.MarkFlagRequired("channel")
	c.RunE = func(c *cobra.Command, args []string) error {
		given := map[string]string{}
		for name, v := range person {
			if c.Flags().Changed(name) {
				given[name] = *v
			}
		}
		if urgent, _ := c.Flags().GetBool("urgent"); urgent {
			given["urgent"] = "yes"
		}
		return t.decide(c.Context(), args[0], on, reason, channel, given, verb == "explain")
	}
	return c
}

func (t *tool) decide(ctx context.Context, where, on, reason, channel string, given map[string]string, explain bool) error {
	book, err := t.book(ctx)
	if err != nil {
		return err
	}
	c, err := book.City(where)
	if err != nil {
		return err
	}
	day, err := t.day(on)
	r, err1 := policy.ParseReason(reason)
	ch, err2 := policy.ParseChannel(channel)
	p, err3 := ask.Person(c, given)
	if err := gather(err, err1, err2, err3); err != nil {
		return err
	}
	x, err := book.Explain(c.ID, &p, r, ch, day)
	if err != nil {
		return err
	}
	if t.json {
		if explain {
			err = t.print(x)
		} else {
			err = t.print(x.Decision)
		}
	} else {
		t.sayDecision(x, explain, day)
	}
	if err == nil && !x.Allowed {
		t.json = false
		return errRefused
	}
	return err
}

// day is the one given, or today.
func (t *tool) day(given string) (time.Time, error) {
	if given != "" {
		return date(given)
	}
	now, err := t.clock()
	if err != nil {
		return time.Time{}, err
	}
	return now.Now(), nil
}

// gather makes one error of wrong use of all faults; nil when there are none.
func gather(errs ...error) error {
	var all fault.List
	for _, err := range errs {
		var l fault.List
		if errors.As(err, &l) {
			all = append(all, l...)
		} else if f := fault.Of(err); f != nil {
			all = append(all, f)
		}
	}
	if len(all) == 0 {
		return nil
	}
	return errUsage{all}
}

// errRefused ends a decision that says no; the answer is out already.
var errRefused = fault.New(fault.Refused, "policy.not_allowed", "not allowed; the reasons and what to do instead are above")

func (t *tool) sayDecision(x policy.Explanation, explain bool, day time.Time) {
	t.say("%s, edition %s, on %s: %s", x.City, x.Edition, day.Format(time.DateOnly), map[bool]string{true: "allowed", false: "refused"}[x.Allowed])
	for _, l := range tell.Grounds(x.Because) {
		t.say("  %s  %s（%s：%s）", l.Rules, t.text(l.Say), l.Source, l.Phrase)
	}
	for _, x := range tell.Answer(x.Decision) {
		t.say("  %s", t.text(x))
	}
	if !explain {
		return
	}
	for _, l := range tell.Clauses(x) {
		if t.language() == wording.ZH {
			t.say("  · %s", l.ZH())
		} else {
			t.say("  · %s", l.EN())
		}
	}
}
