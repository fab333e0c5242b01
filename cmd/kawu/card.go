package main

import (
	"context"
	"errors"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"kawu/cmd/usage"
	"kawu/domain/card"
	"kawu/domain/certificate"
	"kawu/domain/custody"
	"kawu/domain/production"
	"kawu/domain/ref"
	"kawu/kit/db"
	"kawu/kit/fault"
)

func (t *tool) card() *cobra.Command {
	c := &cobra.Command{Use: "card", Short: "Cards: their record, where they are"}
	var limit int
	list := &cobra.Command{
		Use: "list", Short: "The newest cards", Example: "  kawu card list --limit 20", Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			return t.withStore(c.Context(), func(q *db.DB) error { return t.listCards(c.Context(), q, limit) })
		},
	}
	list.Flags().IntVar(&limit, "limit", 20, "how many at most")
	usage.Least(list, 1, "limit")
	show := &cobra.Command{
		Use: "show CARD", Short: "One card, by its number or its id: facets, certificates, who has held it where and since when",
		Example: "  kawu card show BA0000018 --json", Args: cobra.ExactArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			return t.withStore(c.Context(), func(q *db.DB) error { return t.showCard(c.Context(), q, args[0]) })
		},
	}
	c.AddCommand(list, show, t.readCard(), t.invalidCards(), t.certs(), t.plug(), t.face())
	return c
}

func (t *tool) withStore(ctx context.Context, f func(*db.DB) error) error {
	h, err := t.existing(ctx)
	if err != nil {
		return err
	}
	defer h.Close()
	return f(h.Store)
}

// cardView is a card as the command line shows it; no name and no identity number is in it.
type cardView struct {
	ID             ref.Card   `json:"id"`
	Number         string     `json:"number"`
	Generation     int64      `json:"generation"`
	Product        string     `json:"product"`
	Bank           ref.Bank   `json:"bank"`
	Batch          ref.Batch  `json:"batch,omitempty"`
	Making         string     `json:"making"`
	SocialSecurity string     `json:"social_security"` // national state: 0 1 2 3 4 9
	BankAccount    string     `json:"bank_account"`
	BankTold       string     `json:"bank_told,omitempty"`
	Made           string     `json:"made,omitempty"`
	Enabled        string     `json:"enabled,omitempty"`
	Voided         string     `json:"voided,omitempty"`
	Loss           *lossView  `json:"loss,omitempty"`
	Expires        string     `json:"expires"`
	Remakes        int64      `json:"remakes"`
	Chip           string     `json:"chip,omitempty"`
	ATR            string     `json:"atr,omitempty"`
	Certificates   []certView `json:"certificates,omitempty"`
	Custody        []linkView `json:"custody,omitempty"`
	// Waste are the chips that were spoiled before this one.
	Waste []wasteView `json:"waste,omitempty"`
}

type wasteView struct {
	Chip   string `json:"chip"`
	Reason string `json:"reason"`
	At     string `json:"at"`
}

type certView struct {
	Serial   string `json:"serial"`
	Usage    string `json:"usage"`
	State    string `json:"state"`
	Reason   string `json:"reason,omitempty"` // why it went out of use
	Issuer   string `json:"issuer"`
	NotAfter string `json:"not_after"`
}

type linkView struct {
	Kind     ref.HolderKind `json:"holder_kind"`
	Holder   string         `json:"holder"`
	Since    string         `json:"since"`
	Until    string         `json:"until,omitempty"`
	Handover ref.Handover   `json:"handover,omitempty"`
}

func stamp(at time.Time) string {
	if at.IsZero() {
		return ""
	}
	return at.Format(time.RFC3339)
}

func view(c card.Card) cardView {
	return cardView{ID: c.ID, Number: c.Number, Generation: c.Generation, Product: c.Product, Bank: c.Bank, Batch: c.Batch, Making: string(c.Making),
		SocialSecurity: string(c.Social), BankAccount: string(c.Financial), BankTold: c.Told, Made: stamp(c.MadeAt), Enabled: stamp(c.EnabledAt),
		Voided: stamp(c.VoidedAt), Expires: c.Expires, Remakes: c.Remakes, Chip: c.Chip, ATR: c.ATR}
}

