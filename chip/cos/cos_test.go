package cos

import (
	"bytes"
	"encoding/hex"
	"errors"
	"strings"
	"testing"

	"kawu/chip/apdu"
	"kawu/chip/element"
	"kawu/chip/key"
	"kawu/chip/tlv"
	"kawu/kit/sm"
)

var transport = [16]byte{7: 9}

var blank = Chip{Generation: 3, Maker: [3]byte{'K', 'W', 1}, Lot: [3]byte{0, 0, 1}, Serial: 0x01020304, PIN: "123456", PINTries: 6}

func newCard(t testing.TB, change func(*Chip)) *Card {
	t.Helper()
	chip := blank
	if change != nil {
		change(&chip)
	}
	c, err := New(chip, transport, key.Rebuilt, nil)
	if err != nil {
		t.Fatal(err)
	}
	c.Power(Contact)
	return c
}

func send(t testing.TB, c apdu.Channel, cmd apdu.Command) apdu.Response {
	t.Helper()
	r, err := apdu.Send(c, cmd)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func want(t testing.TB, c apdu.Channel, s apdu.Status, cmd apdu.Command) []byte {
	t.Helper()
	r := send(t, c, cmd)
	if r.Status != s {
		t.Helper()
		t.Fatalf("%02X %02X %02X%02X: %s, want %s", cmd.CLA, cmd.INS, cmd.P1, cmd.P2, r.Status, s)
	}
	return r.Data
}

func app(name string) apdu.Command { return apdu.Command{INS: apdu.Select, P1: 4, Data: []byte(name)} }

func cipher(k [16]byte) *sm.Cipher { c, _ := sm.NewCipher(k[:]); return c }

// prove runs GET CHALLENGE and EXTERNAL AUTHENTICATE.
func prove(t testing.TB, c apdu.Channel, id key.ID, k [16]byte) apdu.Status {
	t.Helper()
	challenge := want(t, c, apdu.OK, apdu.Command{INS: apdu.Challenge, Le: 8})
	return send(t, c, proofOf(id, k, challenge)).Status
}

func proofOf(id key.ID, k [16]byte, challenge []byte) apdu.Command {
	source := [8]byte{1, 2, 3}
	p := key.Rebuilt.Proof(cipher(k), [8]byte(challenge), source)
	return apdu.Command{INS: apdu.External, P2: byte(id), Data: append(p[:], source[:]...)}
}

// withMAC appends the MAC that a command needs.
func withMAC(t testing.TB, c apdu.Channel, k [16]byte, cmd apdu.Command) apdu.Command {
	t.Helper()
	challenge := want(t, c, apdu.OK, apdu.Command{INS: apdu.Challenge, Le: 8})
	head := append([]byte{cmd.CLA, cmd.INS, cmd.P1, cmd.P2, byte(len(cmd.Data) + 4)}, cmd.Data...)
	m := key.Rebuilt.MAC(cipher(k), [8]byte(challenge), head)
	cmd.Data = append(bytes.Clone(cmd.Data), m[:]...)
	return cmd
}

func record(file, rec byte) apdu.Command {
	return apdu.Command{INS: apdu.ReadRecord, P1: rec, P2: file<<3 | 4}
}

func update(file, rec byte, e element.Element, text string) apdu.Command {
	v, err := e.Encode(text)
	if err != nil {
		panic(err)
	}
	return apdu.Command{INS: apdu.UpdateRecord, P1: rec, P2: file<<3 | 4, Data: tlv.Record(e.Tag, v)}
}

func TestAnswerToReset(t *testing.T) {
	c := newCard(t, nil)
	if got := hex.EncodeToString(c.Power(Contact)); got != "3b6d000000814b57018600000101020304" {
		t.Error("ATR", got)
	}
	ats := c.Power(Contactless)
	if int(ats[0]) != len(ats) || !bytes.HasSuffix(ats, blank.Historical()) {
		t.Errorf("ATS %X", ats)
	}
	if newCard(t, func(c *Chip) { c.Generation = 2 }).Power(Contactless) != nil {
		t.Error("generation 2 has an antenna")
	}
	c.Off()
	if _, err := c.Transmit([]byte{0, 0xA4, 0, 0}); !errors.Is(err, ErrMute) {
		t.Error("answers without power:", err)
	}
}

// Every file of the public applications can be selected; a record nobody has published is absent,
// even for the key that may read.
func TestEveryFileIsThere(t *testing.T) {
	c := newCard(t, nil)
	for aid, ids := range map[string][]byte{
		rid + "\x00": {0x05, 0x06, 0x07, 0x08, 0x09, 0x0A, 0x15, 0x16, 0x17, 0x18, 0x19, 0x1A},
		rid + "\x01": {0x05, 0x06, 0x07, 0x09, 0x15, 0x16},
		rid + "\x02": {0x05, 0x06, 0x07, 0x15},
		rid + "\x03": {0x05, 0x06, 0x08, 0x15},
		rid + "\x04": {0x05},
	} {
		want(t, c, apdu.OK, app(aid))
		for _, id := range ids {
			want(t, c, apdu.OK, apdu.Command{INS: apdu.Select, P1: 2, Data: []byte{0xEF, id}})
		}
	}
	want(t, c, apdu.OK, app(rid+"\x00"))
	want(t, c, apdu.NotSatisfied, record(0x16, 1))
	if s := prove(t, c, key.Read, transport); s != apdu.OK {
		t.Fatal(s)
	}
	want(t, c, apdu.NoRecord, record(0x16, 1))
}

func TestSelect(t *testing.T) {
	c := newCard(t, nil)
	fci := want(t, c, apdu.OK, app(AIDSocial))
	if alg, ok := tlv.Find(fci, 0x6F, 0xA5, 0x9F0C, 0x86); !ok || !bytes.Equal(alg, []byte{3}) {
		t.Errorf("algorithm in %X", fci)
	}
	// As it is on the wire: T=0 lets the answer be fetched.
	b, _ := hex.DecodeString("00A404000F7378312E73682EC9E7BBE1B1A3D5CF")
	if r, _ := c.Transmit(b); r[0] != 0x61 || int(r[1]) != len(fci) {
		t.Errorf("%X", r)
	}
	want(t, c, apdu.OK, apdu.Command{INS: apdu.Select, P1: 2, Data: []byte{0xEF, 5}})
	want(t, c, apdu.OK, apdu.Command{INS: apdu.Select, Data: []byte{0xDF, 1}})
	want(t, c, apdu.NoFile, apdu.Command{INS: apdu.Select, Data: []byte{0x12, 0x34}})
	want(t, c, apdu.NoFile, app("sx2.sh."))
	want(t, c, apdu.WrongLength, app("sx1"))
	want(t, c, apdu.OK, app("\xD1\x56\x00\x00\x05"))
	want(t, c, apdu.OK, app(AIDDebit))
	want(t, c, apdu.OK, apdu.Command{INS: apdu.Select, Data: []byte{0x3F, 0}})
	if old := newCard(t, func(c *Chip) { c.Generation = 2 }); send(t, old, app(AIDCert)).Status != apdu.NoFile {
		t.Error("generation 2 has certificates")
	}
}

func TestHolderDataIsHidden(t *testing.T) {
	c := newCard(t, nil)
	want(t, c, apdu.OK, app(AIDSocial))
	want(t, c, apdu.NotSatisfied, record(6, 1))
	want(t, c, apdu.NotSatisfied, update(6, 1, element.Number, "11010519491231002X"))
	if s := prove(t, c, key.Update, transport); s != apdu.OK {
		t.Fatal(s)
	}
	want(t, c, apdu.OK, update(6, 1, element.Number, "11010519491231002X"))
	want(t, c, apdu.NotSatisfied, record(6, 1)) // writing is not reading
	if s := prove(t, c, key.Read, transport); s != apdu.OK {
		t.Fatal(s)
	}
	if b := want(t, c, apdu.OK, record(6, 1)); string(b) != "\x08\x1211010519491231002X" {
		t.Errorf("%q", b)
	}
	if b := want(t, c, apdu.OK, apdu.Command{INS: apdu.ReadRecord, P1: 0x08, P2: 6 << 3, Le: 20}); len(b) != 20 {
		t.Error("by tag")
	}
	if r, _ := c.Transmit([]byte{0, 0xB2, 1, 0x34, 5}); !bytes.Equal(r, []byte{0x6C, 20}) {
		t.Errorf("wrong expected length: %X", r)
	}
	want(t, c, apdu.NoRecord, record(6, 8))
	want(t, c, apdu.NoFile, record(9, 1))
	want(t, c, apdu.WrongData, apdu.Command{INS: apdu.UpdateRecord, P1: 1, P2: 6<<3 | 4, Data: []byte{8, 1, 'x'}})
	want(t, c, apdu.OK, app(AIDPKI)) // another environment forgets
	want(t, c, apdu.OK, app(AIDSocial))
	want(t, c, apdu.NotSatisfied, record(6, 1))
	prove(t, c, key.Read, transport)
	c.Power(Contact) // power-off forgets
	want(t, c, apdu.OK, app(AIDSocial))
	want(t, c, apdu.NotSatisfied, record(6, 1))
	old := newCard(t, func(c *Chip) { c.Generation = 2 })
	want(t, old, apdu.OK, app(AIDSocial))
	want(t, old, apdu.OK, record(6, 1))
}

func TestProofs(t *testing.T) {
	c := newCard(t, nil)
	want(t, c, apdu.OK, app(AIDSocial))
	challenge := want(t, c, apdu.OK, apdu.Command{INS: apdu.Challenge, Le: 8})
	good := proofOf(key.Read, transport, challenge)
	want(t, c, apdu.OK, good)
	want(t, c, apdu.NoChallenge, good) // replay
	want(t, c, apdu.OK, apdu.Command{INS: apdu.Challenge, Le: 8})
	want(t, c, apdu.Tries(4), good) // replay over a new challenge
	want(t, c, apdu.NoKey, func() apdu.Command {
		want(t, c, apdu.OK, apdu.Command{INS: apdu.Challenge, Le: 8})
		return proofOf(0x0C, transport, challenge)
	}())
	want(t, c, apdu.KeyUnsupported, proofOf(key.Internal, transport, challenge))
	for left := 3; left >= 0; left-- {
		if s := prove(t, c, key.Read, [16]byte{}); s != apdu.Tries(left) {
			t.Fatal(s)
		}
	}
	if s := prove(t, c, key.Read, transport); s != apdu.Blocked {
		t.Error("a locked key proves:", s)
	}
	// The card proves itself, with the internal key only.
	in := append([]byte("factor08"), "source08"...)
	p := want(t, c, apdu.OK, apdu.Command{INS: apdu.Internal, Data: in})
	if w := key.Rebuilt.Proof(cipher(transport), [8]byte(in[:8]), [8]byte(in[8:])); !w.Equal(p) {
		t.Error("internal proof")
	}
	want(t, c, apdu.KeyUnsupported, apdu.Command{INS: apdu.Internal, P2: byte(key.Read), Data: in})
	want(t, c, apdu.WrongLength, apdu.Command{INS: apdu.Challenge, Le: 7})
}

func TestKeysAreReplacedOnce(t *testing.T) {
	c := newCard(t, nil)
	want(t, c, apdu.OK, app(AIDSocial))
	live := [16]byte{1}
	wrap := func(under [16]byte, h key.Header, k [16]byte) apdu.Command {
		w, _ := key.Wrap(cipher(under), h, k)
		return apdu.Command{CLA: 0x80, INS: apdu.WriteKey, Data: w}
	}
	together := func(set ...apdu.Command) apdu.Command {
		out := apdu.Command{CLA: 0x80, INS: apdu.WriteKey}
		for _, x := range set {
			out.Data = append(out.Data, x.Data...)
		}
		return out
	}
	read := wrap(transport, key.Header{ID: key.Read, Version: 1, Tries: 3}, live)
	want(t, c, apdu.WrongData, together(read, read))
	want(t, c, apdu.NoKey, together(read, wrap(transport, key.Header{ID: 0x0D, Version: 1, Tries: 3}, live)))
	want(t, c, apdu.WrongMAC, together(read, wrap(live, key.Header{ID: key.Update, Version: 1, Tries: 3}, live)))
	want(t, c, apdu.WrongLength, together())
	if s := prove(t, c, key.Read, transport); s != apdu.OK {
		t.Fatal("a refused set left one of its keys behind:", s)
	}
	want(t, c, apdu.OK, together(read, wrap(transport, key.Header{ID: key.Maintain, Version: 1, Tries: 3}, live)))
	want(t, c, apdu.WrongData, wrap(transport, key.Header{ID: key.Read, Version: 1, Tries: 3}, transport)) // same version again
	want(t, c, apdu.WrongData, wrap(transport, key.Header{ID: key.Read, Version: 2}, transport))           // no tries
	want(t, c, apdu.WrongMAC, wrap(live, key.Header{ID: key.Read, Version: 2, Tries: 3}, transport))
	want(t, c, apdu.NoKey, wrap(transport, key.Header{ID: 0x0D, Version: 1, Tries: 3}, live))
	want(t, c, apdu.OK, wrap(transport, key.Header{ID: key.Master, Version: 1, Tries: 3}, live))
	want(t, c, apdu.WrongMAC, wrap(transport, key.Header{ID: key.Update, Version: 1, Tries: 3}, live)) // the old master is gone
	if s := prove(t, c, key.Read, transport); s != apdu.Tries(2) {
		t.Error("the transport key still opens:", s)
	}
	if s := prove(t, c, key.Read, live); s != apdu.OK {
		t.Error(s)
	}
}

func TestHostileCommands(t *testing.T) {
	c := newCard(t, nil)
	for _, s := range []struct {
		hex  string
		want apdu.Status
	}{{"00", apdu.WrongLength}, {"00A4040010AA", apdu.WrongLength}, {"00FF0000", apdu.NoInstruction}, {"80A40400", apdu.NoClass}, {"00C0000010", apdu.NotNow},
		{"00B0000010", apdu.NotNow}, {"00B09F0010", apdu.NoFile}, {"00B2013410", apdu.NoFile}, {"00A4060000", apdu.WrongP1P2}} {
		b, _ := hex.DecodeString(s.hex)
		r, err := c.Transmit(b)
		if err != nil || !bytes.Equal(r, s.want.Bytes()) {
			t.Errorf("%s: %X, want %s", s.hex, r, s.want)
		}
	}
	big := apdu.Command{CLA: 0x10, INS: apdu.UpdateBinary, Data: make([]byte, 200)}
	var last apdu.Status
	for range 30 {
		if last = send(t, c, big).Status; last != apdu.OK {
			break
		}
	}
	if last != apdu.WrongLength {
		t.Error("chaining has no end:", last)
	}
}

func TestWrongBlanks(t *testing.T) {
	for name, change := range map[string]func(*Chip){"generation": func(c *Chip) { c.Generation = 4 }, "pin": func(c *Chip) { c.PIN = "12" },
		"letters": func(c *Chip) { c.PIN = "12345a" }, "tries": func(c *Chip) { c.PINTries = 0 }} {
		chip := blank
		change(&chip)
		if _, err := New(chip, transport, key.Rebuilt, nil); err == nil {
			t.Error(name)
		}
	}
	for _, image := range []string{"", "x", strings.Repeat("\x00", 7)} {
		if _, err := Load([]byte(image), key.Rebuilt, nil); err == nil {
			t.Errorf("%q is a card", image)
		}
	}
}

func FuzzCommands(f *testing.F) {
	f.Add([]byte("\x00\xA4\x04\x00\x0F" + AIDSocial))
	f.Add([]byte{0x90, 0xD6, 0, 0, 1, 1})
	f.Add([]byte{0x80, 0xE2, 0x80, 0, 4, 1, 1, 1, 0})
	f.Fuzz(func(t *testing.T, b []byte) {
		c := newCard(t, nil)
		c.Transmit(app(AIDSocial).Bytes())
		prove(t, c, key.Update, transport)
		for _, name := range []string{AIDSocial, AIDCert, AIDDebit} {
			c.Transmit(app(name).Bytes())
			if r, err := c.Transmit(b); err != nil || len(r) < 2 {
				t.Fatal(r, err)
			}
		}
		if back, err := Load(c.Image(), key.Rebuilt, nil); err != nil || !bytes.Equal(back.Image(), c.Image()) {
			t.Fatal("image", err)
		}
	})
}
