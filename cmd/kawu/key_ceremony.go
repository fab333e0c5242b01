package main

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"golang.org/x/term"
	"gopkg.in/yaml.v3"

	"kawu/app"
	"kawu/app/custodian"
	"kawu/chip/ceremony"
	"kawu/chip/key"
	"kawu/cmd/usage"
	"kawu/kit/fault"
	"kawu/kit/wording"
)

var (
	errNoTerminal = fault.New(fault.Refused, "ceremony.no_terminal", "the part of {key} that {who} has is missing: no file was given, and nobody can type it here")
	errOtherKey   = fault.New(fault.Invalid, "ceremony.other_key", "the file of {who} has no part of {key}")
	errOnePerson  = fault.New(fault.Invalid, "ceremony.one_person", "two custodians with a file each are needed")
)

// writeSecret makes a file that only its owner reads, and never overwrites one.
func writeSecret(path string, text []byte) error {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	_, err = f.Write(text)
	if err = errors.Join(err, f.Sync(), f.Close()); err != nil {
		_ = os.Remove(path)
	}
	return err
}

// writeSheets gives each custodian the own file, both or none; undo takes them back.
func writeSheets(sheets [2]ceremony.Sheet, who [2]string, files map[string]string) (undo func(), err error) {
	var written []string
	undo = func() {
		for _, path := range written {
			_ = os.Remove(path)
		}
	}
	for i, w := range who {
		text, err := sheets[i].Write()
		if err == nil {
			err = writeSecret(files[w], text)
		}
		if err != nil {
			undo()
			return nil, err
		}
		written = append(written, files[w])
	}
	return undo, nil
}

func readSheet(path string) (ceremony.Sheet, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	defer clear(text)
	return ceremony.ReadSheet(text)
}

// two gives the custodians of two --part flags, sorted.
func two(parts map[string]string) (who [2]string, err error) {
	names := slices.Sorted(maps.Keys(parts))
	if len(names) != 2 || parts[names[0]] == parts[names[1]] {
		return who, errUsage{errOnePerson}
	}
	return [2]string(names), nil
}

func (t *tool) keySplit() *cobra.Command {
	var parts map[string]string
	var city, title string
	var version uint8
	c := &cobra.Command{
		Use: "split [NAME…]", Short: "Draw fresh masters as two parts, one file for each custodian, and print the plan of their ceremony",
		Long:    "Draws random masters that exist nowhere as a whole. Each custodian's parts go to the custodian's own file; stdout has the plan with check values and nothing secret.",
		Example: "  kawu key split city/110000/ssse/rk --part li.01=/media/a/parts --part zhao.02=/media/b/parts > plan.yaml\n  kawu key split --city beijing --version 2 --part li.01=/media/a/parts --part zhao.02=/media/b/parts > plan.yaml",
		RunE:    func(_ *cobra.Command, args []string) error { return t.split(args, city, title, version, parts) },
	}
	c.Flags().StringToStringVar(&parts, "part", nil, "a custodian's staff id and the file for the parts: li.01=/media/a/parts")
	c.Flags().StringVar(&city, "city", "", "all masters of this city and its banks, and a transport master")
	c.Flags().StringVar(&title, "title", "key ceremony", "the ceremony's name in the plan")
	c.Flags().Uint8Var(&version, "version", 1, "version of the masters")
	usage.Least(c, 1, "version")
	return c
}

func (t *tool) split(names []string, city, title string, version uint8, files map[string]string) error {
	who, err := two(files)
	if err != nil {
		return err
	}
	var refs []key.Ref
	for _, n := range names {
		refs = append(refs, key.Ref{Name: n, Version: version})
	}
	plan := ceremony.Plan{Name: title, Custodians: who[:]}
	if city != "" {
		masters, err := app.CityMasters(city, version)
		if err != nil {
			return err
		}
		refs = append(refs, masters...)
		plan.Use = &ceremony.Use{Version: version, Tries: 6, Transport: masters[0]}
	}
	if len(refs) == 0 {
		return errUsage{usage.With(usage.NeedsFlag, "name", "NAME, --city")}
	}
	var sheets [2]ceremony.Sheet
	sheets, plan.Masters = ceremony.SplitAll(refs, who)
	text, err := yaml.Marshal(plan)
	if err != nil {
		return err
	}
	if _, err := ceremony.Parse(text); err != nil {
		return err
	}
	if _, err := writeSheets(sheets, who, files); err != nil {
		return err
	}
	if t.json {
		return t.print(map[string]any{"plan": string(text), "keys": len(refs)})
	}
	_, err = t.out.Write(text)
	return err
}

