package pki

import (
	"bytes"
	"context"
	"encoding/asn1"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"golang.org/x/crypto/cryptobyte"
	cbasn1 "golang.org/x/crypto/cryptobyte/asn1"

	"kawu/kit/fault"
	"kawu/kit/sm"
)

func TestChain(t *testing.T) {
	c := newChain(t)
	for _, leaf := range []*Certificate{c.signing, c.encryption, c.revoked} {
		if err := Verify(leaf, c.issuing.cert, c.root.cert, c.at); err != nil {
			t.Error(err)
		}
		if err := Verify(leaf, c.issuing.cert, c.root.cert, c.at.AddDate(11, 0, 0)); err == nil {
			t.Error("valid after its end")
		}
		if err := Verify(leaf, c.issuing.cert, newChain(t).root.cert, c.at); err == nil {
			t.Error("valid under another root")
		}
	}
	if c.signing.Common() != rare || !c.signing.Key().Equal(c.signKey.Public()) {
		t.Error("subject or key changed:", c.signing.Common())
	}
	back, err := ParsePEM(c.signing.PEM())
	if err != nil || !bytes.Equal(back.DER(), c.signing.DER()) || !back.SignedBy(c.issuing.cert) || back.SignedBy(c.root.cert) {
		t.Error("PEM round trip", err)
	}
	if r, ok := c.issuerList.Find(serial(t, c.revoked)); !ok || r.Cause != KeyCompromise || c.issuerList.Number() != 7 {
		t.Error("revocation list:", r, ok)
	}
	if _, ok := c.issuerList.Find(serial(t, c.signing)); ok {
		t.Error("a good certificate is on the list")
	}
}

// brokenSigner signs with another key than it shows, as a misconfigured device does.
type brokenSigner struct{ shows, signs *sm.PrivateKey }

func (b brokenSigner) Public() *sm.PublicKey         { return b.shows.Public() }
func (b brokenSigner) Sign(m []byte) ([]byte, error) { return b.signs.Sign(m) }

