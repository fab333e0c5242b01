package cos

import (
	"bytes"
	"errors"
	"testing"

	"kawu/chip/apdu"
	"kawu/chip/element"
	"kawu/chip/key"
)

// cut is a Store that fails once, at the nth change: the power goes before the memory has it.
type cut struct {
	image []byte
	left  int
}

func (s *cut) Append(b []byte) error {
	if s.left == 0 {
		return errors.New("power cut")
	}
	s.left--
	s.image = append(s.image, b...)
	return nil
}

// script is a session in which nearly every kind of command changes memory.
func script(c apdu.Channel) {
	pin, _ := packPIN("246800")
	wrapped, _ := key.Wrap(cipher(transport), key.Header{ID: key.Read, Version: 1, Tries: 3}, [16]byte{5})
	challenge := func() []byte {
		r, err := apdu.Send(c, apdu.Command{INS: apdu.Challenge, Le: 8})
		if err != nil || len(r.Data) != 8 {
			return make([]byte, 8)
		}
		return r.Data
	}
	mac := func(cmd apdu.Command) apdu.Command {
		ch := challenge()
		head := append([]byte{cmd.CLA, cmd.INS, cmd.P1, cmd.P2, byte(len(cmd.Data) + 4)}, cmd.Data...)
		m := key.Rebuilt.MAC(cipher(transport), [8]byte(ch), head)
		cmd.Data = append(bytes.Clone(cmd.Data), m[:]...)
		return cmd
	}
	steps := []func() apdu.Command{
		func() apdu.Command { return app(AIDSocial) },
		func() apdu.Command { return proofOf(key.Update, transport, challenge()) },
		func() apdu.Command { return update(6, 1, element.Number, "11010519491231002X") },
		func() apdu.Command { return update(5, 7, element.CardNumber, "BA0010547") },
		func() apdu.Command { return verify("000000") },
		func() apdu.Command { return alter("123456", "246800") },
		func() apdu.Command { return mac(apdu.Command{CLA: 0x80, INS: apdu.PIN, Data: pin}) },
		func() apdu.Command { return apdu.Command{CLA: 0x80, INS: apdu.WriteKey, Data: wrapped} },
		func() apdu.Command { return app(AIDCert) },
		func() apdu.Command { return proofOf(key.Update, transport, challenge()) },
		func() apdu.Command { return apdu.Command{INS: apdu.GenerateKey, Le: PublicKeySize} },
		func() apdu.Command { return app(AIDDebit) },
		func() apdu.Command { return proofOf(key.Master, transport, challenge()) },
		func() apdu.Command {
			return apdu.Command{CLA: 0x80, INS: apdu.StoreData, P1: 0x80, Data: []byte{0x91, 4, 2, 0x40, 0, 1, 1, 2, 0x70, 0}}
		},
		func() apdu.Command { return apdu.Command{CLA: 0x80, INS: apdu.Options, Data: []byte{0x83, 0}} },
		func() apdu.Command { return mac(apdu.Command{CLA: 0x84, INS: apdu.AppBlock}) },
	}
	for _, step := range steps {
		if _, err := apdu.Send(c, step()); err != nil {
			return
		}
	}
}

// A cut at every change: the card that comes back is the card after some whole command, and it can
// be used.
func TestPowerCutAtEveryChange(t *testing.T) {
	for n := 1; ; n++ {
		store := &cut{left: n}
		c, err := New(blank, transport, key.Rebuilt, store)
		if err != nil {
			t.Fatal(err)
		}
		c.Power(Contact)
		done := true
		script(c)
		if store.left == 0 {
			_, err := c.Transmit([]byte{0, 0x84, 0, 0, 8})
			done = !errors.Is(err, ErrMute)
		}
		back, err := Load(store.image, key.Rebuilt, nil)
		if err != nil {
			t.Fatal(n, err)
		}
		if !bytes.Equal(back.Image(), c.Image()) {
			t.Fatalf("cut %d: what the chip kept is not what it showed", n)
		}
		has := func(a address) bool { return back.mem.Get(a) != nil }
		if has(scalarAt(scalarSigning)) != has(address{App: cert, Kind: cellBytes, ID: uint16(EFPublicKey)}) ||
			has(bankData(dgiClosed)) != has(bankData(dgiOptions)) {
			t.Fatalf("cut %d: half a command", n)
		}
		back.Power(Contact)
		if s := send(t, back, app(AIDSocial)).Status; s != apdu.OK {
			t.Fatal(n, s)
		}
		if done {
			if n < 15 { // a script that changes nothing proves nothing
				t.Fatal("the script changes memory too rarely:", n)
			}
			return
		}
	}
}

// Cutting the power right after a wrong PIN was sent never buys another try.
func TestCutBuysNoTries(t *testing.T) {
	store := &cut{left: 1}
	c, err := New(blank, transport, key.Rebuilt, store)
	if err != nil {
		t.Fatal(err)
	}
	for left := 5; left >= 0; left-- {
		store.left = 1 // the counter gets through, nothing after it
		c.Power(Contact)
		want(t, c, apdu.OK, app(AIDSocial))
		apdu.Send(c, verify("000000"))
		if c, err = Load(store.image, key.Rebuilt, store); err != nil {
			t.Fatal(err)
		}
		if p, _ := c.getPIN(social); int(p.left) != left {
			t.Fatalf("%d tries left, want %d", p.left, left)
		}
	}
}

// The try is taken in memory before the comparison: cut between the two, even the right PIN has cost
// one.
func TestTryIsTakenFirst(t *testing.T) {
	store := &cut{left: 1}
	c, err := New(blank, transport, key.Rebuilt, store)
	if err != nil {
		t.Fatal(err)
	}
	for name, cmd := range map[string]func() apdu.Command{
		"PIN": func() apdu.Command { return verify("123456") },
		"key": func() apdu.Command {
			return proofOf(key.Read, transport, want(t, c, apdu.OK, apdu.Command{INS: apdu.Challenge, Le: 8}))
		},
	} {
		c.Power(Contact)
		want(t, c, apdu.OK, app(AIDSocial))
		store.left = 1
		if _, err := apdu.Send(c, cmd()); !errors.Is(err, ErrMute) {
			t.Error(name, "answered although its memory failed:", err)
		}
		if c, err = Load(store.image, key.Rebuilt, store); err != nil {
			t.Fatal(err)
		}
	}
	c.s.app = social
	p, _ := c.getPIN(social)
	if _, s, _ := c.findKey(key.Read); p.left != 5 || s.left != transportTries-1 {
		t.Error("tries left:", p.left, s.left)
	}
}
