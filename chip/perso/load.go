package perso

import (
	"bytes"
	"context"

	"kawu/chip/apdu"
	"kawu/chip/cos"
	"kawu/chip/key"
)

// Load puts certificates on cards that were finished without them, the way of an authority that
// answers days later, and prints the faces of those that are complete. The cards have live keys by
// now. The error of each card, in order.
func (m *Maker) Load(ctx context.Context, blanks []Blank, issued []Issued) []error {
	set := make([]*card, len(blanks))
	for i := range set {
		set[i] = &card{m: m, ch: blanks[i].Channel, reset: blanks[i].Reset, issued: issued[i]}
		set[i].res.Key = issued[i].Key
	}
	m.each(set, func(c *card) error {
		if err := c.name(); err != nil {
			return err
		}
		if err := c.selectApp("select certificates", cos.AIDCert); err != nil {
			return err
		}
		update := key.Ref{Name: m.Masters.City + "/cert/uk", Version: m.Masters.Version}
		return c.ask("challenge for certificates", c.below(update))
	})
	m.prove(ctx, set, func(c *card) error {
		if err := c.answer("external authentication for certificates", key.Update, 0); err != nil {
			return err
		}
		return c.load()
	})
	m.print(ctx, set)
	out := make([]error, len(set))
	for i, c := range set {
		out[i] = c.res.Err
	}
	return out
}

// part is how many bytes one command carries; below 255 leaves room for a reader's own framing.
const part = 240

// load writes the certificates and reads them back; the encryption pair is imported between them.
func (c *card) load() error {
	if c.issued.Err != nil {
		return noCertificate("it refused this card").Because(c.issued.Err)
	}
	if err := c.loadFile("signing_certificate", cos.EFSigning, c.issued.Sign.DER()); err != nil {
		return err
	}
	if c.issued.Crypt != nil {
		if err := c.importKey(c.issued.Envelope); err != nil {
			return err
		}
		if err := c.loadFile("encryption_certificate", cos.EFEncryption, c.issued.Crypt.DER()); err != nil {
			return err
		}
	}
	c.res.SignCert, c.res.CryptCert, c.res.Stage = c.issued.Sign, c.issued.Crypt, Certified
	return nil
}

func (c *card) importKey(envelope []byte) error {
	for rest := envelope; ; rest = rest[part:] {
		cmd := apdu.Command{CLA: 0x80, INS: apdu.ImportKey, Data: rest}
		if len(rest) > part {
			cmd.CLA, cmd.Data = 0x90, rest[:part]
		}
		if _, err := c.send("import encryption pair", cmd); err != nil || len(rest) <= part {
			return err
		}
	}
}

func (c *card) loadFile(name string, id cos.FileID, content []byte) error {
	if _, err := c.send("select "+name, apdu.Command{INS: apdu.Select, P1: 2, Data: []byte{byte(id >> 8), byte(id)}}); err != nil {
		return err
	}
	for at := 0; at < len(content); at += part {
		b := content[at:min(at+part, len(content))]
		if _, err := c.send("write "+name, apdu.Command{INS: apdu.UpdateBinary, P1: byte(at >> 8), P2: byte(at), Data: b}); err != nil {
			return err
		}
	}
	for at := 0; at < len(content); at += part {
		b := content[at:min(at+part, len(content))]
		got, err := c.send("read "+name, apdu.Command{INS: apdu.ReadBinary, P1: byte(at >> 8), P2: byte(at), Le: len(b)})
		if err != nil {
			return err
		}
		if !bytes.Equal(got, b) {
			return mismatch(name)
		}
	}
	return nil
}
