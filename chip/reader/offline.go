package reader

import (
	"encoding/hex"

	"kawu/chip/apdu"
	"kawu/chip/key"
	"kawu/chip/psam"
)

// Offline reads a card with the module in the terminal instead of the back office, and gives the
// terminal's number from the module. city is the six digits of the card's issuing city, from the
// terminal's setting: before the card is open it does not say where it is from. Faults as Read's.
func Offline(ch apdu.Channel, reset []byte, module apdu.Channel, city string) (d Data, terminal string, err error) {
	if _, err = apdu.Do(module, "select module", apdu.Command{INS: apdu.Select, P1: 4, Data: []byte(psam.AID)}); err != nil {
		return d, "", err
	}
	number, err := apdu.Do(module, "terminal number", apdu.Command{INS: apdu.ReadBinary, P1: 0x80 | psam.FileTerminal, Le: 6})
	if err != nil {
		return d, "", err
	}
	terminal = hex.EncodeToString(number)
	q, err := Begin(ch, reset)
	if err != nil {
		return d, terminal, err
	}
	expected, err := ask(module, key.Internal, q.Historical, city, q.InternalFactor, q.InternalSource)
	if err != nil {
		return d, terminal, err
	}
	if !expected.Equal(q.InternalProof[:]) {
		return d, terminal, Forged
	}
	proof, err := ask(module, key.Read, q.Historical, city, q.ExternalFactor, q.ExternalSource)
	if err != nil {
		return d, terminal, err
	}
	d, err = Finish(ch, q, Answer{Proof: proof})
	return d, terminal, err
}

// ask lets the module make one proof with the card's key.
func ask(module apdu.Channel, id key.ID, historical []byte, city string, challenge, source [8]byte) (p key.Proof, err error) {
	card, ok := key.ChipFactor(historical)
	if !ok {
		return p, NotACard
	}
	place := key.CityFactor(city)
	data := append(append(append([]byte(nil), card[:]...), place[:]...), challenge[:]...)
	if _, err = apdu.Do(module, "delivery of a key", apdu.Command{CLA: 0xBF, INS: psam.DeliverKey, P1: psam.TwoLevels | psam.UsageEncrypt, P2: byte(id), Data: data}); err != nil {
		return p, err
	}
	b, err := apdu.Do(module, "calculation", apdu.Command{CLA: 0x80, INS: psam.Calculate, Data: source[:]})
	copy(p[:], b)
	return p, err
}
