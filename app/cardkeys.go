package app

import (
	"context"
	"path/filepath"

	"kawu/chip/safe"
	"kawu/kit/fault"
)

// OpenCardKeys opens the card keys of an installation: the vault in the folder of shared keys, or the
// key process of Config.Keyd. Nothing is made but an empty vault.
func OpenCardKeys(c Config) (*safe.Safe, error) {
	c.defaults()
	return safe.Open(filepath.Join(c.Data, "keys"), c.Keyd)
}

// cardKeys makes an installation that never had a ceremony able to make cards, and says so; and says
// which masters are missing. Neither keeps the portals from opening.
func (h *House) cardKeys(ctx context.Context) error {
	banks := make([]string, len(h.Here.Banks))
	for i, b := range h.Here.Banks {
		banks[i] = string(b.Code)
	}
	made, err := h.Cards.Demonstrate(string(h.Here.Division), banks)
	if err != nil {
		return err
	}
	if made {
		h.Log.Warn("demonstration keys were made: cards made with them prove nothing; for service hold a key ceremony", "city", h.City)
	}
	for _, bank := range banks {
		m, err := h.Cards.Masters(string(h.Here.Division), bank)
		if err == nil {
			err = h.Cards.Check(ctx, m)
		}
		if f := fault.Of(err); f != nil {
			h.Log.Error("cards cannot be made", "bank", bank, "code", f.Code, "fault", f.Error())
		} else if err != nil {
			return err
		}
	}
	return nil
}
