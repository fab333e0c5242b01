package psam

import (
	"encoding/hex"

	"kawu/kit/fault"
)

// BadNumbers says that a serial number has not 20 hexadecimal digits, or a terminal's number not twelve.
var BadNumbers = fault.New(fault.Invalid, "psam.bad_numbers", "the module's serial number or the terminal's number is malformed")

// Numbers are a module's two numbers as its files hold them, from the text of a register.
func Numbers(serial, terminal string) (s [10]byte, t [6]byte, err error) {
	a, err1 := hex.DecodeString(serial)
	b, err2 := hex.DecodeString(terminal)
	if err1 != nil || err2 != nil || len(a) != len(s) || len(b) != len(t) {
		return s, t, BadNumbers
	}
	return [10]byte(a), [6]byte(b), nil
}
