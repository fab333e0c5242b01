package perso

import (
	"bytes"
	"crypto/rand"

	"kawu/chip/apdu"
	"kawu/chip/cos"
	"kawu/chip/key"
)

// slots are the keys that this card gets.
func (c *card) slots() []slot {
	if c.order.Bank == nil || c.m.Masters.Bank == "" {
		return slots[:len(slots)-2]
	}
	return slots
}

func (c *card) dispersals() []key.Dispersal {
	m := c.m.Masters
	out := make([]key.Dispersal, 0, len(slots))
	under := c.transport()
	for i, s := range c.slots() {
		out = append(out, key.Dispersal{Key: c.below(c.lives[i]), Header: key.Header{ID: s.id, Version: m.Version, Tries: m.Tries}, Under: under})
	}
	return out
}

func (c *card) replace() error {
	selected := ""
	for i, s := range c.slots() {
		if s.app != selected {
			if err := c.selectApp("select "+s.dir, s.app); err != nil {
				return err
			}
			selected = s.app
		}
		if _, err := c.send("write key "+s.dir+"/"+s.name, apdu.Command{CLA: 0x80, INS: apdu.WriteKey, Data: c.wrapped[i]}); err != nil {
			return err
		}
	}
	return nil
}

// reopen asks for proofs with the live keys: the card's own and ours for reading.
func (c *card) reopen() error {
	c.questions = nil
	if err := c.selectApp("select social security", cos.AIDSocial); err != nil {
		return err
	}
	var nonce [8]byte
	rand.Read(nonce[:])
	m := c.m.Masters
	c.questions = []key.Question{{Key: c.below(m.named("irk")), Challenge: nonce, Source: c.source}}
	return c.ask("challenge for the last reading", c.below(m.named("rk")))
}

// finish is the proof of the whole: the live keys work and the data are what was ordered.
func (c *card) finish() error {
	in := append(bytes.Clone(c.questions[0].Challenge[:]), c.source[:]...)
	proof, err := c.send("internal authentication with the live key", apdu.Command{INS: apdu.Internal, Data: in})
	if err != nil {
		return err
	}
	if !c.proofs[0].Equal(proof) {
		return mismatch("internal_key")
	}
	if err := c.answer("external authentication with the live key", key.Read, 1); err != nil {
		return err
	}
	if err := c.readBack(); err != nil {
		return err
	}
	c.res.Stage = Finished
	return nil
}
