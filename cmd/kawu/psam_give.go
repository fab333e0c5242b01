package main

import (
	"context"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"kawu/app"
	"kawu/cmd/usage"
	"kawu/domain/terminal"
)

func (t *tool) psamShow(in housed) *cobra.Command {
	return &cobra.Command{Use: "show NUMBER", Short: "One module and everybody who has kept it", Example: "  kawu psam show 110000000007 --json", Args: cobra.ExactArgs(1),
		RunE: in(func(ctx context.Context, h *app.House, args []string) error {
			all, err := terminal.Find(ctx, h.Store, h.City, args)
			if err != nil {
				return err
			}
			stays, err := terminal.Stays(ctx, h.Store, all[0].ID)
			if err != nil {
				return err
			}
			if t.json {
				return t.printStays(all[0], stays)
			}
			for _, s := range stays {
				t.say("%s – %s  %s %s %s", stamp(s.Since), stamp(s.Until), t.one("line.place", string(s.Place.Kind)), elsewhere(s.Place), s.Keeper.Masked())
			}
			return t.sayModules(all)
		})}
}

type stayView struct {
	PlaceKind terminal.PlaceKind `json:"place_kind"`
	Place     string             `json:"place"`
	Keeper    string             `json:"keeper,omitempty"`
	Since     string             `json:"since"`
	Until     string             `json:"until,omitempty"`
}

func (t *tool) printStays(m terminal.Module, stays []terminal.Stay) error {
	views := make([]stayView, len(stays))
	for i, s := range stays {
		views[i] = stayView{s.Place.Kind, s.Place.Name, s.Keeper.Masked(), stamp(s.Since), stamp(s.Until)}
	}
	return t.print(map[string]any{"terminal": m.Terminal, "serial": m.Serial, "state": m.State, "keepers": views})
}

func (t *tool) psamAdd(in housed) *cobra.Command {
	var m terminal.Module
	c := &cobra.Command{
		Use: "add SERIAL=TERMINAL…", Short: "Enter modules that came from the province",
		Example: "  kawu psam add 4B570000000000000007=110000000007 --application 省卡〔2024〕7号 --applied 2024-01-15 --purpose settlement", Args: cobra.MinimumNArgs(1),
		RunE: in(func(ctx context.Context, h *app.House, args []string) error {
			all := make([]terminal.Module, len(args))
			numbers := make([]string, len(args))
			for i, a := range args {
				all[i] = m
				all[i].Serial, all[i].Terminal, _ = strings.Cut(a, "=")
				numbers[i] = all[i].Serial
			}
			if err := h.Flows.Read.Enter(ctx, h.Flows.Read.Shell(), all); err != nil {
				return err
			}
			entered, err := terminal.Find(ctx, h.Store, h.City, numbers)
			if err != nil {
				return err
			}
			return t.sayModules(entered)
		})}
	c.Flags().StringVar(&m.AppliedAs, "application", "", "number of the application through the province")
	c.Flags().StringVar(&m.AppliedDay, "applied", "", "its day: 2024-01-15")
	c.Flags().StringVar((*string)(&m.Purpose), "purpose", string(terminal.Settlement), "settlement, counter, kiosk or verify")
	usage.Words(c, "purpose", "settlement", "counter", "kiosk", "verify")
	_ = c.MarkFlagRequired("application")
	_ = c.MarkFlagRequired("applied")
	return c
}

func (t *tool) psamGive(in housed) *cobra.Command {
	var to, keeper string
	c := &cobra.Command{
		Use: "give NUMBER…", Short: "Give modules to a place and a keeper there, or pass them to the next keeper; prints each terminal's new token once",
		Long:    "The token is how a terminal is known when it asks over the line (docs/terminals.md). It is shown here and nowhere else;\na lost token is replaced by giving the module again.",
		Example: "  kawu psam give 110000000007 --to hospital:第一医院 --keeper 王建国", Args: cobra.MinimumNArgs(1),
		RunE: in(func(ctx context.Context, h *app.House, numbers []string) error {
			kind, place, ok := strings.Cut(to, ":")
			if !ok || !slices.Contains([]string{string(terminal.AtOutlet), string(terminal.AtHospital), string(terminal.AtOffice)}, kind) {
				return errUsage{usage.With(usage.NotOneOf, "name", "--to", "value", to, "allowed", "outlet:ID, hospital:NAME, office:NAME")}
			}
			given, err := h.Flows.Read.Give(ctx, h.Flows.Read.Shell(), numbers, terminal.Place{Kind: terminal.PlaceKind(kind), Name: place}, keeper)
			if err != nil {
				return err
			}
			for _, g := range given {
				t.tell("line.given", "terminal", g.Terminal, "token", g.Token)
			}
			if t.json {
				return t.print(map[string]any{"given": given})
			}
			return nil
		})}
	c.Flags().StringVar(&to, "to", "", "outlet:ID, hospital:NAME or office:NAME")
	c.Flags().StringVar(&keeper, "keeper", "", "who keeps it there")
	_ = c.MarkFlagRequired("to")
	_ = c.MarkFlagRequired("keeper")
	return c
}
