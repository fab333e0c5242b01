package cos

import (
	"bytes"
	"crypto/rand"

	"kawu/chip/apdu"
	"kawu/chip/key"
)

// getChallenge draws 4, 8 or 16 random bytes; the next proof or MAC uses them up.
func (c *Card) getChallenge(cmd apdu.Command) ([]byte, apdu.Status) {
	if cmd.Le != 4 && cmd.Le != 8 && cmd.Le != 16 {
		return nil, apdu.WrongLength
	}
	c.s.challenge = make([]byte, cmd.Le)
	rand.Read(c.s.challenge)
	return c.s.challenge, apdu.OK
}

// challenge takes the open challenge of n bytes away: a proof is good once.
func (c *Card) challenge(n int) ([]byte, bool) {
	b := c.s.challenge
	c.s.challenge = nil
	return b, len(b) == n
}

// internal is INTERNAL AUTHENTICATE: process factor and source in, proof out. Only the internal key
// answers: any other would forge what a terminal must prove.
func (c *Card) internal(cmd apdu.Command) ([]byte, apdu.Status) {
	if len(cmd.Data) != 16 {
		return nil, apdu.WrongLength
	}
	if cmd.P2 != 0 && key.ID(cmd.P2) != key.Internal {
		return nil, apdu.KeyUnsupported
	}
	_, s, ok := c.findKey(key.Internal)
	if !ok {
		return nil, apdu.NoKey
	}
	p := c.scheme.Proof(c.cipher(s.key), [8]byte(cmd.Data[:8]), [8]byte(cmd.Data[8:]))
	return p[:], apdu.OK
}

// external is EXTERNAL AUTHENTICATE with key P2: proof and source over the open challenge.
func (c *Card) external(cmd apdu.Command) ([]byte, apdu.Status) {
	if len(cmd.Data) != 16 {
		return nil, apdu.WrongLength
	}
	if key.ID(cmd.P2) == key.Internal {
		return nil, apdu.KeyUnsupported
	}
	return nil, c.guarded(key.ID(cmd.P2), func(s slot, challenge [8]byte) bool {
		return c.scheme.Proof(c.cipher(s.key), challenge, [8]byte(cmd.Data[8:])).Equal(cmd.Data[:8])
	}, func(app int) { c.s.proven[app] |= 1 << (cmd.P2 & 63) }, apdu.Tries)
}

// mac checks the four bytes at the end of a command under key id, then does the work.
func (c *Card) mac(cmd apdu.Command, id key.ID, work func(app int)) apdu.Status {
	n := len(cmd.Data) - 4
	if n < 0 || len(cmd.Data) > 255 {
		return apdu.WrongLength
	}
	head := append([]byte{cmd.CLA, cmd.INS, cmd.P1, cmd.P2, byte(len(cmd.Data))}, cmd.Data[:n]...)
	return c.guarded(id, func(s slot, challenge [8]byte) bool {
		m := c.scheme.MAC(c.cipher(s.key), challenge, head)
		return bytes.Equal(m[:], cmd.Data[n:])
	}, work, func(int) apdu.Status { return apdu.WrongMAC })
}

// guarded compares under a key that counts its failures: one try is taken, and saved, before the
// comparison, and given back after success.
func (c *Card) guarded(id key.ID, right func(slot, [8]byte) bool, work func(app int), wrong func(left int) apdu.Status) apdu.Status {
	app, s, ok := c.findKey(id)
	if !ok {
		return apdu.NoKey
	}
	challenge, open := c.challenge(8)
	if !open {
		return apdu.NoChallenge
	}
	if s.left == 0 {
		return apdu.Blocked
	}
	s.left--
	c.putKey(app, s)
	if err := c.mem.Commit(); err != nil {
		c.on = false
		return apdu.MemoryFailure
	}
	if !right(s, [8]byte(challenge)) {
		return wrong(int(s.left))
	}
	s.left = s.Tries
	c.putKey(app, s)
	work(app)
	return apdu.OK
}

// writeKey replaces keys of the selected application by ones wrapped under its master key, all or
// none: the wrapping proves where they come from. The master itself goes last, under its predecessor.
func (c *Card) writeKey(cmd apdu.Command) ([]byte, apdu.Status) {
	if len(cmd.Data) == 0 || len(cmd.Data)%key.WrappedSize != 0 {
		return nil, apdu.WrongLength
	}
	_, master, ok := c.findKey(key.Master)
	if !ok {
		return nil, apdu.NoKey
	}
	list, ok := key.Unwrap(c.cipher(master.key), cmd.Data)
	if !ok {
		return nil, apdu.WrongMAC
	}
	for _, k := range list {
		switch {
		case k.Tries == 0 || k.Tries > 15 || k.Version <= c.version(k.ID):
			return nil, c.refuse(apdu.WrongData) // an older key sent again, or one that could never be used
		case c.mem.Get(address{App: byte(c.s.app), Kind: cellKey, ID: uint16(k.ID)}) == nil:
			return nil, c.refuse(apdu.NoKey)
		}
		c.putKey(c.s.app, slot{k.Header, k.Tries, k.Key})
	}
	return nil, apdu.OK
}

// version of a key in the selected application; transport keys have 0.
func (c *Card) version(id key.ID) byte {
	if app, s, ok := c.findKey(id); ok && app == c.s.app {
		return s.Version
	}
	return 0
}
