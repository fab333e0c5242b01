package main

import (
	"bytes"
	"encoding/hex"
	"encoding/pem"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"kawu/app"
	"kawu/domain/card"
	"kawu/domain/certificate"
	"kawu/domain/ref"
	"kawu/flow/desk"
	"kawu/kit/clock"
	"kawu/kit/db/dbtest"
	"kawu/kit/pki"
	"kawu/kit/sm"
)

// office is an installation with a certificate authority of its own.
type office struct {
	t         *testing.T
	data, dir string
}

func foundOffice(t *testing.T) office {
	t.Helper()
	x := office{t, filepath.Join(t.TempDir(), "data"), t.TempDir()}
	found(t, x.data, "li.01", "zhao.02")

	x.ca(done, "init", "--organization", "示例", "--url", "http://ca.example", "--part", "li.01="+x.in("a"), "--part", "zhao.02="+x.in("b"))
	return x
}

func (x office) in(name string) string { return filepath.Join(x.dir, name) }

func (x office) ca(want int, line ...string) string {
	x.t.Helper()
	return call(x.t, x.data, want, append([]string{"ca", "--lang", "en", "--now", "2024-02-01T09:00+08:00"}, line...)...)
}

// open opens the house and its authority.
func (x office) open(do func(*app.House)) {
	x.t.Helper()
	h, err := app.Open(x.t.Context(), app.Config{Data: x.data, City: "beijing", Clock: clock.At(dbtest.Noon)})
	if err != nil {
		x.t.Fatal(err)
	}
	do(h)
	if err := h.Close(); err != nil {
		x.t.Fatal(err)
	}
}

// issue stores a card with certificates of the authority, as the journey does, and the newest chain.
func (x office) issue(id ref.Card, number string) {
	x.t.Helper()
	x.open(func(h *app.House) {
		k, err := sm.GenerateKey()
		if err != nil {
			x.t.Fatal(err)
		}
		a, err := h.Custodians().Authority()
		if err != nil {
			x.t.Fatal(err)
		}
		defer a.Close()
		got, err := a.Issue(x.t.Context(), "", []certificate.Request{{Key: string(id), Name: "测试", Number: "11010519491231002X",
			PublicKey: hex.EncodeToString(k.Public().Point()), NotAfter: dbtest.Noon.AddDate(10, 0, 0).Format(time.RFC3339)}})
		if err != nil || got[0].Fault != "" {
			x.t.Fatal(got, err)
		}
		chain, err := a.Chain(x.t.Context(), "")
		if err != nil {
			x.t.Fatal(err)
		}
		err = h.Desk.Sit(x.t.Context(), desk.Clockwork("test"), desk.TakeCards, func(s *desk.Sitting) error {
			if err := card.Put(x.t.Context(), s.Tx, []card.Card{{ID: id, City: "beijing", Number: number, Person: ref.Person("per_" + number), Generation: 3, Product: "sscard", Making: card.Handed, Social: card.Normal}}); err != nil {
				return err
			}
			if err := certificate.Put(x.t.Context(), s.Tx, []certificate.Certificate{stored(x.t, id, "sign", got[0].Sign), stored(x.t, id, "encrypt", got[0].Encrypt)}); err != nil {
				return err
			}
			return certificate.SetChain(x.t.Context(), s.Tx, app.Authority, chain)
		})
		if err != nil {
			x.t.Fatal(err)
		}
	})
}

