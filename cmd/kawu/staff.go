package main

import (
	"context"
	"strings"

	"github.com/spf13/cobra"

	"kawu/app"
	"kawu/app/custodian"
	"kawu/cmd/usage"
	"kawu/domain/access"
)

func (t *tool) staff() *cobra.Command {
	c := &cobra.Command{Use: "staff", Short: "Who works here and may sign in: list, add, end, reset, password",
		Long: "The first member of the centre's staff is named by whoever has this machine, the second by the machine's owner and the first;\n" +
			"from then on two members of the centre's staff agree to everybody who comes and goes. The audit trail has who agreed.\n" +
			"Hire at least three: two who agree must be left when one has lost the password.\n" +
			"A first password proves nobody, because somebody else has seen it: whoever is given one chooses another, with kawu staff password."}
	var city string
	c.PersistentFlags().StringVar(&city, "city", "", servedCity)
	in := t.in(&city)
	c.AddCommand(t.staffList(in), t.staffAdd(in), t.staffEnd(in), t.staffReset(in), t.staffPassword(in))
	return c
}

// staffView is a member of staff as the command line shows it; the name is masked.
type staffView struct {
	ID       string `json:"id"`
	Login    string `json:"login"`
	Role     string `json:"role"`
	Org      string `json:"org"`
	Outlet   string `json:"outlet,omitempty"`
	District string `json:"district,omitempty"`
	Name     string `json:"name"`
	Active   bool   `json:"active"`
}

func viewStaff(s access.Staff) staffView {
	return staffView{string(s.ID), s.Login, s.Role, s.Org, string(s.Place), string(s.District), s.Name.Masked(), !s.Disabled}
}

func (t *tool) staffList(in housed) *cobra.Command {
	return &cobra.Command{Use: "list", Short: "Everybody who may sign in, and who may no longer", Example: "  kawu staff list --json", Args: cobra.NoArgs,
		RunE: in(func(ctx context.Context, h *app.House, _ []string) error {
			all, err := access.Register(ctx, h.Store, h.City)
			if err != nil {
				return err
			}
			views := []staffView{}
			for _, s := range all {
				v := viewStaff(s)
				views = append(views, v)
				t.say("%-16s %-8s %-12s %s  %s", v.Login, t.one("line.role", v.Role), strings.TrimSpace(strings.TrimPrefix(v.Org, "centre")+" "+v.Outlet+v.District), v.Name,
					t.word(map[bool]string{true: "staff.active", false: "staff.left"}[v.Active]))
			}
			if t.json {
				return t.print(map[string]any{"staff": views})
			}
			if len(views) == 0 {
				t.tell("staff.none")
			}
			return nil
		})}
}

func (t *tool) staffAdd(in housed) *cobra.Command {
	var n custodian.Newcomer
	var by []string
	var file string
	c := &cobra.Command{Use: "add", Short: "Hire somebody; prints the first password once", Args: cobra.NoArgs,
		Example: "  kawu staff add --role centre --name 李明 --login li.01\n  kawu staff add --role clerk --outlet out_1 --name 王芳 --login wang --by li.01 --by zhao.02",
		RunE: in(func(ctx context.Context, h *app.House, _ []string) error {
			if file != "" {
				var err error
				if n.Password, err = secretFile(file); err != nil {
					return err
				}
			}
			who, err := t.agree(ctx, h, by)
			if err != nil {
				return err
			}
			hired, err := h.Custodians().Staff().Add(ctx, who, n)
			if err != nil {
				return err
			}
			t.tell("staff.hired", "login", hired.Login, "id", hired.ID)
			return t.tellFirst(hired)
		})}
	f := c.Flags()
	f.StringVar(&n.Login, "login", "", "the name to sign in with: no identity number")
	f.StringVar(&n.Name, "name", "", "the person's name; it is kept sealed")
	f.StringVar(&n.Role, "role", "", "centre, auditor, banker, clerk or agent")
	f.StringVar(&n.Bank, "bank", "", "of a banker: the bank's code")
	f.StringVar(&n.Outlet, "outlet", "", "of a clerk: the outlet's id")
	f.StringVar(&n.Employer, "employer", "", "of an agent: the employer's id")
	f.StringVar(&n.District, "district", "", "of centre staff who see one district only: its six digits")
	f.StringVar(&file, "password", "", "file with the first password (default: one is drawn)")
	f.StringArrayVar(&by, "by", nil, byFlag)
	usage.Words(c, "role", "centre", "auditor", "banker", "clerk", "agent")
	for _, name := range []string{"login", "name", "role"} {
		_ = c.MarkFlagRequired(name)
	}
	return c
}

func (t *tool) staffEnd(in housed) *cobra.Command {
	var by []string
	c := &cobra.Command{Use: "end LOGIN", Short: "Keep somebody out from now on, also out of open sessions", Args: cobra.ExactArgs(1),
		Example: "  kawu staff end wang --by li.01 --by zhao.02",
		RunE: in(func(ctx context.Context, h *app.House, args []string) error {
			who, err := t.agree(ctx, h, by)
			if err != nil {
				return err
			}
			if err := h.Custodians().Staff().End(ctx, who, args[0]); err != nil {
				return err
			}
			t.tell("staff.ended", "login", args[0])
			if t.json {
				return t.print(map[string]string{"ended": args[0]})
			}
			return nil
		})}
	c.Flags().StringArrayVar(&by, "by", nil, byFlag)
	return c
}
