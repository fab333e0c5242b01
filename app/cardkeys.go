package app

import (
	"context"
	"errors"
	"log/slog"
	"path/filepath"
	"slices"

	"kawu/app/custodian"
	"kawu/chip/key"
	"kawu/chip/perso"
	"kawu/chip/safe"
	"kawu/domain/certificate"
	"kawu/kit/fault"
	"kawu/partner/ca"
	"kawu/partner/ca/own"
	"kawu/partner/wire"
	"kawu/policy"
)

// OpenCardKeys opens the card keys of an installation: the vault in the folder of shared keys, or the
// key process of Config.Keyd. Nothing is made but an empty vault.
func OpenCardKeys(c Config) (*safe.Safe, error) {
	c.defaults()
	return safe.Open(filepath.Join(c.Data, "keys"), c.Keyd)
}

func banks(c *policy.City) (codes []string) {
	for _, b := range c.Banks {
		codes = append(codes, string(b.Code))
	}
	return codes
}

// CityMasters names all masters of a city and its banks for a ceremony, the transport master first.
func CityMasters(city string, version byte) ([]key.Ref, error) {
	c, err := City(city)
	if err != nil {
		return nil, err
	}
	m := perso.Masters{Transport: key.Ref{Name: "transport/maker", Version: version}, City: "city/" + string(c.Division), Version: version}
	all := m.Refs()
	for _, bank := range banks(c) {
		m.Bank = "bank/" + bank
		all = append(all, m.Refs()...)
	}
	var once []key.Ref
	for _, r := range all {
		if !slices.Contains(once, r) {
			once = append(once, r)
		}
	}
	return once, nil
}

// Demonstrate makes demonstration masters for a city that never had a ceremony, and says so.
func Demonstrate(s *safe.Safe, city string, log *slog.Logger) error {
	c, err := City(city)
	if err != nil {
		return err
	}
	made, err := s.Demonstrate(string(c.Division), banks(c))
	if made {
		log.Warn("demonstration keys were made: cards made with them prove nothing; for service hold a key ceremony", "city", city)
	}
	return err
}

// cardKeys makes an installation that never had a ceremony able to make cards, and says which masters
// are missing. Neither keeps the portals from opening.
func (h *House) cardKeys(ctx context.Context) error {
	if err := Demonstrate(h.Cards, string(h.City), h.Log); err != nil {
		return err
	}
	for _, bank := range banks(h.Here) {
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

// Custodians is the room for secret acts of two people at this installation.
func (h *House) Custodians() *custodian.Room {
	return &custodian.Room{Data: h.Data, Cards: h.Cards, Desk: h.Desk, Key: h.Key, City: h.City, Here: h.Here}
}

// authority is the city's own where one has been founded, else the one at the other end of a wire.
func (h *House) authority(c *wire.Client) (certificate.Authority, error) {
	a, err := h.Custodians().Authority()
	if errors.Is(err, own.None) {
		return ca.New(c), nil
	}
	if err == nil {
		h.closers = append(h.closers, a)
	}
	return a, err
}

// cityMasters are the masters in use, without a bank's: what reading cards needs.
func (h *House) cityMasters() (perso.Masters, error) {
	return h.Cards.Masters(string(h.Here.Division), "")
}
