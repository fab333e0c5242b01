package perso

import (
	"bytes"
	"crypto/rand"
	"encoding/binary"
	"encoding/hex"
	"strings"

	"kawu/chip/apdu"
	"kawu/chip/cos"
	"kawu/chip/key"
	"kawu/chip/tlv"
)

// card is one card on its way through the steps.
type card struct {
	m     *Maker
	lives []key.Ref // masters of all slots
	ch    apdu.Channel
	reset []byte
	order Order

	chip      []key.Factor // the one factor below a master
	source    [8]byte      // ours, in every proof of this card
	questions []key.Question
	proofs    []key.Proof
	records   []record
	issued    Issued
	wrapped   [][]byte
	touched   bool
	res       Result
}

func (c *card) do(step func(*card) error) {
	if c.res.Err == nil {
		c.res.Err = step(c)
	}
}

func (c *card) send(step string, cmd apdu.Command) ([]byte, error) { return apdu.Do(c.ch, step, cmd) }

func (c *card) selectApp(step, aid string) error {
	_, err := c.send(step, apdu.Command{INS: apdu.Select, P1: 4, Data: []byte(aid)})
	return err
}

// ask fetches a challenge and leaves the question for the store.
func (c *card) ask(step string, p key.Path) error {
	challenge, err := c.send(step, apdu.Command{INS: apdu.Challenge, Le: 8})
	if err != nil {
		return err
	}
	c.questions = append(c.questions, key.Question{Key: p, Challenge: [8]byte(challenge), Source: c.source})
	return nil
}

// answer proves ourselves with the store's nth proof.
func (c *card) answer(step string, id key.ID, n int) error {
	_, err := c.send(step, apdu.Command{INS: apdu.External, P2: byte(id), Data: append(c.proofs[n][:], c.source[:]...)})
	return err
}

// name reads the chip's factor out of its answer to reset.
func (c *card) name() error {
	if len(c.reset) < 13 {
		return BadReset
	}
	c.res.Historical = c.reset[len(c.reset)-13:]
	chip, _ := key.ChipFactor(c.res.Historical) // 13 bytes are always enough
	c.chip = []key.Factor{chip}
	return nil
}

// below is this card's key of a master.
func (c *card) below(r key.Ref) key.Path { return key.Path{Master: r, Factors: c.chip} }

func (c *card) transport() key.Path { return c.below(c.m.Masters.Transport) }

// open prepares three questions: what the blank must answer to prove itself, our proof for writing,
// and the check bytes of the card identification code.
func (c *card) open() error {
	if err := c.name(); err != nil {
		return err
	}
	rand.Read(c.source[:])
	if err := c.selectApp("select social security", cos.AIDSocial); err != nil {
		return err
	}
	var nonce [8]byte
	rand.Read(nonce[:])
	c.questions = append(make([]key.Question, 0, 3),
		key.Question{Key: c.transport(), Challenge: nonce, Source: c.source},
		key.Question{Key: c.below(c.m.Masters.named("irk")), Challenge: c.cardFactor(), Source: c.serial()})
	return c.ask("challenge for writing", c.transport())
}

// cardFactor and serial are the parts of the card identification code: city, registered identifier;
// serial number with its complement.
func (c *card) cardFactor() (f [8]byte) {
	if city, err := hex.DecodeString(c.order.City); err == nil {
		copy(f[:3], city)
	}
	copy(f[3:], "\xD1\x56\x00\x00\x05")
	return f
}

func (c *card) serial() (f [8]byte) {
	binary.BigEndian.PutUint32(f[:], c.order.Serial)
	binary.BigEndian.PutUint32(f[4:], ^c.order.Serial)
	return f
}

// write proves both sides, then writes. The card identification code's last four bytes are a proof
// with the internal key, so a made-up code is found out by the back office.
func (c *card) write() error {
	in := append(bytes.Clone(c.questions[0].Challenge[:]), c.source[:]...)
	proof, err := c.send("internal authentication", apdu.Command{INS: apdu.Internal, Data: in})
	if err != nil {
		return err
	}
	if !c.proofs[0].Equal(proof) {
		return NotOurs
	}
	factor, serial := c.cardFactor(), c.serial()
	c.res.CardID = strings.ToUpper(hex.EncodeToString(factor[:]) + hex.EncodeToString(serial[:4]) + hex.EncodeToString(c.proofs[1][:4]))
	if c.records, err = c.order.records(c.res.CardID); err != nil {
		return err
	}
	if err := c.answer("external authentication for writing", key.Update, 2); err != nil {
		return err
	}
	c.res.Stage = Opened
	for _, r := range c.records {
		c.touched = true
		cmd := apdu.Command{INS: apdu.UpdateRecord, P1: r.no, P2: r.file<<3 | 4, Data: tlv.Record(r.tag, r.value)}
		if _, err := c.send("write "+r.name, cmd); err != nil {
			return err
		}
	}
	c.res.Stage, c.questions = Written, c.questions[:0]
	return c.ask("challenge for reading", c.transport())
}

func (c *card) compare() error {
	if err := c.answer("external authentication for reading", key.Read, 0); err != nil {
		return err
	}
	if err := c.readBack(); err != nil {
		return err
	}
	c.res.Stage = Compared
	return nil
}

// readBack reads every record and compares; the card needs the proof for reading.
func (c *card) readBack() error {
	for _, r := range c.records {
		got, err := c.send("read "+r.name, apdu.Command{INS: apdu.ReadRecord, P1: r.no, P2: r.file<<3 | 4, Le: len(r.value) + 2})
		if err != nil {
			return err
		}
		if tag, value, err := tlv.ReadRecord(got); err != nil || tag != r.tag || !bytes.Equal(value, r.value) {
			return mismatch(r.name)
		}
	}
	return nil
}
