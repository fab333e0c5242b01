package main

import (
	"context"

	"github.com/spf13/cobra"

	"kawu/app"
	"kawu/cmd/usage"
	"kawu/domain/outlet"
)

func (t *tool) outlet() *cobra.Command {
	c := &cobra.Command{Use: "outlet", Short: "Where clerks work: enter an outlet"}
	var city string
	c.PersistentFlags().StringVar(&city, "city", "", servedCity)
	c.AddCommand(t.outletAdd(t.in(&city)))
	return c
}

func (t *tool) outletAdd(in housed) *cobra.Command {
	var o outlet.Outlet
	var by []string
	c := &cobra.Command{Use: "add", Short: "Enter an outlet, or change one; agreed to like staff", Args: cobra.NoArgs,
		Example: "  kawu outlet add --id out_1 --bank icbc --name 西城支行 --district 110102 --address 示例路1号 --phone 010-00000000 --by li.01 --by zhao.02",
		RunE: in(func(ctx context.Context, h *app.House, _ []string) error {
			who, err := t.agree(ctx, h, by)
			if err != nil {
				return err
			}
			if err := h.Custodians().Staff().Settle(ctx, who, o); err != nil {
				return err
			}
			t.tell("line.outlet", "id", o.ID, "name", o.Name)
			if t.json {
				return t.print(map[string]any{"id": o.ID, "bank": o.Bank, "kind": o.Kind, "name": o.Name})
			}
			return nil
		})}
	f := c.Flags()
	f.StringVar((*string)(&o.ID), "id", "", "what the outlet is called in commands: out_1")
	f.StringVar((*string)(&o.Bank), "bank", "", "the bank's code; none for a community outlet")
	f.StringVar((*string)(&o.Kind), "kind", string(outlet.Ordinary), "ordinary, instant, community, enterprise or stand")
	f.StringVar(&o.Name, "name", "", "its name")
	f.StringVar(&o.NameEn, "name-en", "", "its name in English")
	f.StringVar((*string)(&o.District), "district", "", "its district's six digits")
	f.StringVar(&o.Address, "address", "", "its address")
	f.StringVar(&o.Phone, "phone", "", "what a citizen calls before going there")
	f.StringVar(&o.Hours, "hours", "", "when it is open")
	f.StringArrayVar(&by, "by", nil, byFlag)
	usage.Words(c, "kind", "ordinary", "instant", "community", "enterprise", "stand")
	for _, name := range []string{"id", "name", "address", "phone"} {
		_ = c.MarkFlagRequired(name)
	}
	return c
}