func (t *tool) keyCeremony() *cobra.Command {
	var parts map[string]string
	var only, city string
	var check bool
	c := &cobra.Command{
		Use: "ceremony FILE", Short: "Bring masters in by two custodians, each with half",
		Long:    "Takes each custodian's parts from a file (--part) or, unseen, from the terminal. With --custodian only that person's parts are taken now and wait, sealed, for the other's call. Nothing enters the store before everything was given and checked; the audit trail has every act, and a signed record is kept.",
		Example: "  kawu key ceremony plan.yaml\n  kawu key ceremony plan.yaml --custodian li.01\n  kawu key ceremony plan.yaml --check", Args: cobra.ExactArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			text, err := os.ReadFile(args[0])
			if err != nil {
				return err
			}
			h, err := t.serving(c.Context(), city)
			if err != nil {
				return err
			}
			defer h.Close()
			s, err := h.Custodians().Ceremony(c.Context(), text)
			if err != nil {
				return err
			}
			return t.hold(c.Context(), s, only, parts, check)
		},
	}
	c.Flags().StringToStringVar(&parts, "part", nil, "file with a custodian's parts: li.01=/media/a/parts (default: typed at the terminal)")
	c.Flags().StringVar(&only, "custodian", "", "take only this custodian's parts now")
	c.Flags().StringVar(&city, "city", "", servedCity)
	c.Flags().BoolVar(&check, "check", false, "only read the plan and say whether it can be done")
	return c
}

func (t *tool) hold(ctx context.Context, s *custodian.Ceremony, only string, files map[string]string, check bool) error {
	t.tell("line.plan", "name", s.Plan.Name, "plan", s.Plan.Digest())
	if check {
		t.tell("line.can_be_done", "masters", len(s.Plan.Masters), "made", len(s.Plan.Descend), "signing", len(s.Plan.Signing))
		if t.json {
			return t.print(map[string]any{"ceremony": s.Plan.Name, "plan": s.Plan.Digest(), "custodians": s.Plan.Custodians, "ready": true})
		}
		return nil
	}
	named := slices.Collect(maps.Keys(files))
	if only != "" {
		named = append(named, only)
	}
	for _, who := range named {
		if !slices.Contains(s.Plan.Custodians, who) {
			f := ceremony.NotYours
			return fault.New(f.Kind, f.Code, f.Message, "who", who, "key", s.Plan.Masters[0].String())
		}
	}
	missing := 0
	for _, who := range s.Plan.Custodians {
		switch {
		case s.Waiting(who):
		case only != "" && only != who:
			missing++
		default:
			if err := t.take(ctx, s, who, files[who]); err != nil {
				return err
			}
		}
	}
	if only != "" && !slices.Contains(s.Plan.Custodians, only) {
		return fault.New(ceremony.NotYours.Kind, ceremony.NotYours.Code, ceremony.NotYours.Message, "who", only, "key", s.Plan.Name)
	}
	if missing > 0 {
		if err := s.Leave(ctx, only); err != nil {
			return err
		}
		t.tell("line.waits", "who", only)
		if t.json {
			return t.print(map[string]any{"ceremony": s.Plan.Name, "plan": s.Plan.Digest(), "waiting": only})
		}
		return nil
	}
	path, record, err := s.Finish(ctx)
	if err != nil {
		return err
	}
	return t.tellRecord(path, record)
}

// take gives one custodian's parts from a file, or key by key from the terminal.
func (t *tool) take(ctx context.Context, s *custodian.Ceremony, who, file string) error {
	if file == "" {
		for _, m := range s.Plan.Masters {
			if err := t.typed(ctx, s, who, m.Ref); err != nil {
				return err
			}
		}
		return nil
	}
	sheet, err := readSheet(file)
	if err != nil {
		return err
	}
	defer clear(sheet)
	for _, m := range s.Plan.Masters {
		p, ok := sheet[m.Ref]
		if !ok {
			return fault.New(errOtherKey.Kind, errOtherKey.Code, errOtherKey.Message, "who", who, "key", m.String())
		}
		if err := s.Give(ctx, who, m.Ref, p); err != nil {
			return err
		}
	}
	return nil
}

// typed asks for one part without showing it; a slip may be corrected twice.
func (t *tool) typed(ctx context.Context, s *custodian.Ceremony, who string, r key.Ref) error {
	for try := 1; ; try++ {
		text, err := t.askPart(who, r)
		if err != nil {
			return err
		}
		p, err := ceremony.ParsePart(text)
		if err == nil {
			err = s.Give(ctx, who, r, p)
		}
		if err == nil || try == 3 {
			return err
		}
		fmt.Fprintln(t.err, wording.Of(t.language(), fault.Of(err)))
	}
}

// askPart asks a custodian for the part of a key.
func (t *tool) askPart(who string, r key.Ref) (string, error) {
	return t.askSecret(t.word("ceremony.ask", "who", who, "key", r), fault.New(errNoTerminal.Kind, errNoTerminal.Code, errNoTerminal.Message, "who", who, "key", r.String()))
}

// askSecret reads a line from the terminal without showing it; missing says what is wanted where there
// is no terminal.
func (t *tool) askSecret(prompt string, missing *fault.Fault) (string, error) {
	in := int(os.Stdin.Fd())
	if !term.IsTerminal(in) {
		return "", missing
	}
	fmt.Fprint(t.err, prompt)
	text, err := term.ReadPassword(in)
	fmt.Fprintln(t.err)
	defer clear(text)
	return strings.TrimSpace(string(text)), err
}
