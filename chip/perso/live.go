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

// dispersals adds what the store is asked for.
func (c *card) dispersals(out []key.Dispersal) []key.Dispersal {
	m := c.m.Masters
	under := c.transport()
	for i, s := range c.slots() {
		out = append(out, key.Dispersal{Key: c.below(c.lives[i]), Header: key.Header{ID: s.id, Version: m.Version, Tries: m.Tries}, Under: under})
	}
	return out
}

// replace writes the live keys, those of one application in one command: 5 commands instead of 14.
func (c *card) replace() error {
	list := c.slots()
	for from, i := 0, 1; i <= len(list); i++ {
		if i < len(list) && list[i].app == list[from].app {
			continue
		}
		dir := list[from].dir
		if err := c.selectApp("select "+dir, list[from].app); err != nil {
			return err
		}
		if _, err := c.send("write keys "+dir, apdu.Command{CLA: 0x80, INS: apdu.WriteKey, Data: bytes.Join(c.wrapped[from:i], nil)}); err != nil {
			return err
		}
		from = i
	}
	return nil
}

// reopen asks for proofs with the live keys: the card's own and ours for reading.
func (c *card) reopen() error {
	c.questions = c.questions[:0]
	if err := c.selectApp("select social security", cos.AIDSocial); err != nil {
		return err
	}
	var nonce [8]byte
	rand.Read(nonce[:])
	m := c.m.Masters
	c.questions = append(c.questions, key.Question{Key: c.below(m.named("irk")), Challenge: nonce, Source: c.source})
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
