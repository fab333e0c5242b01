package perso

import (
	"errors"
	"fmt"

	"kawu/chip/cos"
	"kawu/chip/key"
)

// Masters names the key masters that a city's cards are made with.
type Masters struct {
	Transport key.Ref // the chip maker's, shared with us for this delivery
	City      string  // prefix of the social security masters' names: "city/310000"
	Bank      string  // prefix of the bank's: "bank/icbc"; empty without bank application
	Version   byte    // of the live masters, and of the keys on the card
	Tries     byte    // wrong proofs until a live key locks
}

// slot is one key on the card: the application that holds it, its id and its name in the store.
type slot struct {
	app  string // AID
	dir  string
	id   key.ID
	name string
	bank bool
}

// slots lists the keys in loading order; an application's master comes last, because it is what the
// others are wrapped under.
var slots = []slot{
	{aidDF01, "df01", key.Update, "uk", false},
	{aidDF04, "df04", key.Update, "uk", false},
	{cos.AIDSocial, "ssse", key.Internal, "irk", false},
	{cos.AIDSocial, "ssse", key.Update, "uk", false},
	{cos.AIDSocial, "ssse", key.ReloadPIN, "rpk", false},
	{cos.AIDSocial, "ssse", key.UnlockPIN, "puk", false},
	{cos.AIDSocial, "ssse", key.Maintain, "stk", false},
	{cos.AIDSocial, "ssse", key.Read, "rk", false},
	{cos.AIDSocial, "ssse", key.Master, "mk", false},
	{cos.AIDCert, "cert", key.Update, "uk", false},
	{cos.AIDCert, "cert", key.Maintain, "stk", false},
	{cos.AIDCert, "cert", key.Master, "mk", false},
	{cos.AIDDebit, "debit", key.Maintain, "stk", true},
	{cos.AIDDebit, "debit", key.Master, "mk", true},
}

const (
	aidDF01 = "\xD1\x56\x00\x00\x05\x00"
	aidDF04 = "\xD1\x56\x00\x00\x05\x03"
)

func (m Masters) ref(s slot) key.Ref {
	prefix := m.City
	if s.bank {
		prefix = m.Bank
	}
	return key.Ref{Name: fmt.Sprintf("%s/%s/%s", prefix, s.dir, s.name), Version: m.Version}
}

// named finds the master of one social security key.
func (m Masters) named(name string) key.Ref {
	return key.Ref{Name: m.City + "/ssse/" + name, Version: m.Version}
}

// lives names the masters of all slots, in their order.
func (m Masters) lives() []key.Ref {
	out := make([]key.Ref, len(slots))
	for i, s := range slots {
		out[i] = m.ref(s)
	}
	return out
}

// Refs names all masters, the transport master first; the bank's only with a bank.
func (m Masters) Refs() []key.Ref {
	out := []key.Ref{m.Transport}
	for _, s := range slots {
		if !s.bank || m.Bank != "" {
			out = append(out, m.ref(s))
		}
	}
	return out
}

// Found fills a vault with all masters of a city and a bank: random ministry masters, from them the
// province's, from them the city's. Masters that are there stay, so that a second bank or city can
// follow and several processes may begin at once. For demonstrations and tests; in service the
// ministry's and the province's masters lie elsewhere and the city's are imported at a ceremony.
func Found(v *key.Vault, m Masters, city string) error {
	if len(city) != 6 {
		return fmt.Errorf("perso: a city's code has six digits, not %q", city)
	}
	for _, s := range slots {
		ref := m.ref(s)
		if s.bank {
			if m.Bank != "" {
				if err := stays(v.Generate(ref)); err != nil {
					return err
				}
			}
			continue
		}
		ministry := key.Ref{Name: fmt.Sprintf("ministry/%s/%s", s.dir, s.name), Version: m.Version}
		province := key.Ref{Name: fmt.Sprintf("province/%s/%s/%s", city[:2], s.dir, s.name), Version: m.Version}
		err := stays(v.Generate(ministry))
		if err == nil {
			err = stays(v.Descend(ministry, key.CityFactor(city[:2]+"0000"), province))
		}
		if err == nil {
			err = stays(v.Descend(province, key.CityFactor(city), ref))
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// stays takes a key that is there already for success.
func stays(err error) error {
	if errors.Is(err, key.Taken) {
		return nil
	}
	return err
}