func (t *tool) listCards(ctx context.Context, q db.Q, limit int) error {
	cards, err := card.Latest(ctx, q, limit)
	if err != nil {
		return err
	}
	views := make([]cardView, len(cards))
	for i, c := range cards {
		views[i] = view(c)
		t.tell("line.card", "card", c.Number, "generation", c.Generation, "bank", c.Bank, "making", t.one("centre.making", string(c.Making)),
			"social", t.one("centre.social", string(c.Social)), "financial", t.one("centre.financial", string(c.Financial)))
	}
	if t.json {
		return t.print(map[string]any{"cards": views})
	}
	return nil
}

// errNoCard names what was asked for: nothing is hidden from whoever has the data folder.
var errNoCard = fault.New(fault.NotFound, "cli.no_card", "no card {card} is known here")

// findCard takes the number printed on a card, in either case of letters, or its id.
func findCard(ctx context.Context, q db.Q, which string) (card.Card, error) {
	c, err := card.ByNumber(ctx, q, strings.ToUpper(which))
	if err != nil {
		c, err = card.Get(ctx, q, ref.Card(which))
	}
	if errors.Is(err, card.ErrUnknown) {
		err = usage.With(errNoCard, "card", which)
	}
	return c, err
}

func (t *tool) showCard(ctx context.Context, q db.Q, which string) error {
	c, err := findCard(ctx, q, which)
	if err != nil {
		return err
	}
	v := view(c)
	certs, err := certificate.Of(ctx, q, c.ID)
	if err != nil {
		return err
	}
	for _, x := range certs {
		v.Certificates = append(v.Certificates, certView{x.Serial, x.Usage, string(x.State), x.Reason, x.Issuer, stamp(x.NotAfter)})
	}
	if v.Loss, err = lossOf(ctx, q, c.ID); err != nil {
		return err
	}
	chain, err := custody.Chain(ctx, q, c.ID)
	if err != nil {
		return err
	}
	for _, l := range chain {
		v.Custody = append(v.Custody, linkView{l.Holder.Kind, l.Holder.Name, stamp(l.Since), stamp(l.Until), l.Handover})
	}
	waste, err := production.WasteOf(ctx, q, c.ID)
	if err != nil {
		return err
	}
	for _, w := range waste {
		v.Waste = append(v.Waste, wasteView{w.Chip, w.Reason, stamp(w.At)})
	}
	if t.json {
		return t.print(v)
	}
	t.sayCard(v)
	return nil
}

// sayCard is showCard's answer for people.
func (t *tool) sayCard(v cardView) {
	t.tell("line.card", "card", v.Number, "generation", v.Generation, "bank", v.Bank, "making", t.one("centre.making", v.Making),
		"social", t.one("centre.social", v.SocialSecurity), "financial", t.one("centre.financial", v.BankAccount))
	t.say("  %s", t.word("line.card_product", "product", v.Product, "until", v.Expires))
	t.sayLoss(v.Loss)
	if v.Chip != "" {
		t.say("  %s", t.word("line.chip", "chip", v.Chip, "atr", v.ATR))
	}
	for _, w := range v.Waste {
		t.say("  %s", t.word("line.waste", "chip", w.Chip, "reason", w.Reason, "at", w.At))
	}
	for _, x := range v.Certificates {
		t.say("  %s", t.certificate(x))
	}
	for _, l := range v.Custody {
		t.say("  %s  %s %s %s", l.Since, t.one("line.holder", string(l.Kind)), l.Holder, l.Handover)
	}
}

// certificate is a certificate in one line.
func (t *tool) certificate(x certView) string {
	return t.word("line.certificate", "usage", t.one("line.usage", x.Usage), "serial", x.Serial, "state", t.one("line.cert", x.State)+t.because(x.Reason), "until", x.NotAfter)
}

// because is the reason of a certificate's end in brackets; "" while it is good.
func (t *tool) because(reason string) string {
	if reason == "" {
		return ""
	}
	return t.word("line.because", "reason", t.one("line.reason", strings.ToLower(reason)))
}
