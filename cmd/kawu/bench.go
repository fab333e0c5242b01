package main

import (
	"github.com/spf13/cobra"

	"kawu/app/bench"
	"kawu/kit/fault"
	"kawu/kit/gauge"
)

func (t *tool) bench() *cobra.Command {
	c := &cobra.Command{Use: "bench", Short: "Figures, and in the same run the floors they are measured against"}
	var cards, rounds int
	card := &cobra.Command{
		Use: "card", Short: "How fast cards are made and certificates issued",
		Long: "Makes cards of nobody: each chip through its commands, with reading back, two certificates and live keys. The floor is the same cryptography as bare library calls: " +
			"two key pairs, two checked signatures, one envelope, twelve dispersals, 1 KB of SM4 and a MAC. The bare floor has one key pair and one checked signature; " +
			"cards with a signing certificate only are what compares with it. " +
			"Rounds go in turn; shares by processor time do not suffer from what else the machine does.",
		Example: "  kawu bench card --cards 1000 --rounds 7 --json\n  kawu bench card --db postgres://kawu@localhost/empty", Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			if l := tooFew(cards, rounds); l != nil {
				return errUsage{l}
			}
			f, err := bench.Cards(c.Context(), "beijing", t.db, cards, rounds)
			if err != nil {
				return err
			}
			if t.json {
				return t.print(f)
			}
			t.tellFigures(f)
			return nil
		},
	}
	card.Flags().IntVar(&cards, "cards", 500, "cards in each round")
	card.Flags().IntVar(&rounds, "rounds", 5, "rounds")
	c.AddCommand(card)
	return c
}

// tooFew are the numbers that nothing can be measured with.
func tooFew(cards, rounds int) (l fault.List) {
	for _, x := range []struct {
		name string
		n    int
	}{{"--cards", cards}, {"--rounds", rounds}} {
		if f := bench.TooFew; x.n < 1 {
			l = append(l, fault.New(f.Kind, f.Code, f.Message, "name", x.name, "value", x.n))
		}
	}
	return l
}

func (t *tool) tellFigures(f bench.Figures) {
	t.say("%d cores, load %s before and %s after; %d rounds of %d cards", f.Cores, f.LoadBefore, f.LoadAfter, f.Cards.Rounds, f.Cards.Cards)
	t.say("%-44s %9s %9s %9s   %s", "", "slowest", "median", "fastest", "a second of one core")
	line := func(name string, s gauge.Speed) {
		t.say("%-44s %9.0f %9.0f %9.0f   %9.0f", name, s.Wall.Min, s.Wall.Median, s.Wall.Max, s.CPU.Median)
	}
	line("cards made, a second", f.Cards.Made)
	line("cards made and kept", f.Cards.Kept)
	line("cards with one certificate, made and kept", f.Cards.Single)
	line("floor: the same cryptography alone", f.Cards.Floor)
	line("bare floor: one key pair, one signature", f.Cards.Bare)
	line("certificates issued and stored ("+f.Certificates.Engine+")", f.Certificates.Issued)
	line("floor: a key pair, a checked signature", f.Certificates.Floor)
	share := func(name string, s gauge.Share) {
		t.say("%-44s %3.0f %% by the clock, %3.0f %% by processor time", name, 100*s.Wall, 100*s.CPU)
	}
	share("cards made, of the floor", f.Cards.OfFloor)
	share("cards made and kept, of the floor", f.Cards.KeptOf)
	share("cards with one certificate, kept, of the bare", f.Cards.SingleOf)
	share("cards made, of the bare floor", f.Cards.OfBare)
	share("certificates, of their floor", f.Certificates.OfFloor)
}
