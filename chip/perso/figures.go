package perso

import (
	"context"
	"time"

	"kawu/kit/gauge"
)

// Figures are cards a second, with the floors they are measured against: the same cryptography as
// bare library calls, in the same run. Rounds are interleaved, so that a busy machine slows all alike.
type Figures struct {
	Cards  int         `json:"cards"` // in each round
	Rounds int         `json:"rounds"`
	Made   gauge.Speed `json:"made"` // through commands, with reading back and two certificates
	Kept   gauge.Speed `json:"kept"` // the same, and the chips' memories sealed and on the disk
	// Single is kept, with a signing certificate only: what a card is to the bare floor, like for like.
	Single gauge.Speed `json:"single"`
	// Floor has what every card of this system needs: two key pairs, two signatures that are checked,
	// an envelope, twelve dispersals, 1 KB enciphered and authenticated.
	Floor gauge.Speed `json:"floor"`
	// Bare has one key pair and one signature only.
	Bare     gauge.Speed `json:"bare"`
	OfFloor  gauge.Share `json:"of_floor"`
	KeptOf   gauge.Share `json:"kept_of_floor"`
	OfBare   gauge.Share `json:"of_bare"`
	SingleOf gauge.Share `json:"single_of_bare"`
}

// Measure makes n cards of nobody on keys of its own, some rounds in turn with the floors; keep stores
// the memories of a set of finished chips.
func Measure(ctx context.Context, n, rounds int, now time.Time, keep func(images []string) error) (Figures, error) {
	f := Figures{Cards: n, Rounds: rounds}
	r, err := newRig(n, now)
	if err != nil {
		return f, err
	}
	var made, kept, single, full, bare []gauge.Round
	for range rounds {
		for _, x := range []struct {
			into *[]gauge.Round
			work func() error
		}{
			{&bare, r.floor(1)},
			{&made, r.cards(ctx, r.both, nil)},
			{&kept, r.cards(ctx, r.both, keep)},
			{&single, r.cards(ctx, r.signing, keep)},
			{&full, r.floor(2)},
		} {
			got, err := gauge.Measure(n, x.work)
			if err != nil {
				return f, err
			}
			*x.into = append(*x.into, got)
		}
	}
	f.Made, f.Kept, f.Single, f.Floor, f.Bare = gauge.Of(made), gauge.Of(kept), gauge.Of(single), gauge.Of(full), gauge.Of(bare)
	f.OfFloor, f.KeptOf = gauge.ShareOf(made, full), gauge.ShareOf(kept, full)
	f.OfBare, f.SingleOf = gauge.ShareOf(made, bare), gauge.ShareOf(single, bare)
	return f, nil
}
