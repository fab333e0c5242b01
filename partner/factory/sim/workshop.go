package sim

import (
	"errors"
	"path/filepath"

	"kawu/chip/apdu"
	"kawu/chip/cos"
	"kawu/chip/face"
	"kawu/chip/perso"
	"kawu/chip/safe"
	"kawu/chip/tray"
	"kawu/partner/wire/host"
)

// workshop is where cards are made: the safe with the city's masters, the chip maker's delivery, the
// machines, the press, and the cards that were made.
type workshop struct {
	safe    *safe.Safe
	tray    *tray.Tray
	foundry *perso.Foundry
	makers  map[[2]string]*perso.Maker
	plate   *face.Press // of the last look
	looks   string      // that look
}

func openWorkshop(o host.Options) (*workshop, error) {
	s, err := safe.Open(o.Keys, o.Keyd)
	if err != nil {
		return nil, err
	}
	w := &workshop{safe: s, makers: map[[2]string]*perso.Maker{}}
	if o.Keyd != "" { // its masters are made elsewhere: without the chip maker's key there are no blanks for them
		if w.foundry, err = s.Foundry(template); err != nil {
			return nil, err
		}
	}
	w.tray, err = tray.Open(Tray(o.Data))
	return w, err
}

// Tray is the folder of the cards that a simulator with this folder of memory has made.
func Tray(data string) string { return filepath.Join(data, "cards") }

// template is the chip maker's delivery: initial PIN and tries as most cities have them.
var template = cos.Chip{Generation: 3, Maker: [3]byte{'K', 'W', 1}, PIN: "123456", PINTries: 6, MustChange: true}

// maker is the machine set up for a city and a bank. Demonstration masters are made when nobody
// brought others.
func (w *workshop) maker(city, bank string) (*perso.Maker, error) {
	k := [2]string{city, bank}
	if m, ok := w.makers[k]; ok {
		return m, nil
	}
	if _, err := w.safe.Demonstrate(city, []string{bank}); err != nil {
		return nil, err
	}
	masters, err := w.safe.Masters(city, bank)
	if err != nil {
		return nil, err
	}
	if w.foundry == nil {
		if w.foundry, err = w.safe.Foundry(template); err != nil {
			return nil, err
		}
	}
	w.makers[k] = &perso.Maker{Keys: w.safe.Keys, Masters: masters}
	return w.makers[k], nil
}

// errBroken is what a chip that breaks in the machine says from then on.
var errBroken = errors.New("the chip broke")

// fragile is a chip that answers a number of commands and then never again.
type fragile struct {
	apdu.Channel
	left int
}

func (f *fragile) Transmit(command []byte) ([]byte, error) {
	if f.left--; f.left < 0 {
		return nil, errBroken
	}
	return f.Channel.Transmit(command)
}
