package conform

import (
	"context"
	"encoding/pem"
	"errors"
	"fmt"
	"testing"

	"kawu/domain/certificate"
	"kawu/kit/pki"
	"kawu/partner/wire"
)

// holding: a hold is on the list with its reason and gone from the next list when it is lifted, as often
// as one likes; a reason for good ends it, keeps its moment, and is never taken back.
func holding(t *testing.T, start func(t *testing.T) Party) {
	p := start(t)
	got := p.issue(t, "k1")
	lost := serial(t, got[0].Sign)
	number, turn := uint64(0), 0
	say := func(reason string) error {
		turn++
		return p.Revoke(context.Background(), fmt.Sprint("h", turn), []certificate.Revocation{{Serial: lost, Reason: reason}})
	}
	want := func(lines int, cause pki.Cause) pki.Revoked {
		t.Helper()
		list := p.list(t)
		s, err := pki.ParseSerial(lost)
		r, named := list.Find(s)
		if err != nil || list.Len() != lines || named != (lines == 1) || r.Cause != cause || list.Number() <= number {
			t.Fatalf("%d lines, %+v, number %d after %d", list.Len(), r, list.Number(), number)
		}
		number = list.Number()
		return r
	}
	steps := []struct {
		reason string
		lines  int
		cause  pki.Cause
	}{
		{certificate.Lifted, 0, 0}, {certificate.OnHold, 1, pki.Hold}, {certificate.OnHold, 1, pki.Hold}, {certificate.Lifted, 0, 0},
		{certificate.Lifted, 0, 0}, {certificate.OnHold, 1, pki.Hold},
	}
	var held pki.Revoked
	for i, x := range steps {
		if err := say(x.reason); err != nil {
			t.Fatal(i, x.reason, err)
		}
		if i == len(steps)-1 {
			p.Restart()
		}
		held = want(x.lines, x.cause)
	}
	other := p.Requests[0]
	p.Requests[0].PublicKey = p.Requests[1].PublicKey
	if again := p.issueAny(t, "k2"); again[0].Fault == "" {
		t.Error("a card whose certificate is on hold has certificates for two keys")
	}
	p.Requests[0] = other
	for _, reason := range []string{certificate.Lost, certificate.OnHold, certificate.Superseded} {
		if err := say(reason); err != nil {
			t.Fatal(reason, err)
		}
		if r := want(1, pki.KeyCompromise); !r.At.Equal(held.At) {
			t.Errorf("%s: since %s, on hold since %s", reason, r.At, held.At)
		}
	}
	if err := say(certificate.Lifted); !errors.Is(err, wire.Refused) {
		t.Error("what is revoked for good was lifted:", err)
	}
	want(1, pki.KeyCompromise)
}

// list is the authority's newest.
func (p Party) list(t *testing.T) *pki.RevocationList {
	t.Helper()
	chain := p.chain(t)
	block, _ := pem.Decode([]byte(chain.List))
	if block == nil {
		t.Fatal("no revocation list")
	}
	list, err := pki.ParseRevocationList(block.Bytes, parse(t, chain.Issuing))
	if err != nil {
		t.Fatal(err)
	}
	return list
}
