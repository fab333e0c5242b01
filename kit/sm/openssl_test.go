package sm

import (
	"bytes"
	"encoding/hex"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// openssl runs OpenSSL in a folder of its own and gives what it printed.
func openssl(t *testing.T, dir string, args ...string) (string, error) {
	t.Helper()
	path, err := exec.LookPath("openssl")
	if err != nil {
		t.Skip("openssl is not installed: Debian package openssl")
	}
	cmd := exec.Command(path, args...)
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

func TestOpenSSLAgrees(t *testing.T) {
	dir := t.TempDir()
	k, _ := GenerateKey()
	text, _ := k.MarshalPEM()
	msg := bytes.Repeat([]byte("社会保障卡"), 40)
	sig, _ := k.Sign(msg)
	enc, _ := k.Public().Encrypt(msg[:48])
	put(t, dir, "key", text)
	put(t, dir, "msg", msg)
	put(t, dir, "sig", sig)
	put(t, dir, "enc", enc)
	put(t, dir, "bad", append(msg, 1))
	if out, err := openssl(t, dir, "pkey", "-in", "key", "-pubout", "-out", "pub"); err != nil {
		t.Fatal(out, err)
	}
	verify := []string{"dgst", "-sm3", "-sigopt", "distid:" + SignerID, "-verify", "pub", "-signature", "sig"}
	if out, err := openssl(t, dir, append(verify, "msg")...); err != nil {
		t.Error("our signature: ", out, err)
	}
	if out, err := openssl(t, dir, append(verify, "bad")...); err == nil {
		t.Error("OpenSSL accepts a signature over another message: ", out)
	}
	if out, err := openssl(t, dir, "pkeyutl", "-decrypt", "-inkey", "key", "-in", "enc", "-out", "dec"); err != nil {
		t.Error("our ciphertext: ", out, err)
	} else if dec, _ := os.ReadFile(filepath.Join(dir, "dec")); !bytes.Equal(dec, msg[:48]) {
		t.Error("our ciphertext decrypts to something else")
	}
	if out, err := openssl(t, dir, "dgst", "-sm3", "-sign", "key", "-sigopt", "distid:"+SignerID, "-out", "their", "msg"); err != nil {
		t.Error(out, err)
	} else if their, _ := os.ReadFile(filepath.Join(dir, "their")); !k.Public().Verify(msg, their) {
		t.Error("their signature is refused")
	}
}

func TestOpenSSLAgreesOnSymmetric(t *testing.T) {
	dir := t.TempDir()
	key, iv := bytes.Repeat([]byte{0x11}, 16), bytes.Repeat([]byte{0x22}, 16)
	msg := []byte("姓名\t㛃 𠮷 䶮, a text that is no whole number of blocks")
	put(t, dir, "msg", msg)
	c, _ := NewCipher(key)
	cbc, _ := c.EncryptCBC(iv, msg)
	h := Hash(msg)
	for _, x := range []struct {
		name string
		want []byte
		args []string
	}{
		{"SM3", h[:], []string{"dgst", "-sm3", "-r", "msg"}},
		{"HMAC-SM3", MAC(key, msg), []string{"dgst", "-sm3", "-r", "-mac", "HMAC", "-macopt", "hexkey:" + hex.EncodeToString(key), "msg"}},
		{"SM4-CMAC", c.CMAC(msg), []string{"mac", "-cipher", "SM4-CBC", "-macopt", "hexkey:" + hex.EncodeToString(key), "-in", "msg", "CMAC"}},
		{"HKDF-SM3", func() []byte { b, _ := Derive(key, "purpose", 40); return b }(),
			[]string{"kdf", "-keylen", "40", "-kdfopt", "digest:SM3", "-kdfopt", "hexkey:" + hex.EncodeToString(key), "-kdfopt", "info:purpose", "HKDF"}},
	} {
		out, err := openssl(t, dir, x.args...)
		got := strings.ToLower(strings.ReplaceAll(strings.Fields(out)[0], ":", ""))
		if err != nil || got != hex.EncodeToString(x.want) {
			t.Errorf("%s: OpenSSL %s, here %x (%v)", x.name, got, x.want, err)
		}
	}
	if out, err := openssl(t, dir, "enc", "-sm4-cbc", "-K", hex.EncodeToString(key), "-iv", hex.EncodeToString(iv), "-in", "msg", "-out", "cbc"); err != nil {
		t.Error(out, err)
	} else if their, _ := os.ReadFile(filepath.Join(dir, "cbc")); !bytes.Equal(their, cbc) {
		t.Error("SM4-CBC differs from OpenSSL")
	}
}
