package cos

import (
	"bytes"
	"crypto/subtle"

	"kawu/chip/apdu"
	"kawu/chip/key"
	"kawu/kit/sm"
)

// verify is VERIFY: the PIN itself (2 to 8 bytes BCD), or 16 bytes that encrypt an open challenge of
// 16 bytes under the PIN's secret, so that the PIN does not travel through the air.
func (c *Card) verify(cmd apdu.Command) ([]byte, apdu.Status) {
	owner := c.pinOwner()
	if cmd.P1 != 0 || cmd.P2 != 0 {
		return nil, apdu.WrongP1P2
	}
	if len(cmd.Data) == 0 { // asks for the tries left
		p, ok := c.getPIN(owner)
		if !ok {
			return nil, apdu.NoKey
		}
		return nil, apdu.Tries(int(p.left))
	}
	right := func(p pinState) bool { return samePIN(p, cmd.Data) }
	if len(cmd.Data) == sm.BlockSize {
		challenge, open := c.challenge(sm.BlockSize)
		if !open {
			return nil, apdu.NoChallenge
		}
		right = func(p pinState) bool { return c.sealsPIN(p, challenge, cmd.Data) }
	} else if !validPIN(cmd.Data) {
		return nil, apdu.WrongData
	}
	c.s.pinOf[owner] = false
	status := c.try(owner, right, func(p pinState) apdu.Status {
		if p.initial && c.chip.MustChange {
			return apdu.NotNow
		}
		c.s.pinOf[owner] = true
		return apdu.OK
	})
	return nil, status
}

func samePIN(p pinState, pin []byte) bool {
	s := secretOf(pin)
	return subtle.ConstantTimeCompare(s[:], p.secret[:]) == 1
}

func (c *Card) sealsPIN(p pinState, challenge, answer []byte) bool {
	out := make([]byte, sm.BlockSize)
	c.cipher(p.secret).EncryptBlocks(out, challenge)
	return subtle.ConstantTimeCompare(out, answer) == 1
}

// try takes one try, saves that, compares, and gives all tries back when it was right.
func (c *Card) try(owner int, right func(pinState) bool, work func(pinState) apdu.Status) apdu.Status {
	p, ok := c.getPIN(owner)
	if !ok {
		return apdu.NoKey
	}
	if p.left == 0 {
		return apdu.Blocked
	}
	p.left--
	c.putPIN(owner, p)
	if err := c.mem.Commit(); err != nil {
		c.on = false
		return apdu.MemoryFailure
	}
	if !right(p) {
		if p.left == 0 {
			return apdu.Blocked
		}
		return apdu.Tries(int(p.left))
	}
	p.left = c.chip.PINTries
	c.putPIN(owner, p)
	return work(p)
}

// changePIN is CHANGE PIN (P1 01: old, FF, new) and RELOAD PIN (P1 00: new and a MAC under the
// reload key; the old one is not needed). A PIN never becomes the initial one again by its holder's
// hand.
func (c *Card) changePIN(cmd apdu.Command) ([]byte, apdu.Status) {
	owner := c.pinOwner()
	initial, err := packPIN(c.chip.PIN)
	if err != nil || cmd.P2 != 0 {
		return nil, apdu.WrongP1P2
	}
	switch cmd.P1 {
	case 1:
		old, fresh, found := bytes.Cut(cmd.Data, []byte{0xFF})
		if !found || !validPIN(old) || !validPIN(fresh) || bytes.Equal(fresh, initial) {
			return nil, apdu.WrongData
		}
		return nil, c.try(owner, func(p pinState) bool { return samePIN(p, old) }, func(p pinState) apdu.Status {
			p.secret, p.initial = secretOf(fresh), false
			c.putPIN(owner, p)
			return apdu.OK
		})
	case 0:
		if len(cmd.Data) < 6 || !validPIN(cmd.Data[:len(cmd.Data)-4]) {
			return nil, apdu.WrongData
		}
		fresh := cmd.Data[:len(cmd.Data)-4]
		return nil, c.mac(cmd, key.ReloadPIN, func(int) {
			c.putPIN(owner, pinState{left: c.chip.PINTries, initial: bytes.Equal(fresh, initial), secret: secretOf(fresh)})
		})
	}
	return nil, apdu.WrongP1P2
}

// unblockPIN gives the tries back to the PIN as it is: a MAC under the unlock key and nothing else.
func (c *Card) unblockPIN(cmd apdu.Command) ([]byte, apdu.Status) {
	if len(cmd.Data) != 4 {
		return nil, apdu.WrongLength
	}
	owner := c.pinOwner()
	return nil, c.mac(cmd, key.UnlockPIN, func(int) {
		if p, ok := c.getPIN(owner); ok {
			p.left = c.chip.PINTries
			c.putPIN(owner, p)
		}
	})
}