func stored(t *testing.T, id ref.Card, usage, text string) certificate.Certificate {
	t.Helper()
	c, err := pki.ParsePEM([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	serial, _ := c.Serial()
	return certificate.Certificate{Serial: serial.String(), Card: id, Usage: usage, Issuer: "issuing", PEM: text, NotAfter: c.Until()}
}

// openssl runs OpenSSL in a folder. It hands the signer id to the leaf of a chain only, so every level
// is checked by itself.
func openssl(t *testing.T, dir string, args ...string) (string, bool) {
	t.Helper()
	path, err := exec.LookPath("openssl")
	if err != nil {
		t.Skip("openssl is not installed: Debian package openssl")
	}
	c := exec.Command(path, args...)
	c.Dir = dir
	out, err := c.CombinedOutput()
	return string(out), err == nil
}

const distid = "distid:1234567812345678"

func issuedBy(t *testing.T, dir, leaf, issuer string) bool {
	t.Helper()
	_, ok := openssl(t, dir, "verify", "-partial_chain", "-x509_strict", "-attime", fmt.Sprint(dbtest.Noon.Unix()+60), "-trusted", issuer, "-vfyopt", distid, leaf)
	return ok
}

// listedBy checks the signature of the n-th list in crl.pem with "dgst" over its to-be-signed form.
func listedBy(t *testing.T, dir string, n int, issuer string) bool {
	t.Helper()
	rest, err := os.ReadFile(filepath.Join(dir, "crl.pem"))
	if err != nil {
		t.Fatal(err)
	}
	var b *pem.Block
	for range n {
		if b, rest = pem.Decode(rest); b == nil {
			t.Fatal("crl.pem has no list ", n)
		}
	}
	if err := os.WriteFile(filepath.Join(dir, "der"), b.Bytes, 0o600); err != nil {
		t.Fatal(err)
	}
	text, _ := openssl(t, dir, "asn1parse", "-inform", "DER", "-in", "der")
	first := regexp.MustCompile(`(?m)^ *(\d+):d=1 .*SEQUENCE`).FindStringSubmatch(text)
	last := regexp.MustCompile(`(?m)^ *(\d+):d=1 .*BIT STRING`).FindStringSubmatch(text)
	openssl(t, dir, "asn1parse", "-inform", "DER", "-in", "der", "-noout", "-out", "tbs", "-strparse", first[1])
	openssl(t, dir, "asn1parse", "-inform", "DER", "-in", "der", "-noout", "-out", "sig", "-strparse", last[1])
	openssl(t, dir, "x509", "-in", issuer, "-pubkey", "-noout", "-out", "pub")
	_, ok := openssl(t, dir, "dgst", "-sm3", "-sigopt", distid, "-verify", "pub", "-signature", "sig", "tbs")
	return ok
}

// After a successor, a card gets the issuing authority that signed it, and that one's list: OpenSSL
// follows the written files from the leaf to the root for the older card and for the newer one.
func TestOlderCardsAfterASuccessor(t *testing.T) {
	x := foundOffice(t)
	x.issue("crd_1", "BA0000018")
	x.ceremony("ceremony: next\nissuing: true\nlist_days: 400\n")
	x.issue("crd_2", "BA0000026")
	issuing := map[string][]byte{}
	for _, number := range []string{"BA0000018", "BA0000026"} {
		dir := x.in(number)
		call(t, x.data, done, "card", "certs", number, "--out", dir, "--lang", "en", "--now", "2024-02-01T09:00+08:00")
		for _, c := range []struct {
			leaf, issuer string
			want         bool
		}{{"sign.pem", "issuing.pem", true}, {"encrypt.pem", "issuing.pem", true}, {"issuing.pem", "root.pem", true}, {"sign.pem", "root.pem", false}} {
			if issuedBy(t, dir, c.leaf, c.issuer) != c.want {
				t.Errorf("%s: %s under %s, want %v", number, c.leaf, c.issuer, c.want)
			}
		}
		if !listedBy(t, dir, 1, "issuing.pem") || !listedBy(t, dir, 2, "root.pem") || listedBy(t, dir, 1, "root.pem") {
			t.Errorf("%s: the lists are not those of issuing.pem and root.pem", number)
		}
		text, err := os.ReadFile(filepath.Join(dir, "issuing.pem"))
		if err != nil {
			t.Fatal(err)
		}
		issuing[number] = text
	}
	if bytes.Equal(issuing["BA0000018"], issuing["BA0000026"]) {
		t.Error("both cards have the same issuing authority: there was no successor")
	}
}

func (x office) ceremony(plan string) {
	x.t.Helper()
	if err := os.WriteFile(x.in("plan"), []byte(plan), 0o600); err != nil {
		x.t.Fatal(err)
	}
	x.ca(done, "ceremony", x.in("plan"), "--part", "li.01="+x.in("a"), "--part", "zhao.02="+x.in("b"))
}

// A revoked issuing authority is a warning of the status, and the status ends with 3.
func TestStatusOfAnEndedAuthority(t *testing.T) {
	x := foundOffice(t)
	if text := x.ca(done, "status"); strings.Contains(text, "!") {
		t.Fatal("a new authority has warnings:", text)
	}
	serials := regexp.MustCompile(`serial ([0-9a-f]+)`).FindAllStringSubmatch(x.ca(done, "status"), -1)
	x.ceremony("ceremony: end\nlist_days: 400\nrevoke: [{serial: " + serials[1][1] + ", reason: keyCompromise}]\n")
	if text := x.ca(inPart, "status"); !strings.Contains(text, "revoked on 1 Feb 2024") || strings.Contains(text, "can sign") {
		t.Error(text)
	}
	x.ceremony("ceremony: next\nissuing: true\nlist_days: 400\n")
	x.ca(done, "status")
}
