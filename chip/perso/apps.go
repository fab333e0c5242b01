package perso

import (
	"bytes"

	"kawu/chip/apdu"
	"kawu/chip/cos"
	"kawu/chip/key"
	"kawu/kit/sm"
)

func (c *card) openCert() error {
	c.questions = c.questions[:0]
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
	c.questions = c.questions[:0]
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
