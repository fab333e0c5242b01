package main

import (
	"context"

	"github.com/spf13/cobra"

	"kawu/app"
	"kawu/cmd/usage"
	"kawu/domain/terminal"
	"kawu/kit/state"
)

// serving opens the installation of a city, and makes none where there is none.
func (t *tool) serving(ctx context.Context, city string) (*app.House, error) {
	if err := t.installed(); err != nil {
		return nil, err
	}
	return t.open(ctx, city, nil)
}

// housed makes a command's run of one that works on the installation.
type housed func(run func(ctx context.Context, h *app.House, args []string) error) func(*cobra.Command, []string) error

func (t *tool) psam() *cobra.Command {
	c := &cobra.Command{Use: "psam", Short: "The register of reading terminals' modules (PSAM): where each is and who keeps it"}
	var city string
	c.PersistentFlags().StringVar(&city, "city", "", servedCity)
	in := t.in(&city)
	c.AddCommand(t.psamList(in), t.psamShow(in), t.psamAdd(in), t.psamGive(in),
		t.psamMove(in, "lost", terminal.ReportLost, "Report modules lost: their terminals are refused at once, and the centre has to tell the province"),
		t.psamMove(in, "return", terminal.Return, "Take modules back, also lost ones that were found"),
		t.psamMove(in, "write-off", terminal.WriteOff, "End lost modules that the province has taken off its register"),
		t.psamDestroy(in))
	return c
}

// in opens the installation of a city for a command.
func (t *tool) in(city *string) housed {
	return func(run func(context.Context, *app.House, []string) error) func(*cobra.Command, []string) error {
		return func(c *cobra.Command, args []string) error {
			h, err := t.serving(c.Context(), *city)
			if err != nil {
				return err
			}
			defer h.Close()
			return run(c.Context(), h, args)
		}
	}
}

func (t *tool) psamMove(in housed, use string, e state.Event, short string) *cobra.Command {
	return &cobra.Command{Use: use + " NUMBER…", Short: short, Example: "  kawu psam " + use + " 110000000007", Args: cobra.MinimumNArgs(1),
		RunE: in(func(ctx context.Context, h *app.House, numbers []string) error {
			if err := h.Flows.Read.Move(ctx, h.Flows.Read.Shell(), e, numbers); err != nil {
				return err
			}
			return t.sayFound(ctx, h, numbers)
		})}
}

func (t *tool) psamDestroy(in housed) *cobra.Command {
	var by []string
	c := &cobra.Command{Use: "destroy NUMBER…", Short: "End modules that two members of the centre's staff saw destroyed; both agree with their passwords", Args: cobra.MinimumNArgs(1),
		Example: "  kawu psam destroy 110000000007 --by li.01 --by zhao.02",
		RunE: in(func(ctx context.Context, h *app.House, numbers []string) error {
			if len(by) != 2 {
				return errUsage{errTwoPersons}
			}
			who, err := t.agree(ctx, h, by)
			if err != nil {
				return err
			}
			if err := h.Flows.Read.Destroy(ctx, who[0], who[1], numbers); err != nil {
				return err
			}
			return t.sayFound(ctx, h, numbers)
		})}
	c.Flags().StringArrayVar(&by, "by", nil, byFlag)
	return c
}

func (t *tool) sayFound(ctx context.Context, h *app.House, numbers []string) error {
	all, err := terminal.Find(ctx, h.Store, h.City, numbers)
	if err != nil {
		return err
	}
	return t.sayModules(all)
}

func (t *tool) psamList(in housed) *cobra.Command {
	var s string
	var limit int
	c := &cobra.Command{Use: "list", Short: "The register, by terminal number", Example: "  kawu psam list --state lost", Args: cobra.NoArgs,
		RunE: in(func(ctx context.Context, h *app.House, _ []string) error {
			all, err := terminal.List(ctx, h.Store, h.City, state.State(s), 0, limit)
			if err != nil {
				return err
			}
			return t.sayModules(all)
		})}
	c.Flags().StringVar(&s, "state", "", "in_stock, in_service, returned, lost, written_off or destroyed (default: all)")
	c.Flags().IntVar(&limit, "limit", 1000, "how many at most")
	usage.Least(c, 1, "limit")
	usage.Words(c, "state", "in_stock", "in_service", "returned", "lost", "written_off", "destroyed")
	return c
}

// moduleView is a module as the command line shows it; its keeper's name is masked.
type moduleView struct {
	Terminal    string             `json:"terminal"`
	Serial      string             `json:"serial"`
	State       state.State        `json:"state"`
	Purpose     terminal.Purpose   `json:"purpose"`
	Application string             `json:"application"`
	AppliedOn   string             `json:"applied_on"`
	PlaceKind   terminal.PlaceKind `json:"place_kind"`
	Place       string             `json:"place"`
	Keeper      string             `json:"keeper,omitempty"`
	Since       string             `json:"since"`
}

func (t *tool) sayModules(all []terminal.Module) error {
	views := make([]moduleView, len(all))
	for i, m := range all {
		views[i] = moduleView{m.Terminal, m.Serial, m.State, m.Purpose, m.AppliedAs, m.AppliedDay, m.Place.Kind, m.Place.Name, m.Keeper.Masked(), stamp(m.Since)}
		t.say("%s  %s  %s  %s %s %s", m.Terminal, m.Serial, t.one("psam.state", string(m.State)), t.one("line.place", string(m.Place.Kind)), elsewhere(m.Place), m.Keeper.Masked())
	}
	if len(all) == 0 {
		t.tell("line.no_modules")
	}
	if t.json {
		return t.print(map[string]any{"modules": views})
	}
	return nil
}

// elsewhere is the name of a place; the centre has no other.
func elsewhere(p terminal.Place) string {
	if p == terminal.Centre {
		return ""
	}
	return p.Name
}
