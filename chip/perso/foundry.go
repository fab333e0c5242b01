package perso

import (
	"kawu/chip/cos"
	"kawu/chip/key"
	"kawu/kit/sm"
)

// Foundry is the chip maker of simulators and demonstrations: it delivers blanks whose transport key
// is dispersed from one master by the chip's own number.
type Foundry struct {
	Template cos.Chip // generation, maker, lot and PIN rules of the delivery; the serial is filled in
	master   *sm.Cipher
}

// NewFoundry takes the transport master that the city's key store holds as Masters.Transport.
func NewFoundry(transport [sm.KeySize]byte, template cos.Chip) (*Foundry, error) {
	c, err := sm.NewCipher(transport[:])
	return &Foundry{template, c}, err
}

// Blank makes the chip with a serial number that this lot has not had yet; store may be nil.
func (f *Foundry) Blank(serial uint32, store cos.Store) (*cos.Card, error) {
	chip := f.Template
	chip.Serial = serial
	factor, _ := key.ChipFactor(chip.Historical()) // 13 bytes are always enough
	return cos.New(chip, key.Rebuilt.Child(f.master, factor), key.Rebuilt, store)
}
