package main

import (
	"context"
	"time"

	"github.com/spf13/cobra"

	"kawu/app"
	"kawu/app/custodian"
	"kawu/domain/access"
	"kawu/kit/fault"
)

// tellFirst tells a first password, which is told once, and what its owner does with it.
func (t *tool) tellFirst(h custodian.Hired) error {
	if t.json {
		return t.print(struct {
			staffView
			Password string `json:"password,omitempty"` // told once
			Until    string `json:"password_until"`
		}{viewStaff(h.Staff), h.Password, h.First.Format(time.RFC3339)})
	}
	if h.Password != "" {
		t.tell("staff.password", "password", h.Password)
	}
	t.tell("staff.first", "login", h.Login, "day", h.First.Format(time.DateOnly))
	return nil
}

func (t *tool) staffReset(in housed) *cobra.Command {
	var by []string
	c := &cobra.Command{Use: "reset LOGIN", Short: "Give somebody a first password again; prints it once", Args: cobra.ExactArgs(1),
		Example: "  kawu staff reset wang --by li.01 --by zhao.02",
		RunE: in(func(ctx context.Context, h *app.House, args []string) error {
			who, err := t.agree(ctx, h, by)
			if err != nil {
				return err
			}
			again, err := h.Custodians().Staff().Reset(ctx, who, args[0])
			if err != nil {
				return err
			}
			t.tell("staff.reset", "login", again.Login)
			return t.tellFirst(again)
		})}
	c.Flags().StringArrayVar(&by, "by", nil, byFlag)
	return c
}

func (t *tool) staffPassword(in housed) *cobra.Command {
	var old, chosen string
	c := &cobra.Command{Use: "password LOGIN", Short: "Choose the own password, instead of the first one or an older one", Args: cobra.ExactArgs(1),
		Long:    "Asks at the terminal, unseen, for the password of now and twice for the new one, or reads both from files that only their owner can read. Open sessions end.",
		Example: "  kawu staff password li.01\n  kawu staff password li.01 --old first.txt --new own.txt",
		RunE: in(func(ctx context.Context, h *app.House, args []string) error {
			login := access.Login(args[0])
			p, err := t.choice(login, old, chosen)
			if err == nil {
				err = h.Custodians().Choose(ctx, login, p)
			}
			if err != nil {
				return err
			}
			t.tell("staff.chosen", "login", login)
			if t.json {
				return t.print(map[string]string{"chosen": login})
			}
			return nil
		})}
	c.Flags().StringVar(&old, "old", "", "file with the password of now (default: typed at the terminal)")
	c.Flags().StringVar(&chosen, "new", "", "file with the new password (default: typed at the terminal, twice)")
	return c
}

// choice asks for the passwords that no file was given for.
func (t *tool) choice(login, old, chosen string) (c access.Choice, err error) {
	ask := func(file, prompt string) (string, error) {
		if file != "" {
			return secretFile(file)
		}
		return t.askSecret(t.word(prompt, "login", login), fault.New(errNoChoice.Kind, errNoChoice.Code, errNoChoice.Message, "login", login))
	}
	if c.Old, err = ask(old, "staff.ask"); err != nil {
		return c, err
	}
	if c.New, err = ask(chosen, "staff.ask_new"); err != nil {
		return c, err
	}
	if c.Again = c.New; chosen == "" {
		c.Again, err = ask("", "staff.ask_again")
	}
	return c, err
}

var errNoChoice = fault.New(fault.Refused, "line.no_choice", "nobody can type passwords here: this is no terminal")
