package apdu

import "errors"

// ErrLength says that bytes are not a command: shorter than four bytes, or with lengths that do not
// add up.
var ErrLength = errors.New("apdu: wrong length")

// Instructions used here, with the standard that gives the number.
const (
	Verify       = 0x20 // ISO 7816-4
	ChangeSecret = 0x24 // ISO 7816-4 CHANGE REFERENCE DATA; PBOC PIN UNBLOCK with CLA 84
	Security     = 0x2A // ISO 7816-8 PERFORM SECURITY OPERATION
	GenerateKey  = 0x46 // ISO 7816-8 GENERATE ASYMMETRIC KEY PAIR
	PIN          = 0x5E // PBOC RELOAD PIN and CHANGE PIN
	External     = 0x82 // EXTERNAL AUTHENTICATE
	Challenge    = 0x84 // GET CHALLENGE
	Internal     = 0x88 // INTERNAL AUTHENTICATE
	Select       = 0xA4
	Options      = 0xA8 // EMV GET PROCESSING OPTIONS
	ReadBinary   = 0xB0
	ReadRecord   = 0xB2
	GetResponse  = 0xC0
	ImportKey    = 0xC6 // ours: import of the encryption key pair
	GetData      = 0xCA
	WriteKey     = 0xD4 // PBOC COS family
	UpdateBinary = 0xD6
	UpdateRecord = 0xDC
	StoreData    = 0xE2 // EMV CPS
	CardBlock    = 0x16 // PBOC
	AppUnblock   = 0x18 // PBOC
	AppBlock     = 0x1E // PBOC
)

// Command is one command APDU.
type Command struct {
	CLA, INS, P1, P2 byte
	Data             []byte
	Le               int // bytes wanted; 0 none, 256 as many as there are (65,536 in extended form)
}

// Bytes encodes the command, in extended form only when it must be.
func (c Command) Bytes() []byte {
	b := append(make([]byte, 0, 7+len(c.Data)), c.CLA, c.INS, c.P1, c.P2)
	if len(c.Data) > 255 || c.Le > 256 {
		b = append(b, 0)
		if len(c.Data) > 0 {
			b = append(append(b, byte(len(c.Data)>>8), byte(len(c.Data))), c.Data...)
		}
		if c.Le > 0 {
			b = append(b, byte(c.Le>>8), byte(c.Le))
		}
		return b
	}
	if len(c.Data) > 0 {
		b = append(append(b, byte(len(c.Data))), c.Data...)
	}
	if c.Le > 0 {
		b = append(b, byte(c.Le))
	}
	return b
}

// Parse decodes all seven forms (cases 1, 2, 3, 4, short and extended). Data is part of b.
func Parse(b []byte) (Command, error) {
	if len(b) < 4 {
		return Command{}, ErrLength
	}
	c := Command{CLA: b[0], INS: b[1], P1: b[2], P2: b[3]}
	body := b[4:]
	switch {
	case len(body) == 0:
		return c, nil
	case len(body) == 1:
		c.Le = wanted(int(body[0]), 256)
		return c, nil
	case body[0] != 0:
		return c.short(int(body[0]), body[1:])
	case len(body) == 3:
		c.Le = wanted(int(body[1])<<8|int(body[2]), 65536)
		return c, nil
	case len(body) > 3:
		return c.extended(int(body[1])<<8|int(body[2]), body[3:])
	}
	return Command{}, ErrLength
}

func (c Command) short(n int, rest []byte) (Command, error) {
	switch len(rest) {
	case n:
		c.Data = rest
	case n + 1:
		c.Data, c.Le = rest[:n], wanted(int(rest[n]), 256)
	default:
		return Command{}, ErrLength
	}
	return c, nil
}

func (c Command) extended(n int, rest []byte) (Command, error) {
	switch {
	case n == 0:
		return Command{}, ErrLength
	case len(rest) == n:
		c.Data = rest
	case len(rest) == n+2:
		c.Data, c.Le = rest[:n], wanted(int(rest[n])<<8|int(rest[n+1]), 65536)
	default:
		return Command{}, ErrLength
	}
	return c, nil
}

func wanted(n, all int) int {
	if n == 0 {
		return all
	}
	return n
}
