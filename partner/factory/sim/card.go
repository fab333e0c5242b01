package sim

import (
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"strings"
	"time"

	"kawu/kit/ident"
	"kawu/kit/idno"
	"kawu/kit/sm"
	"kawu/partner/factory"
	"kawu/partner/wire/host"
)

// check gives the numbers of the lines that cannot be made from.
func (s *Sim) check(b factory.Batch) (wrong []int) {
	seen := make(map[string]bool, len(b.Lines))
	for i, l := range b.Lines {
		_, _, number := idno.Parse(l.Number)
		_, _, card := ident.ParseCard(l.Card)
		_, _, account := ident.ParseBankCard(l.Account)
		_, issued := time.Parse("20060102", l.Issued)
		_, expires := time.Parse("20060102", l.Expires)
		_, made := s.made.Get(l.Ref)
		if number != nil || issued != nil || expires != nil || l.Expires <= l.Issued || l.Name == "" || l.Ref == "" ||
			made || seen[l.Ref] || card != nil || account != nil || len(l.City) != 6 || strings.Trim(l.City, "0123456789") != "" {
			wrong = append(wrong, i+1)
		}
		seen[l.Ref] = true
	}
	return wrong
}

// testKey stands for the key from which a real factory computes the check part of the card
// identification code.
var testKey = []byte("kawu factory simulator test key")

// chip makes the electronic part of a card: identification code (city, registered identifier, serial,
// check), historical bytes and the public half of its signing key. The private half stays in the chip.
func (s *Sim) chip(t *host.Turn, l factory.Line) (factory.Result, error) {
	key, err := sm.GenerateKey()
	if err != nil {
		return factory.Result{}, err
	}
	city, err := hex.DecodeString(l.City)
	if err != nil {
		return factory.Result{}, fmt.Errorf("city of %s: %w", l.Ref, err)
	}
	code := append(city, 0xD1, 0x56, 0x00, 0x00, 0x05)
	code = binary.BigEndian.AppendUint32(code, uint32(t.Next("chip")))
	check := sm.MAC(testKey, code)
	history := append([]byte{0x53, 0x53, 0x43, 0x33, 0x03}, check[4:8]...)
	history = append(history, code[8:12]...)
	return factory.Result{Ref: l.Ref, Code: factory.CodeMade,
		Chip:      strings.ToUpper(hex.EncodeToString(append(code, check[:4]...))),
		ATR:       strings.ToUpper(hex.EncodeToString(history)),
		PublicKey: hex.EncodeToString(key.Public().Point())}, nil
}
