package app

import "kawu/chip/perso"

// cityMasters are the masters in use, without a bank's: what reading cards needs.
func (h *House) cityMasters() (perso.Masters, error) {
	return h.Cards.Masters(string(h.Here.Division), "")
}
