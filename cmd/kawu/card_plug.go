package main

import (
	"context"
	"errors"
	"net"
	"os"

	"github.com/spf13/cobra"

	"kawu/app"
	"kawu/chip/tray"
	"kawu/chip/vpcd"
	"kawu/kit/db"
	"kawu/kit/fault"
)

var errNoReader = fault.New(fault.Outside, "cli.no_vpcd", "no virtual reader answers at {address}")

func (t *tool) plug() *cobra.Command {
	var address, cards string
	c := &cobra.Command{
		Use:   "plug CARD",
		Short: "Put a virtual card into a PC/SC virtual reader until it is stopped",
		Long: "Put a card that the simulated factory made into vpcd, the virtual reader of pcscd, so that every PC/SC\n" +
			"program on this machine sees a reader with this card in it. What is done to the card stays done.",
		Example: "  kawu card plug BA0000018\n  kawu card plug BA0000018 --vpcd 127.0.0.1:35963",
		Args:    cobra.ExactArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			if cards == "" {
				cards = app.Plastic(t.data)
			}
			var id string
			err := t.withStore(c.Context(), func(q *db.DB) error {
				x, err := findCard(c.Context(), q, args[0])
				id = string(x.ID)
				return err
			})
			if err != nil {
				return err
			}
			return t.plugIn(c.Context(), args[0], id, cards, address)
		},
	}
	c.Flags().StringVar(&address, "vpcd", vpcd.Address, "where the virtual reader waits for its card")
	c.Flags().StringVar(&cards, "cards", "", "folder of the factory's virtual cards (default: partners/factory/cards in --data)")
	return c
}

func (t *tool) plugIn(ctx context.Context, which, id, cards, address string) error {
	if _, err := os.Stat(cards); err != nil { // looking for a card makes no folder
		return fault.New(tray.NoCard.Kind, tray.NoCard.Code, tray.NoCard.Message, "card", which)
	}
	plastic, err := tray.Open(cards)
	if err != nil {
		return err
	}
	chip, memory, err := plastic.Take(id)
	if err != nil {
		return err
	}
	defer memory.Close()
	t.say("card %s goes into the reader at %s; Ctrl-C pulls it out", which, address)
	err = vpcd.Plug(ctx, address, chip)
	var refused *net.OpError
	if errors.As(err, &refused) && refused.Op == "dial" {
		return fault.New(errNoReader.Kind, errNoReader.Code, errNoReader.Message, "address", address).Because(err)
	}
	return err
}
