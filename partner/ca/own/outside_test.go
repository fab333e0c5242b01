package own

import (
	"bytes"
	"fmt"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"kawu/domain/certificate"
	"kawu/kit/sm"
)

// OpenSSL hands the signer id to the leaf of a chain only, so every level is checked by itself, and
// signatures of lists through "dgst" over the to-be-signed form: see kit/pki.
const distid = "distid:" + sm.SignerID

func openssl(t *testing.T, dir string, args ...string) (string, error) {
	t.Helper()
	path, err := exec.LookPath("openssl")
	if err != nil {
		t.Skip("openssl is not installed")
	}
	cmd := exec.Command(path, args...)
	cmd.Dir = dir
	out, err := cmd.CombinedOutput()
	return string(out), err
}

func signed(t *testing.T, dir, kind, file, issuer string) bool {
	t.Helper()
	if out, err := openssl(t, dir, kind, "-in", file, "-outform", "DER", "-out", "der"); err != nil {
		t.Fatal(out)
	}
	list, _ := openssl(t, dir, "asn1parse", "-inform", "DER", "-in", "der")
	first := regexp.MustCompile(`(?m)^ *(\d+):d=1 .*SEQUENCE`).FindStringSubmatch(list)
	last := regexp.MustCompile(`(?m)^ *(\d+):d=1 .*BIT STRING`).FindStringSubmatch(list)
	for _, args := range [][]string{
		{"asn1parse", "-inform", "DER", "-in", "der", "-noout", "-out", "tbs", "-strparse", first[1]},
		{"asn1parse", "-inform", "DER", "-in", "der", "-noout", "-out", "sig", "-strparse", last[1]},
		{"x509", "-in", issuer, "-pubkey", "-noout", "-out", "pub"},
	} {
		if out, err := openssl(t, dir, args...); err != nil {
			t.Fatal(out)
		}
	}
	_, err := openssl(t, dir, "dgst", "-sm3", "-sigopt", distid, "-verify", "pub", "-signature", "sig", "tbs")
	return err == nil
}

func TestOpenSSL(t *testing.T) {
	p := found(t)
	a := p.open()
	got := issue(t, a, request(t, "crd_1"))
	_, serial := parse(t, got[0].Sign)
	public := filepath.Join(p.dir, "public")
	for name, text := range map[string]string{"sign.crt": got[0].Sign, "encrypt.crt": got[0].Encrypt} {
		if err := os.WriteFile(filepath.Join(public, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := a.Revoke(ctx, "", []certificate.Revocation{{Serial: serial.String(), Reason: "keyCompromise"}}); err != nil {
		t.Fatal(err)
	}
	at := fmt.Sprint(start.Unix() + 1)
	for _, x := range []struct {
		issuer, leaf string
		good         bool
	}{{"root", "issuing-1", true}, {"issuing-1", "sign", true}, {"issuing-1", "encrypt", true}, {"root", "sign", false}} {
		out, err := openssl(t, public, "verify", "-partial_chain", "-x509_strict", "-attime", at, "-trusted", x.issuer+".crt", "-vfyopt", distid, x.leaf+".crt")
		if (err == nil) != x.good {
			t.Errorf("%s under %s: %s", x.leaf, x.issuer, out)
		}
	}
	for _, x := range []struct {
		kind, file, issuer string
		good               bool
	}{{"x509", "root.crt", "root.crt", true}, {"crl", "root.crl", "root.crt", true}, {"crl", "issuing-1.crl", "issuing-1.crt", true}, {"crl", "issuing-1.crl", "root.crt", false}} {
		if signed(t, public, x.kind, x.file, x.issuer) != x.good {
			t.Errorf("the signature of %s by %s: want %v", x.file, x.issuer, x.good)
		}
	}
	text, _ := openssl(t, public, "crl", "-in", "issuing-1.crl", "-noout", "-text")
	if !strings.Contains(text, strings.ToUpper(serial.String())) || !strings.Contains(text, "Key Compromise") {
		t.Error("the list does not name the revoked certificate:", text)
	}
	_, held := parse(t, got[0].Encrypt)
	for _, x := range []struct {
		reason, list, status string
		named                bool
	}{{certificate.OnHold, "Certificate Hold", "revoked", true}, {certificate.Lifted, "Key Compromise", "good", false}} {
		if err := a.Revoke(ctx, "", []certificate.Revocation{{Serial: held.String(), Reason: x.reason}}); err != nil {
			t.Fatal(err)
		}
		text, _ := openssl(t, public, "crl", "-in", "issuing-1.crl", "-noout", "-text")
		if strings.Contains(text, strings.ToUpper(held.String())) != x.named || !strings.Contains(text, x.list) || !signed(t, public, "crl", "issuing-1.crl", "issuing-1.crt") {
			t.Error(x.reason, text)
		}
		statusByOpenSSL(t, a, public, map[string]string{"sign": "revoked", "encrypt": x.status})
	}
}

// statusByOpenSSL asks over HTTP how certificates stand.
func statusByOpenSSL(t *testing.T, a *Authority, dir string, all map[string]string) {
	h, err := a.Handler(ctx)
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(h)
	defer server.Close()
	for name, want := range all {
		out, err := openssl(t, dir, "ocsp", "-issuer", "issuing-1.crt", "-cert", name+".crt", "-url", server.URL+"/ocsp/1", "-noverify", "-validity_period", "1000000000")
		if err != nil || !strings.Contains(out, name+".crt: "+want) {
			t.Error(name, out, err)
		}
	}
	answer, err := server.Client().Get(server.URL + "/issuing-1.crl")
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	var der bytes.Buffer
	if _, err := der.ReadFrom(answer.Body); err != nil || der.Len() == 0 || der.Bytes()[0] != 0x30 {
		t.Error("the list is not served as DER", err)
	}
}
