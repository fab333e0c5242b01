package perso

import "context"

// Press prints the faces of cards whose chips are complete: one error a card, in the order of the keys,
// which are those of the orders. A card that it spoils is waste, whatever its chip holds.
type Press interface {
	Print(ctx context.Context, keys []string) []error
}

// print is the last step of a card.
func (m *Maker) print(ctx context.Context, set []*card) {
	if m.Press == nil {
		return
	}
	var keys []string
	var who []*card
	for _, c := range set {
		if c.res.Err == nil {
			keys, who = append(keys, c.res.Key), append(who, c)
		}
	}
	for i, err := range m.Press.Print(ctx, keys) {
		if who[i].res.Err = err; err == nil {
			who[i].res.Stage = Printed
		}
	}
}
