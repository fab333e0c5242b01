package pki

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"kawu/kit/sm"
)

// OpenSSL 3.0 to 3.6 hands the signer id to the leaf only (openssl issues 23471 and 22234), so one
// "openssl verify" over a whole SM2 chain always fails: every level is checked by itself here, and
// whatever "verify" cannot check is cut into to-be-signed form and signature and given to "dgst".

const distid = "distid:" + sm.SignerID

func run(t *testing.T, dir string, args ...string) (string, error) {
	t.Helper()
	path, err := exec.LookPath(args[0])
	if err != nil {
		t.Skipf("%s is not installed", args[0])
	}
	cmd := exec.Command(path, args[1:]...)
	cmd.Dir = dir
	out, err := cmd.CombinedOutput()
	return string(out), err
}

func put(t *testing.T, dir, name string, b []byte) {
	t.Helper()
	if err := os.WriteFile(filepath.Join(dir, name), b, 0o600); err != nil {
		t.Fatal(err)
	}
}

// export writes a chain as files and asks the responder with requests that OpenSSL made.
func (c *chain) export(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	put(t, dir, "root.crt", c.root.cert.PEM())
	put(t, dir, "issuing.crt", c.issuing.cert.PEM())
	put(t, dir, "signing.crt", c.signing.PEM())
	put(t, dir, "encryption.crt", c.encryption.PEM())
	put(t, dir, "revoked.crt", c.revoked.PEM())
	put(t, dir, "other.crt", newChain(t).signing.PEM())
	put(t, dir, "root.crl", c.rootList.PEM())
	put(t, dir, "issuing.crl", c.issuerList.PEM())
	put(t, dir, "at", []byte(strconv.FormatInt(c.at.UnixMilli(), 10)))
	request := must[[]byte](t)(NewRequest(Name{Common: rare}, c.signKey))
	put(t, dir, "request.der", request)
	for name, number := range map[string]string{"good": serial(t, c.signing).String(), "revoked": serial(t, c.revoked).String(), "unknown": "01"} {
		if out, err := run(t, dir, "openssl", "ocsp", "-issuer", "issuing.crt", "-serial", "0x"+number, "-reqout", "ask"); err != nil {
			t.Fatal(out, err)
		}
		ask := must[[]byte](t)(os.ReadFile(filepath.Join(dir, "ask")))
		put(t, dir, name+".ocsp", must[[]byte](t)(c.responder.Answer(c.at, ask, c.standings(t))))
	}
	return dir
}

func TestOpenSSL(t *testing.T) {
	c := newChain(t)
	dir := c.export(t)
	at := fmt.Sprint(c.at.Unix())
	for _, x := range []struct {
		issuer, leaf string
		good         bool
	}{{"root", "issuing", true}, {"issuing", "signing", true}, {"issuing", "encryption", true}, {"root", "signing", false}, {"issuing", "other", false}} {
		out, err := run(t, dir, "openssl", "verify", "-partial_chain", "-x509_strict", "-attime", at, "-trusted", x.issuer+".crt", "-vfyopt", distid, x.leaf+".crt")
		if (err == nil) != x.good {
			t.Errorf("verify %s under %s: %s", x.leaf, x.issuer, out)
		}
	}
	text, _ := run(t, dir, "openssl", "x509", "-in", "signing.crt", "-noout", "-text", "-nameopt", "utf8,sep_comma_plus")
	for _, want := range []string{"Signature Algorithm: SM2-with-SM3", "CN=" + rare, "serialNumber=310000D156000005991101451234ABCD",
		"X509v3 Key Usage: critical\n                Digital Signature, Non Repudiation", "URI:http://ca.example/issuing.crl", "OCSP - URI:http://ca.example/ocsp", "Policy: 1.2.156.112560.1.1"} {
		if !strings.Contains(text, want) {
			t.Errorf("OpenSSL does not read %q in:\n%s", want, text)
		}
	}
	text, _ = run(t, dir, "openssl", "crl", "-in", "issuing.crl", "-noout", "-text")
	if !strings.Contains(text, strings.ToUpper(serial(t, c.revoked).String())) || !strings.Contains(text, "Key Compromise") {
		t.Error("revocation list:", text)
	}
	text, _ = run(t, dir, "openssl", "req", "-inform", "DER", "-in", "request.der", "-verify", "-noout", "-vfyopt", distid)
	if !strings.Contains(text, "verify OK") { // the exit code is 0 either way
		t.Error("request:", text)
	}
	for name, want := range map[string]string{"good": "signing.crt: good", "revoked": "revoked.crt: revoked"} {
		cert := strings.TrimSuffix(strings.SplitN(want, ":", 2)[0], ":")
		text, err := run(t, dir, "openssl", "ocsp", "-respin", name+".ocsp", "-issuer", "issuing.crt", "-cert", cert, "-noverify", "-validity_period", "1000000000")
		if err != nil || !strings.Contains(text, want) {
			t.Errorf("OCSP %s: %s", name, text)
		}
	}
}

