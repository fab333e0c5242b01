package ca_test

import (
	"bytes"
	"context"
	"encoding/hex"
	"encoding/pem"
	"fmt"
	"testing"

	"kawu/domain/certificate"
	"kawu/kit/sm"
	"kawu/partner/ca"
	"kawu/partner/ca/conform"
	"kawu/partner/ca/sim"
	"kawu/partner/wire/trial"
)

func start(t *testing.T) (*trial.Ground[*sim.Sim], *ca.Service) {
	g := trial.Start(t, sim.New)
	return g, ca.New(g.Client("ca"))
}

func requests(t *testing.T, n int) []certificate.Request {
	t.Helper()
	out := make([]certificate.Request, n)
	for i := range out {
		k, err := sm.GenerateKey()
		if err != nil {
			t.Fatal(err)
		}
		out[i] = certificate.Request{Key: fmt.Sprintf("crd_%d", i), Name: trial.Name(i), Number: trial.Number(i),
			PublicKey: hex.EncodeToString(k.Public().Point()), NotAfter: "2034-02-01T23:59:59+08:00"}
	}
	return out
}

func TestConform(t *testing.T) {
	conform.Conform(t, func(t *testing.T) conform.Party {
		g, s := start(t)
		return conform.Party{Authority: s, Outside: g, Requests: requests(t, 3), Now: g.Clock.Now()}
	})
}

// Each certificate names the list that it can stand on: the issuing authority's the root's, a holder's
// the issuing authority's.
func TestWhereListsAre(t *testing.T) {
	g, s := start(t)
	got, err := s.Issue(context.Background(), "k", requests(t, 1))
	if err != nil {
		t.Fatal(err)
	}
	chain, err := g.Sim.Chain()
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct{ pem, list, not string }{
		"issuing": {chain.Issuing, "/root.crl", "/issuing.crl"}, "sign": {got[0].Sign, "/issuing.crl", "/root.crl"}, "encrypt": {got[0].Encrypt, "/issuing.crl", "/root.crl"},
	} {
		b, _ := pem.Decode([]byte(c.pem))
		if b == nil || !bytes.Contains(b.Bytes, []byte(c.list)) || bytes.Contains(b.Bytes, []byte(c.not)) {
			t.Errorf("%s does not name %s, or names %s", name, c.list, c.not)
		}
	}
}

// TestTold: a refusal by order, once and for ever, with the authority's code passed through.
func TestTold(t *testing.T) {
	g, s := start(t)
	g.Tell(`{"refuse_once":{"crd_0":"20003"},"refuse":{"` + trial.Number(1) + `":"30001"}}`)
	list := requests(t, 2)
	for _, want := range [][2]string{{"20003", "30001"}, {"", "30001"}} {
		got, err := s.Issue(context.Background(), "k"+want[0], list)
		if err != nil || got[0].Fault != want[0] || got[1].Fault != want[1] {
			t.Fatal(got[0].Fault, got[1].Fault, err)
		}
	}
}

// TestParts: a set larger than one question comes back whole and in order, also when its second part
// was lost on the way.
func TestParts(t *testing.T) {
	if testing.Short() {
		t.Skip("more than 5,000 certificates")
	}
	g, s := start(t)
	list := requests(t, ca.PerQuestion+1)
	if _, err := s.Issue(context.Background(), "k1", list[:ca.PerQuestion]); err != nil {
		t.Fatal(err)
	}
	g.Tell(`{"lose":1}`)
	if _, err := s.Issue(context.Background(), "k1", list); err == nil {
		t.Fatal("no answer was lost")
	}
	got, err := s.Issue(context.Background(), "k1", list)
	if err != nil || len(got) != len(list) {
		t.Fatal(len(got), err)
	}
	for i, c := range got {
		if c.Key != list[i].Key || c.Fault != "" {
			t.Fatal(c.Key, c.Fault)
		}
	}
	if n := g.Work(); n != len(list) {
		t.Fatalf("%d cards certified, want %d", n, len(list))
	}
}
