package own

import (
	"errors"
	"testing"
	"time"

	"kawu/domain/certificate"
	"kawu/kit/pki"
)

// TestHolding: a hold is lifted within the same second and the list that does not name it has a higher
// number; what is revoked for good keeps the moment of its hold; all of it is in the ledger.
func TestHolding(t *testing.T) {
	p := found(t)
	a := p.open()
	got := issue(t, a, request(t, "crd_1"))
	_, serial := parse(t, got[0].Sign)
	say := func(reason string) error {
		return a.Revoke(ctx, "", []certificate.Revocation{{Serial: serial.String(), Reason: reason}})
	}
	number := p.list("issuing-1").Number()
	for _, x := range []struct {
		reason string
		lines  int
		held   int
	}{{certificate.OnHold, 1, 1}, {certificate.Lifted, 0, 0}, {certificate.OnHold, 1, 1}} {
		if err := say(x.reason); err != nil {
			t.Fatal(err)
		}
		l := p.list("issuing-1")
		st, err := p.open().Status(ctx)
		if l.Len() != x.lines || l.Number() <= number || err != nil || st.Held != x.held || st.Revoked != 0 {
			t.Errorf("%s: %d lines, number %d after %d, %+v %v", x.reason, l.Len(), l.Number(), number, st, err)
		}
		number = l.Number()
	}
	if st, err := a.standings([]pki.Serial{serial}); err != nil || !st[0].Revoked || st[0].Cause != pki.Hold {
		t.Error(st, err)
	}
	if again := issue(t, a, request(t, "crd_1")); again[0].Fault != OtherKey {
		t.Error("a card on hold has certificates for two keys")
	}
	p.clock.To(start.Add(time.Hour))
	for _, reason := range []string{certificate.Lost, certificate.OnHold, certificate.Superseded} {
		if err := say(reason); err != nil {
			t.Fatal(err)
		}
	}
	if r, _ := p.list("issuing-1").Find(serial); r.Cause != pki.KeyCompromise || !r.At.Equal(start) {
		t.Error(r)
	}
	if err := say(certificate.Lifted); !errors.Is(err, Final) {
		t.Error("what is revoked for good was lifted:", err)
	}
	if st, err := p.open().Status(ctx); err != nil || st.Held != 0 || st.Revoked != 1 {
		t.Errorf("%+v %v", st, err)
	}
}