// TestOpenSSLSignatures checks every signature, lists and OCSP answers too, through "dgst".
func TestOpenSSLSignatures(t *testing.T) {
	c := newChain(t)
	dir := c.export(t)
	der := func(name string) []byte { return must[[]byte](t)(os.ReadFile(filepath.Join(dir, name))) }
	put(t, dir, "responder.crt", c.responder.by.cert.PEM())
	basic := der("revoked.ocsp")
	at := bytes.Index(basic, []byte{0x04, 0x82}) // the OCTET STRING that holds the signed answer
	for _, x := range []struct {
		name, issuer string
		der          []byte
	}{
		{"root", "root", c.root.cert.DER()}, {"issuing", "root", c.issuing.cert.DER()}, {"signing", "issuing", c.signing.DER()},
		{"root list", "root", c.rootList.DER()}, {"issuing list", "issuing", c.issuerList.DER()}, {"OCSP", "responder", basic[at+4:]},
	} {
		put(t, dir, "der", x.der)
		list, _ := run(t, dir, "openssl", "asn1parse", "-inform", "DER", "-in", "der")
		first := regexp.MustCompile(`(?m)^ *(\d+):d=1 .*SEQUENCE`).FindStringSubmatch(list)
		last := regexp.MustCompile(`(?m)^ *(\d+):d=1 .*BIT STRING`).FindStringSubmatch(list)
		run(t, dir, "openssl", "asn1parse", "-inform", "DER", "-in", "der", "-noout", "-out", "tbs", "-strparse", first[1])
		run(t, dir, "openssl", "asn1parse", "-inform", "DER", "-in", "der", "-noout", "-out", "sig", "-strparse", last[1])
		run(t, dir, "openssl", "x509", "-in", x.issuer+".crt", "-pubkey", "-noout", "-out", "pub")
		verify := []string{"openssl", "dgst", "-sm3", "-sigopt", distid, "-verify", "pub", "-signature", "sig", "tbs"}
		if out, err := run(t, dir, verify...); err != nil {
			t.Errorf("%s: %s", x.name, out)
		}
		tbs := der("tbs")
		tbs[len(tbs)-1] ^= 1
		put(t, dir, "tbs", tbs)
		if out, err := run(t, dir, verify...); err == nil {
			t.Errorf("%s changed: %s", x.name, out)
		}
	}
}

func TestBouncyCastle(t *testing.T) {
	const jars = "/usr/share/java/bcprov.jar:/usr/share/java/bcpkix.jar:/usr/share/java/bcutil.jar"
	for _, jar := range strings.Split(jars, ":") {
		if _, err := os.Stat(jar); err != nil {
			t.Skip("Bouncy Castle is not installed: Debian packages libbcprov-java libbcpkix-java")
		}
	}
	c := newChain(t)
	program := must[string](t)(filepath.Abs("testdata/Check.java"))
	out, err := run(t, t.TempDir(), "java", "-cp", jars, program, c.export(t))
	if err != nil {
		t.Fatal(out, err)
	}
	for _, want := range []string{"path signing: OK", "path encryption: OK", "path revoked: REFUSED", "keyCompromise", "path revoked, revocation off: OK",
		"path other: REFUSED", "common: " + rare, "ocsp good: true good", "ocsp revoked: true revoked 1", "ocsp unknown: true unknown", "request: true"} {
		if !strings.Contains(out, want) {
			t.Errorf("Bouncy Castle does not say %q in:\n%s", want, out)
		}
	}
}
