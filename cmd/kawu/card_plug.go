package main

import (
	"context"
	"encoding/hex"
	"errors"
	"net"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"kawu/app"
	"kawu/chip/cos"
	"kawu/chip/tray"
	"kawu/chip/vpcd"
	"kawu/cmd/usage"
	"kawu/domain/card"
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
			"program on this machine sees a reader with this card in it. What is done to the card stays done.\n" +
			"When the card is in, one line says so, or with --json one document; Ctrl-C pulls it out and ends with 0.",
		Example: "  kawu card plug BA0000018\n  kawu card plug BA0000018 --vpcd 127.0.0.1:35963",
		Args:    cobra.ExactArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			if cards == "" {
				cards = app.Plastic(t.data)
			}
			var x card.Card
			err := t.withStore(c.Context(), func(q *db.DB) (err error) {
				x, err = findCard(c.Context(), q, args[0])
				return err
			})
			if err != nil {
				return err
			}
			return t.plugIn(c.Context(), x, cards, address)
		},
	}
	c.Flags().StringVar(&address, "vpcd", vpcd.Address, "where the virtual reader waits for its card")
	usage.Addresses(c, "vpcd")
	c.Flags().StringVar(&cards, "cards", "", "folder of the factory's virtual cards (default: simulators/factory/cards in --data)")
	return c
}

// plugged is what is said when the card is in; its number is masked, because it stays on the screen.
type plugged struct {
	Reader string `json:"reader"`
	ATR    string `json:"atr"`
	Card   string `json:"card"`
}

func (t *tool) plugIn(ctx context.Context, x card.Card, cards, address string) error {
	if _, err := os.Stat(cards); err != nil { // looking for a card makes no folder
		return fault.New(tray.NoCard.Kind, tray.NoCard.Code, tray.NoCard.Message, "card", x.Number)
	}
	plastic, err := tray.Open(cards)
	if err != nil {
		return err
	}
	chip, memory, err := plastic.Take(string(x.ID))
	if err != nil {
		return err
	}
	defer memory.Close()
	slot, err := vpcd.Insert(ctx, address)
	if refused := (*net.OpError)(nil); errors.As(err, &refused) && refused.Op == "dial" && fault.Of(err) == nil && ctx.Err() == nil {
		return fault.New(errNoReader.Kind, errNoReader.Code, errNoReader.Message, "address", address).Because(err)
	}
	if ctx.Err() != nil {
		return nil // pulled out before it was in
	}
	if err != nil {
		return err
	}
	in := plugged{address, strings.ToUpper(hex.EncodeToString(chip.Answer(cos.Contact))), maskCard(x.Number)}
	t.tell("card.plugged", "card", in.Card, "address", address, "atr", in.ATR)
	if t.json {
		if err := t.print(in); err != nil {
			return err
		}
	}
	return slot.Serve(ctx, chip)
}
