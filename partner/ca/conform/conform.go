// Package conform is what every authority behind certificate.Authority must keep, whether it is our
// adapter with the simulator or a real authority's test system. Only tests import it.
package conform

import (
	"bytes"
	"context"
	"encoding/hex"
	"encoding/pem"
	"errors"
	"fmt"
	"testing"
	"time"

	"kawu/domain/certificate"
	"kawu/kit/pki"
	"kawu/partner/wire"
	"kawu/partner/wire/trial"
)

// Party is an authority under trial, with requests for three cards that it accepts.
type Party struct {
	certificate.Authority
	trial.Outside
	Requests []certificate.Request
	Now      time.Time
}

// Conform runs the suite; start gives a fresh party.
func Conform(t *testing.T, start func(t *testing.T) Party) {
	ctx := context.Background()
	t.Run("issuing", func(t *testing.T) { issuing(t, start) })
	t.Run("refusals", func(t *testing.T) { refusals(t, start) })
	t.Run("revoking", func(t *testing.T) { revoking(t, start) })
	t.Run("holding", func(t *testing.T) { holding(t, start) })
	t.Run("issue", func(t *testing.T) {
		trial.Repeating(t, func(t *testing.T) (trial.Outside, trial.Ask) {
			p := start(t)
			return p, func(key string) (any, error) { return p.Issue(ctx, key, p.Requests) }
		})
	})
	t.Run("revoke", func(t *testing.T) {
		trial.Asking(t, func(t *testing.T) (trial.Outside, trial.Ask, trial.Ask) {
			p := start(t)
			got := p.issue(t, "first")
			telling := func(i int) trial.Ask {
				return func(key string) (any, error) {
					return nil, p.Revoke(ctx, key, []certificate.Revocation{{Serial: serial(t, got[i].Sign), Reason: "superseded"}})
				}
			}
			return p, telling(0), telling(1)
		})
	})
}

// issuing: two certificates for each card, with the holder's name, the card's own key in the first
// and another in the second, good until the card expires, under the authority's chain.
func issuing(t *testing.T, start func(t *testing.T) Party) {
	p := start(t)
	got := p.issue(t, "k1")
	chain := p.chain(t)
	root, top := parse(t, chain.Root), parse(t, chain.Issuing)
	for n, c := range got {
		q := p.Requests[n]
		sign, encrypt := parse(t, c.Sign), parse(t, c.Encrypt)
		if c.Key != q.Key || hex.EncodeToString(sign.Key().Point()) != q.PublicKey || sign.Key().Equal(encrypt.Key()) {
			t.Errorf("card %d: a wrong key", n+1)
		}
		until, err := time.Parse(time.RFC3339, q.NotAfter)
		for _, x := range []*pki.Certificate{sign, encrypt} {
			if x.Common() != q.Name || err != nil || !x.Until().Equal(until) {
				t.Errorf("card %d: a wrong name or end", n+1)
			}
			if err := pki.Verify(x, top, root, p.Now); err != nil {
				t.Errorf("card %d: %v", n+1, err)
			}
		}
	}
	p.Restart()
	again := p.issue(t, "k2")
	for n := range got {
		if got[n].Sign != again[n].Sign || got[n].Encrypt != again[n].Encrypt || !bytes.Equal(got[n].Envelope, again[n].Envelope) {
			t.Errorf("card %d got other certificates under another key", n+1)
		}
	}
}