func TestIssuerRefuses(t *testing.T) {
	c := newChain(t)
	p := profile(t, Signing, 10*year)
	if _, err := NewIssuer(c.issuing.cert, c.signKey); !errors.Is(err, WrongKey) {
		t.Error("another key:", err)
	}
	b := &Issuer{c.issuing.cert, brokenSigner{c.issuing.signer.(*sm.PrivateKey), c.encKey}}
	u, err := b.Prepare(Draft{Profile: p, Subject: Name{Common: "x"}, Key: c.signKey.Public(), From: c.at})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := b.Issue(u); !errors.Is(err, BadSignature) {
		t.Error("a device with the wrong key:", err)
	}
	if _, err := b.RevocationList(1, c.at, c.at, nil); !errors.Is(err, BadSignature) {
		t.Error("a list from a device with the wrong key:", err)
	}
	for name, d := range map[string]Draft{
		"outlives its issuer":      {Profile: p, Subject: Name{Common: "x"}, Key: c.signKey.Public(), From: c.at.AddDate(15, 0, 0)},
		"certifies the issuer key": {Profile: p, Subject: Name{Common: "x"}, Key: c.issuing.cert.Key(), From: c.at},
	} {
		if _, err := c.issuing.Prepare(d); !errors.Is(fault.Of(err), Lint) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// Every tampering of the to-be-signed form that changes a promised field is stopped.
func TestLintStopsAnotherProfile(t *testing.T) {
	c := newChain(t)
	made := profile(t, Signing, 10*year)
	u, _ := c.issuing.Prepare(Draft{Profile: made, Subject: Name{Common: "x"}, Key: c.signKey.Public(), From: c.at})
	for name, change := range map[string]func(*Config){
		"key_usage": func(c *Config) { c.Use = Encryption }, "validity": func(c *Config) { c.Validity = 9 * year },
		"addresses": func(c *Config) { c.OCSP = "http://other.example/" }, "basic_constraints": func(c *Config) { c.Use = Issuing },
		"extended_key_usage": func(c *Config) { c.Use, c.Validity = Status, 24*time.Hour },
	} {
		cfg := made.Config
		change(&cfg)
		other, err := NewProfile(cfg)
		if err != nil {
			t.Fatal(name, err)
		}
		v := *u
		v.Profile = other
		if _, err := c.issuing.Issue(&v); err == nil || !strings.Contains(err.Error(), name) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestProfileProblemsComeTogether(t *testing.T) {
	_, err := NewProfile(Config{Use: Signing, Validity: 50 * year, Backdate: -1, OCSP: "https://x", Policy: "1.2.x"})
	var l fault.List
	if !errors.As(err, &l) || len(l) != 5 {
		t.Fatalf("%v", err)
	}
	if _, err := NewProfile(Config{Use: "card"}); err == nil {
		t.Error("an unknown use")
	}
	for _, use := range []Use{Root, Issuing, Signing, Encryption, Status} {
		p := profile(t, use, 24*time.Hour)
		for _, r := range p.Reasons() {
			if r.Field == "" || r.Value == "" || r.Why == "" {
				t.Error(use, r)
			}
		}
	}
}

func TestNames(t *testing.T) {
	for name, n := range map[string]Name{
		"empty": {}, "lost character": {Common: "王\uFFFD"}, "control": {Common: "a\nb"}, "invalid UTF-8": {Common: "\xff"},
		"too long": {Common: strings.Repeat("字", 65)}, "country": {Common: "x", Country: "中国"}, "serial": {Common: "x", Serial: "卡"},
	} {
		if err := n.Check(); !errors.Is(fault.Of(err), BadSubject) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if err := (Name{Common: strings.Repeat("𠮷", 64), Country: "CN", Serial: "31 00-D1"}).Check(); err != nil {
		t.Error(err)
	}
}

func TestSets(t *testing.T) {
	c := newChain(t)
	p := profile(t, Signing, 10*year)
	drafts := make([]Draft, 300)
	for i := range drafts {
		drafts[i] = Draft{Profile: p, Subject: Name{Common: fmt.Sprint(i)}, Key: c.signKey.Public(), From: c.at}
	}
	set, err := c.issuing.PrepareAll(context.Background(), drafts)
	if err != nil {
		t.Fatal(err)
	}
	certs, err := c.issuing.IssueAll(context.Background(), set)
	if err != nil {
		t.Fatal(err)
	}
	seen := map[Serial]bool{}
	for i, x := range certs {
		s := serial(t, x)
		if x.Common() != fmt.Sprint(i) || seen[s] || s != set[i].Serial {
			t.Fatal("order or serial numbers", i)
		}
		seen[s] = true
	}
	drafts[200].Subject.Common = ""
	if _, err := c.issuing.PrepareAll(context.Background(), drafts); !errors.Is(fault.Of(err), BadSubject) {
		t.Error(err)
	}
	ctx, stop := context.WithCancel(context.Background())
	stop()
	if _, err := c.issuing.IssueAll(ctx, set); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}

func TestRequests(t *testing.T) {
	k := key(t)
	der, err := NewRequest(Name{Common: rare}, k)
	if err != nil {
		t.Fatal(err)
	}
	if got, err := ParseRequest(der); err != nil || !got.Equal(k.Public()) {
		t.Fatal(err)
	}
	for i := range der {
		bad := bytes.Clone(der)
		bad[i] ^= 1
		if _, err := ParseRequest(bad); err == nil {
			t.Fatalf("byte %d of a request can be changed", i)
		}
	}
}

func TestSerial(t *testing.T) {
	s := NewSerial()
	if back, err := ParseSerial(s.String()); err != nil || back != s || s[0] < 0x40 || s[0] > 0x7F {
		t.Fatal(s, err)
	}
	for _, bad := range []string{"", "ff" + s.String()[2:], s.String()[1:], s.String() + "00", "zz" + s.String()[2:]} {
		if _, err := ParseSerial(bad); err == nil {
			t.Error(bad)
		}
	}
}

// ask is an OCSP request in the asker's own choice of hash.
func ask(hash asn1.ObjectIdentifier, issuer *Certificate, serial Serial) []byte {
	h := digestOf(hash)
	b := cryptobyte.NewBuilder(nil)
	in := func(b *cryptobyte.Builder, f func(*cryptobyte.Builder)) { b.AddASN1(cbasn1.SEQUENCE, f) }
	in(b, func(b *cryptobyte.Builder) {
		in(b, func(b *cryptobyte.Builder) {
			in(b, func(b *cryptobyte.Builder) {
				in(b, func(b *cryptobyte.Builder) {
					in(b, func(b *cryptobyte.Builder) {
						in(b, func(b *cryptobyte.Builder) { b.AddASN1ObjectIdentifier(hash) })
						b.AddASN1OctetString(h(issuer.x.RawSubject))
						b.AddASN1OctetString(h(issuer.key.Point()))
						b.AddASN1BigInt(serial.Int())
					})
				})
			})
		})
	})
	return b.BytesOrPanic()
}

// The responder speaks for one issuer only, whichever hash names it.
func TestResponderKnowsItsIssuer(t *testing.T) {
	c := newChain(t)
	for _, hash := range []asn1.ObjectIdentifier{oidSHA1, oidSHA256, oidSM3} {
		good := ask(hash, c.issuing.cert, serial(t, c.signing))
		if b, err := c.responder.Answer(c.at, good, c.standings(t)); err != nil || len(b) < 200 {
			t.Fatalf("%v: %x, %v", hash, b, err)
		}
		for _, part := range [][]byte{digestOf(hash)(c.issuing.cert.x.RawSubject), digestOf(hash)(c.issuing.cert.key.Point())} {
			bad := bytes.Clone(good)
			bad[bytes.Index(bad, part)] ^= 1
			if b, err := c.responder.Answer(c.at, bad, c.standings(t)); err != nil || !bytes.Equal(b, []byte{0x30, 3, 0x0A, 1, ocspUnauthorized}) {
				t.Errorf("%v, another issuer: %x, %v", hash, b, err)
			}
		}
	}
	down := func([]Serial) ([]Standing, error) { return nil, errors.New("no register") }
	if b, err := c.responder.Answer(c.at, ask(oidSM3, c.issuing.cert, NewSerial()), down); err != nil || !bytes.Equal(b, []byte{0x30, 3, 0x0A, 1, ocspInternal}) {
		t.Errorf("without a register: %x, %v", b, err)
	}
}

func FuzzOutsideBytes(f *testing.F) {
	c := newChain(f)
	der, _ := NewRequest(Name{Common: "x"}, c.signKey)
	f.Add(der)
	f.Add(c.signing.DER())
	f.Add([]byte{0x30, 0x8D, 1})
	f.Fuzz(func(t *testing.T, b []byte) {
		ParseRequest(b)
		Parse(b)
		ParseRevocationList(b, c.issuing.cert)
		if _, err := c.responder.Answer(c.at, b, c.standings(t)); err != nil {
			t.Fatal(err)
		}
	})
}

func BenchmarkIssueTwoPerCard(b *testing.B) {
	c := newChain(b)
	s, e := profile(b, Signing, 10*year), profile(b, Encryption, 10*year)
	for b.Loop() {
		issue(b, c.issuing, Draft{Profile: s, Subject: Name{Common: rare}, Key: c.signKey.Public(), From: c.at})
		issue(b, c.issuing, Draft{Profile: e, Subject: Name{Common: rare}, Key: c.encKey.Public(), From: c.at})
	}
}

func BenchmarkRevocationList100k(b *testing.B) {
	c := newChain(b)
	set := make([]Revoked, 100_000)
	for i := range set {
		set[i] = Revoked{NewSerial(), c.at, Superseded}
	}
	for b.Loop() {
		if _, err := c.issuing.RevocationList(1, c.at, c.at, set); err != nil {
			b.Fatal(err)
		}
	}
}
