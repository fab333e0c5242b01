package main

import (
	"context"
	"strings"

	"github.com/spf13/cobra"

	"kawu/domain/card"
	"kawu/domain/certificate"
	"kawu/kit/db"
)

// foundCert is a certificate with the card that has it; no name is in it.
type foundCert struct {
	certView
	Card   string `json:"card"`
	Number string `json:"number"`
	Issued string `json:"issued"`
}

func (t *tool) caFind() *cobra.Command {
	return &cobra.Command{
		Use: "find SERIAL", Short: "The certificate with a serial number, whoever issued it: its card, use and state",
		Long:    "Every certificate that was ever put on a card of this installation is found, also when it is revoked or its card is gone.",
		Example: "  kawu ca find 54c3c74a4447523399375883522e8fac --json", Args: cobra.ExactArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			return t.withStore(c.Context(), func(q *db.DB) error { return t.findCert(c.Context(), q, args[0]) })
		},
	}
}

func (t *tool) findCert(ctx context.Context, q *db.DB, serial string) error {
	x, err := certificate.BySerial(ctx, q, strings.ToLower(strings.ReplaceAll(serial, ":", "")))
	if err != nil {
		return err
	}
	c, err := card.Get(ctx, q, x.Card)
	if err != nil {
		return err
	}
	v := foundCert{certView{x.Serial, x.Usage, string(x.State), x.Reason, x.Issuer, stamp(x.NotAfter)}, string(x.Card), c.Number, stamp(x.IssuedAt)}
	if t.json {
		return t.print(v)
	}
	t.tell("line.cert_of", "usage", t.one("line.usage", v.Usage), "card", v.Number, "state", t.one("line.cert", v.State)+t.because(v.Reason))
	t.say("  %s", t.word("line.cert_by", "issuer", v.Issuer, "issued", v.Issued, "until", v.NotAfter))
	return nil
}
