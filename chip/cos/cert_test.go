package cos

import (
	"bytes"
	"testing"

	"kawu/chip/apdu"
	"kawu/chip/key"
	"kawu/chip/tlv"
	"kawu/kit/sm"
)

// chained sends long data in parts, as T=0 needs it.
func chained(t testing.TB, c apdu.Channel, s apdu.Status, cmd apdu.Command) []byte {
	t.Helper()
	rest := cmd.Data
	for len(rest) > 200 {
		part := cmd
		part.CLA |= 0x10
		part.Data, part.Le = rest[:200], 0
		want(t, c, apdu.OK, part)
		rest = rest[200:]
	}
	cmd.Data = rest
	return want(t, c, s, cmd)
}

func TestCertificateApplication(t *testing.T) {
	c := newCard(t, nil)
	want(t, c, apdu.OK, app(AIDCert))
	generate := apdu.Command{INS: apdu.GenerateKey, Le: PublicKeySize}
	want(t, c, apdu.NotSatisfied, generate)
	prove(t, c, key.Update, transport)
	public := want(t, c, apdu.OK, generate)
	signing, err := sm.NewPublicKey(append([]byte{4}, public[2:]...))
	if err != nil || len(public) != PublicKeySize {
		t.Fatal(err)
	}
	want(t, c, apdu.NotSatisfied, generate) // a second pair needs the maintenance key
	read := apdu.Command{INS: apdu.ReadBinary, Le: PublicKeySize}
	want(t, c, apdu.OK, apdu.Command{INS: apdu.Select, P1: 2, Data: []byte{0, 0x12}})
	if b := want(t, c, apdu.OK, read); !bytes.Equal(b, public) {
		t.Error("EF 0012")
	}
	want(t, c, apdu.NotSatisfied, apdu.Command{INS: apdu.UpdateBinary, Data: []byte{1}})
	// The encryption pair arrives sealed to the signing key.
	pair, _ := sm.GenerateKey()
	envelope, _ := sm.Envelope(signing, pair)
	other, _ := sm.GenerateKey()
	wrong, _ := sm.Envelope(other.Public(), pair)
	chained(t, c, apdu.WrongData, apdu.Command{CLA: 0x80, INS: apdu.ImportKey, Data: wrong})
	chained(t, c, apdu.OK, apdu.Command{CLA: 0x80, INS: apdu.ImportKey, Data: envelope})
	// A certificate in its file, read back by offset.
	text := bytes.Repeat([]byte("certificate "), 60)
	want(t, c, apdu.OK, apdu.Command{INS: apdu.Select, P1: 2, Data: []byte{0, 0x18}})
	for off := 0; off < len(text); off += 240 {
		want(t, c, apdu.OK, apdu.Command{INS: apdu.UpdateBinary, P1: byte(off >> 8), P2: byte(off), Data: text[off : off+240]})
	}
	if b := want(t, c, apdu.OK, apdu.Command{INS: apdu.ReadBinary, P1: 1, P2: 0, Le: 256}); !bytes.Equal(b, text[256:512]) {
		t.Error("EF 0018")
	}
	want(t, c, apdu.OutsideFile, apdu.Command{INS: apdu.ReadBinary, P1: 5, P2: 0, Le: 1})
	want(t, c, apdu.NoSpace, apdu.Command{INS: apdu.UpdateBinary, P1: 4, P2: 0xFF, Data: []byte{1, 2}})
	// Signing and decrypting need the PIN.
	msg := []byte("承诺")
	e, _ := signing.MessageDigest(msg)
	sign := apdu.Command{INS: apdu.Security, P1: 0x9E, P2: 0x9A, Data: e}
	want(t, c, apdu.NotSatisfied, sign)
	want(t, c, apdu.OK, verify("123456"))
	if !signing.Verify(msg, want(t, c, apdu.OK, sign)) {
		t.Error("the card's signature")
	}
	sealed, _ := pair.Public().Encrypt(msg)
	if b := want(t, c, apdu.OK, apdu.Command{INS: apdu.Security, P1: 0x80, P2: 0x86, Data: sealed}); !bytes.Equal(b, msg) {
		t.Error("decryption")
	}
	want(t, c, apdu.WrongData, apdu.Command{INS: apdu.Security, P1: 0x80, P2: 0x86, Data: sealed[1:]})
}

func TestBankApplication(t *testing.T) {
	c := newCard(t, nil)
	gpo := apdu.Command{CLA: 0x80, INS: apdu.Options, Data: []byte{0x83, 0}}
	want(t, c, apdu.OK, app(AIDDebit))
	want(t, c, apdu.NotNow, gpo)
	rec := tlv.Append(nil, 0x70, tlv.Append(nil, 0x5A, []byte{0x62, 0x17, 0, 0, 0, 0, 0, 0, 0, 0x4F}))
	store := apdu.Command{CLA: 0x80, INS: apdu.StoreData, P1: 0x80, Data: bytes.Join([][]byte{
		{0x91, 0x02, 9}, {0x50, 7}, []byte("UPDEBIT"), {0x91, 0x04, 6, 0x40, 0, 8, 1, 1, 0}, {1, 1, byte(len(rec))}, rec}, nil)}
	want(t, c, apdu.NotSatisfied, store)
	prove(t, c, key.Master, transport)
	bad := store
	bad.Data = append(bytes.Clone(store.Data), 0x99, 0x99, 0)
	want(t, c, apdu.NoKey, bad)
	want(t, c, apdu.NoRecord, apdu.Command{INS: apdu.ReadRecord, P1: 1, P2: 1<<3 | 4}) // nothing of a refused command stays
	want(t, c, apdu.OK, store)
	want(t, c, apdu.NotNow, store)
	fci := want(t, c, apdu.OK, app(AIDDebit))
	if v, ok := tlv.Find(fci, 0x6F, 0xA5, 0x50); !ok || string(v) != "UPDEBIT" {
		t.Errorf("%X", fci)
	}
	if b := want(t, c, apdu.OK, gpo); !bytes.Equal(b, []byte{0x80, 6, 0x40, 0, 8, 1, 1, 0}) {
		t.Errorf("%X", b)
	}
	if b := want(t, c, apdu.OK, apdu.Command{INS: apdu.ReadRecord, P1: 1, P2: 1<<3 | 4}); !bytes.Equal(b, rec) {
		t.Errorf("%X", b)
	}
	want(t, c, apdu.OK, gpo)
	if b := want(t, c, apdu.OK, apdu.Command{CLA: 0x80, INS: apdu.GetData, P1: 0x9F, P2: 0x36}); !bytes.Equal(b, []byte{0x9F, 0x36, 2, 0, 2}) {
		t.Errorf("counter %X", b)
	}
	c.Power(Contactless)
	if v, ok := tlv.Find(want(t, c, apdu.OK, app(AIDPPSE)), 0x6F, 0xA5, 0xBF0C, 0x61, 0x4F); !ok || string(v) != AIDDebit {
		t.Error("PPSE does not name the bank application")
	}
}
