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
	"kawu/kit/sm"
)

// card is one card on its way through the steps.
type card struct {
	m     *Maker
	ch    apdu.Channel
	reset []byte
	order Order

	chip      key.Factor
	source    [8]byte // ours, in every proof of this card
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

func (c *card) transport() key.Path { return c.m.Masters.path(c.m.Masters.Transport, c.chip) }

// open prepares three questions: what the blank must answer to prove itself, our proof for writing,
// and the check bytes of the card identification code.
func (c *card) open() error {
	if len(c.reset) < 13 {
		return BadReset
	}
	c.res.Historical = c.reset[len(c.reset)-13:]
	c.chip, _ = key.ChipFactor(c.res.Historical)
	rand.Read(c.source[:])
	if err := c.selectApp("select social security", cos.AIDSocial); err != nil {
		return err
	}
	var nonce [8]byte
	rand.Read(nonce[:])
	c.questions = []key.Question{
		{Key: c.transport(), Challenge: nonce, Source: c.source},
		{Key: c.m.Masters.path(c.m.Masters.named("irk"), c.chip), Challenge: c.cardFactor(), Source: c.serial()},
	}
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
	c.res.Stage, c.questions = Written, nil
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

func (c *card) openCert() error {
	c.questions = nil
	if err := c.selectApp("select certificates", cos.AIDCert); err != nil {
		return err
	}
	return c.ask("challenge for certificates", c.transport())
}

func (c *card) generate() error {
	if err := c.answer("external authentication for certificates", key.Update, 0); err != nil {
		return err
	}
	b, err := c.send("generate signing pair", apdu.Command{INS: apdu.GenerateKey, Le: cos.PublicKeySize})
	if err != nil {
		return err
	}
	if len(b) != cos.PublicKeySize {
		return mismatch("public_key")
	}
	if c.res.Signing, err = sm.NewPublicKey(append([]byte{4}, b[2:]...)); err != nil {
		return mismatch("public_key").Because(err)
	}
	c.res.Stage = Keyed
	return nil
}

// openBank selects the bank's application; without bank data the step only clears the questions.
func (c *card) openBank() error {
	c.questions = nil
	if c.order.Bank == nil {
		return nil
	}
	if err := c.selectApp("select debit", cos.AIDDebit); err != nil {
		return err
	}
	return c.ask("challenge for the bank's data", c.transport())
}

func (c *card) bank() error {
	if c.order.Bank == nil {
		return nil
	}
	data, rec, err := c.order.Bank.storeData()
	if err != nil {
		return err
	}
	if err := c.answer("external authentication for the bank", key.Master, 0); err != nil {
		return err
	}
	if _, err := c.send("store bank data", apdu.Command{CLA: 0x80, INS: apdu.StoreData, P1: 0x80, Data: data}); err != nil {
		return err
	}
	got, err := c.send("read bank record", apdu.Command{INS: apdu.ReadRecord, P1: 1, P2: 1<<3 | 4, Le: 256})
	if err != nil {
		return err
	}
	if !bytes.Equal(got, rec) {
		return mismatch("bank_record")
	}
	c.res.Stage = Banked
	return nil
}

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
	for _, s := range c.slots() {
		out = append(out, key.Dispersal{Key: m.path(m.ref(s), c.chip), Header: key.Header{ID: s.id, Version: m.Version, Tries: m.Tries}, Under: under})
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
	c.questions = []key.Question{{Key: m.path(m.named("irk"), c.chip), Challenge: nonce, Source: c.source}}
	return c.ask("challenge for the last reading", m.path(m.named("rk"), c.chip))
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