func refusals(t *testing.T, start func(t *testing.T) Party) {
	for name, spoil := range map[string]func(p Party, q *certificate.Request){
		"a key that is no point": func(_ Party, q *certificate.Request) { q.PublicKey = q.PublicKey[:128] + "00" },
		"a name with a lost character": func(_ Party, q *certificate.Request) {
			q.Name = "王\uFFFD"
		},
		"a wrong identity number": func(_ Party, q *certificate.Request) { q.Number = "110102199001010010" },
		"an expiry in the past":   func(p Party, q *certificate.Request) { q.NotAfter = p.Now.Add(-time.Hour).Format(time.RFC3339) },
		"no expiry":               func(_ Party, q *certificate.Request) { q.NotAfter = "" },
	} {
		t.Run(name, func(t *testing.T) {
			p := start(t)
			good := p.Requests[1]
			spoil(p, &p.Requests[1])
			got := p.issueAny(t, "k1")
			if got[1].Fault == "" || got[1].Sign != "" || got[0].Fault != "" || got[2].Fault != "" {
				t.Fatal("the wrong card was certified, or a right one was not")
			}
			p.Requests[1] = good
			if got = p.issueAny(t, "k2"); got[1].Fault != "" {
				t.Fatal(got[1].Fault)
			}
		})
	}
	t.Run("another key for the same card", func(t *testing.T) {
		p := start(t)
		first := p.issue(t, "k1")
		p.Requests[0].PublicKey = p.Requests[1].PublicKey
		if got := p.issueAny(t, "k2"); got[0].Fault == "" || got[1].Sign != first[1].Sign {
			t.Fatal("a card has certificates for two keys")
		}
		for i, text := range []string{first[0].Sign, first[0].Encrypt} {
			if err := p.Revoke(context.Background(), fmt.Sprint("r", i), []certificate.Revocation{{Serial: serial(t, text), Reason: "cessationOfOperation"}}); err != nil {
				t.Fatal(err)
			}
			got := p.issueAny(t, fmt.Sprint("k3", i))
			if again := got[0].Fault == ""; again != (i == 1) {
				t.Fatalf("%d of 2 certificates are revoked, new ones: %v", i+1, again)
			}
		}
	})
}

func revoking(t *testing.T, start func(t *testing.T) Party) {
	ctx := context.Background()
	p := start(t)
	got := p.issue(t, "k1")
	gone := serial(t, got[0].Sign)
	err := p.Revoke(ctx, "k2", []certificate.Revocation{{Serial: gone, Reason: "superseded"}, {Serial: "40000000000000000000000000000000", Reason: "superseded"}})
	if !errors.Is(err, wire.Refused) {
		t.Fatal(err)
	}
	if err := p.Revoke(ctx, "k3", []certificate.Revocation{{Serial: gone, Reason: "superseded"}}); err != nil {
		t.Fatal(err)
	}
	p.Restart()
	chain := p.chain(t)
	rootList, _ := pem.Decode([]byte(chain.RootList))
	if rootList == nil {
		t.Fatal("no revocation list of the root")
	}
	if _, err := pki.ParseRevocationList(rootList.Bytes, parse(t, chain.Root)); err != nil {
		t.Error("the root's list:", err)
	}
	list := p.list(t)
	if list.Len() != 1 {
		t.Fatal(list.Len(), "lines")
	}
	s, err := pki.ParseSerial(gone)
	if r, ok := list.Find(s); err != nil || !ok || r.Cause != pki.Superseded {
		t.Fatal("the list does not name the certificate")
	}
}

func (p Party) chain(t *testing.T) certificate.Chain {
	t.Helper()
	c, err := p.Chain(context.Background(), "chain")
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func (p Party) issue(t *testing.T, key string) []certificate.Issued {
	t.Helper()
	got := p.issueAny(t, key)
	for _, c := range got {
		if c.Fault != "" {
			t.Fatalf("%s: fault %s", c.Key, c.Fault)
		}
	}
	return got
}

func (p Party) issueAny(t *testing.T, key string) []certificate.Issued {
	t.Helper()
	got, err := p.Issue(context.Background(), key, p.Requests)
	if err != nil || len(got) != len(p.Requests) {
		t.Fatalf("%d answers, %v", len(got), err)
	}
	return got
}

func parse(t *testing.T, text string) *pki.Certificate {
	t.Helper()
	c, err := pki.ParsePEM([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func serial(t *testing.T, text string) string {
	t.Helper()
	s, _ := parse(t, text).Serial()
	return s.String()
}
