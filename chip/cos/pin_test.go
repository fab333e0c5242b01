package cos

import (
	"testing"

	"kawu/chip/apdu"
	"kawu/chip/key"
)

func verify(digits string) apdu.Command {
	b, err := packPIN(digits)
	if err != nil {
		panic(err)
	}
	return apdu.Command{INS: apdu.Verify, Data: b}
}

func alter(old, fresh string) apdu.Command {
	o, _ := packPIN(old)
	f, _ := packPIN(fresh)
	return apdu.Command{CLA: 0x80, INS: apdu.PIN, P1: 1, Data: append(append(o, 0xFF), f...)}
}

func TestPIN(t *testing.T) {
	c := newCard(t, nil)
	want(t, c, apdu.OK, app(AIDSocial))
	want(t, c, apdu.Tries(6), apdu.Command{INS: apdu.Verify})
	want(t, c, apdu.Tries(5), verify("000000"))
	want(t, c, apdu.OK, verify("123456"))
	want(t, c, apdu.Tries(6), apdu.Command{INS: apdu.Verify})
	want(t, c, apdu.OK, alter("123456", "65432"))
	want(t, c, apdu.WrongData, alter("65432", "123456")) // never back to the initial one
	want(t, c, apdu.Tries(5), alter("123456", "999999"))
	want(t, c, apdu.WrongData, apdu.Command{INS: apdu.Verify, Data: []byte{0x12, 0xAB, 0x56}})
	for left := 4; left > 0; left-- {
		want(t, c, apdu.Tries(left), verify("1111"))
	}
	want(t, c, apdu.Blocked, verify("1111"))
	want(t, c, apdu.Blocked, verify("65432"))
	unblock := apdu.Command{CLA: 0x84, INS: apdu.ChangeSecret}
	want(t, c, apdu.WrongMAC, withMAC(t, c, [16]byte{}, unblock))
	signed := withMAC(t, c, transport, unblock)
	want(t, c, apdu.OK, signed)
	want(t, c, apdu.NoChallenge, signed)
	want(t, c, apdu.OK, verify("65432"))
	fresh, _ := packPIN("888888")
	want(t, c, apdu.OK, withMAC(t, c, transport, apdu.Command{CLA: 0x80, INS: apdu.PIN, Data: fresh}))
	want(t, c, apdu.OK, verify("888888"))
}

func TestInitialPINOpensNothing(t *testing.T) {
	c := newCard(t, func(c *Chip) { c.MustChange = true })
	household := apdu.Command{INS: apdu.ReadRecord, P1: 1, P2: 5<<3 | 4}
	want(t, c, apdu.OK, app(AIDSocial))
	want(t, c, apdu.NotNow, verify("123456"))
	want(t, c, apdu.OK, app("\xD1\x56\x00\x00\x05\x00"))
	want(t, c, apdu.NotSatisfied, household)
	want(t, c, apdu.OK, alter("123456", "246800"))
	want(t, c, apdu.NotSatisfied, household)
	want(t, c, apdu.OK, verify("246800"))
	want(t, c, apdu.OK, household)
}

func TestPINOverTheAir(t *testing.T) {
	c := newCard(t, nil)
	c.Power(Contactless)
	want(t, c, apdu.OK, app(AIDCert))
	pin, _ := packPIN("123456")
	answer := func(secret [16]byte) apdu.Command {
		challenge := want(t, c, apdu.OK, apdu.Command{INS: apdu.Challenge, Le: 16})
		out := make([]byte, 16)
		cipher(secret).EncryptBlocks(out, challenge)
		return apdu.Command{INS: apdu.Verify, Data: out}
	}
	good := answer(secretOf(pin))
	want(t, c, apdu.OK, good)
	want(t, c, apdu.NoChallenge, good)
	want(t, c, apdu.Tries(5), answer([16]byte{}))
}

func TestBlocking(t *testing.T) {
	block := apdu.Command{CLA: 0x84, INS: apdu.AppBlock}
	unblock := apdu.Command{CLA: 0x84, INS: apdu.AppUnblock}
	c := newCard(t, nil)
	want(t, c, apdu.OK, app(AIDDebit))
	want(t, c, apdu.WrongMAC, withMAC(t, c, [16]byte{}, block))
	want(t, c, apdu.OK, withMAC(t, c, transport, block))
	want(t, c, apdu.NotNow, apdu.Command{INS: apdu.ReadRecord, P1: 1, P2: 1<<3 | 4})
	want(t, c, apdu.OK, app(AIDSocial)) // the other application lives on
	want(t, c, apdu.NotNow, withMAC(t, c, transport, unblock))
	want(t, c, apdu.Invalidated, app(AIDDebit))
	want(t, c, apdu.OK, withMAC(t, c, transport, unblock))
	want(t, c, apdu.OK, app(AIDDebit))
	want(t, c, apdu.NotNow, withMAC(t, c, transport, apdu.Command{CLA: 0x84, INS: apdu.CardBlock})) // not the bank's to end
	// Blocking the environment blocks what lies in it.
	want(t, c, apdu.OK, app(AIDSocial))
	want(t, c, apdu.OK, withMAC(t, c, transport, block))
	want(t, c, apdu.Invalidated, app("\xD1\x56\x00\x00\x05\x00"))
	want(t, c, apdu.NotNow, apdu.Command{INS: apdu.ReadRecord, P1: 1, P2: 5<<3 | 4})
	want(t, c, apdu.Invalidated, app(AIDSocial))
	want(t, c, apdu.OK, withMAC(t, c, transport, unblock))
	// For ever.
	want(t, c, apdu.OK, app("\xD1\x56\x00\x00\x05\x03"))
	want(t, c, apdu.OK, withMAC(t, c, transport, apdu.Command{CLA: 0x84, INS: apdu.AppBlock, P2: 1}))
	want(t, c, apdu.AppDead, app("\xD1\x56\x00\x00\x05\x03"))
	want(t, c, apdu.AppDead, unblock)
	// The whole card, across power-off.
	want(t, c, apdu.OK, app(AIDSocial))
	want(t, c, apdu.OK, withMAC(t, c, transport, apdu.Command{CLA: 0x84, INS: apdu.CardBlock}))
	back, err := Load(c.Image(), key.Rebuilt, nil)
	if err != nil {
		t.Fatal(err)
	}
	back.Power(Contact)
	want(t, back, apdu.CardLocked, app(AIDSocial))
	want(t, back, apdu.CardLocked, app(AIDDebit))
}
