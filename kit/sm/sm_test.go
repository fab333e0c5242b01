package sm

import (
	"bytes"
	"crypto/aes"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"testing"

	"github.com/emmansun/gmsm/smx509"
	"pgregory.net/rapid"
)

func unhex(t testing.TB, s string) []byte {
	t.Helper()
	b, err := hex.DecodeString(strings.ReplaceAll(s, " ", ""))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// The example values printed in the standards and RFCs.
func TestPublishedVectors(t *testing.T) {
	h := Hash([]byte("abc")) // GB/T 32905 A.1
	if got := hex.EncodeToString(h[:]); got != "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0" {
		t.Errorf("SM3(abc) = %s", got)
	}
	key := unhex(t, "0123456789abcdeffedcba9876543210") // GB/T 32907 A.1: key and text are the same
	c, err := NewCipher(key)
	if err != nil {
		t.Fatal(err)
	}
	out := make([]byte, 16)
	if err := c.EncryptBlocks(out, key); err != nil || hex.EncodeToString(out) != "681edf34d206965e86b3e94f536e4246" {
		t.Errorf("SM4 = %x, %v", out, err)
	}
	// RFC 8998 A.1: SM4-GCM with a fixed nonce; opened through our own form nonce ‖ text ‖ tag.
	sealed := unhex(t, "00001234567800000000ABCD"+
		"17F399F08C67D5EE19D0DC9969C4BB7D5FD46FD3756489069157B282BB200735D82710CA5C22F0CCFA7CBF93D496AC15A56834CBCF98C397B4024A2691233B8D"+
		"83DE3541E4C2B58177E065A9BF7B62EC")
	plain, err := c.Open(sealed, unhex(t, "FEEDFACEDEADBEEFFEEDFACEDEADBEEFABADDAD2"))
	want := unhex(t, strings.Join(strings.Fields("AAAAAAAAAAAAAAAA BBBBBBBBBBBBBBBB CCCCCCCCCCCCCCCC DDDDDDDDDDDDDDDD EEEEEEEEEEEEEEEE FFFFFFFFFFFFFFFF EEEEEEEEEEEEEEEE AAAAAAAAAAAAAAAA"), ""))
	if err != nil || !bytes.Equal(plain, want) {
		t.Errorf("RFC 8998 GCM: %x, %v", plain, err)
	}
}

// RFC 3394 4.1 fixes the wrapping construction with AES, for which vectors exist.
func TestWrapConstruction(t *testing.T) {
	b, _ := aes.NewCipher(unhex(t, "000102030405060708090A0B0C0D0E0F"))
	key := unhex(t, "00112233445566778899AABBCCDDEEFF")
	c := &Cipher{block: b}
	w, err := c.WrapKey(key)
	if err != nil || !bytes.Equal(w, unhex(t, "1FA68B0A8112B447 AEF34BD8FB5A7B82 9D3E862371D2CFE5")) {
		t.Fatalf("%x, %v", w, err)
	}
	if k, err := c.UnwrapKey(w); err != nil || !bytes.Equal(k, key) {
		t.Fatalf("%x, %v", k, err)
	}
}

func TestRoundTripsAndTampering(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		key := rapid.SliceOfN(rapid.Byte(), 16, 16).Draw(t, "key")
		data := rapid.SliceOfN(rapid.Byte(), 0, 300).Draw(t, "data")
		c, err := NewCipher(key)
		if err != nil {
			t.Fatal(err)
		}
		s := c.Seal(data, key)
		if p, err := c.Open(s, key); err != nil || !bytes.Equal(p, data) {
			t.Fatalf("gcm: %v", err)
		}
		s[rapid.IntRange(0, len(s)-1).Draw(t, "at")] ^= 1
		if _, err := c.Open(s, key); !errors.Is(err, ErrOpen) {
			t.Fatalf("tampered text opened: %v", err)
		}
		e, err := c.EncryptCBC(key, data)
		if err != nil {
			t.Fatal(err)
		}
		if p, err := c.DecryptCBC(key, e); err != nil || !bytes.Equal(p, data) {
			t.Fatalf("cbc: %v", err)
		}
		w, err := c.WrapKey(append(key, key...))
		if err != nil {
			t.Fatal(err)
		}
		if k, err := c.UnwrapKey(w); err != nil || !bytes.Equal(k, append(key, key...)) {
			t.Fatalf("wrap: %v", err)
		}
		w[rapid.IntRange(0, len(w)-1).Draw(t, "wat")] ^= 0x80
		if _, err := c.UnwrapKey(w); !errors.Is(err, ErrOpen) {
			t.Fatal("tampered wrapped key opened")
		}
	})
}

func TestKeys(t *testing.T) {
	k, err := GenerateKey()
	if err != nil {
		t.Fatal(err)
	}
	other, _ := GenerateKey()
	text, err := k.MarshalPEM()
	if err != nil {
		t.Fatal(err)
	}
	back, err := ParsePrivateKeyPEM(text)
	if err != nil || !back.Public().Equal(k.Public()) {
		t.Fatal("PEM round trip", err)
	}
	back, err = NewPrivateKey(k.Scalar())
	if err != nil || !back.Public().Equal(k.Public()) {
		t.Fatal("scalar round trip", err)
	}
	pub, err := NewPublicKey(k.Public().Point())
	if err != nil || !pub.Equal(k.Public()) || pub.Equal(other.Public()) {
		t.Fatal("point round trip", err)
	}
	spki, _ := pub.Marshal()
	if p, err := ParsePublicKey(spki); err != nil || !p.Equal(pub) {
		t.Fatal("SubjectPublicKeyInfo round trip", err)
	}
	msg := []byte("社会保障")
	sig, err := k.Sign(msg)
	if err != nil || !pub.Verify(msg, sig) || other.Public().Verify(msg, sig) || pub.Verify(msg[1:], sig) {
		t.Fatal("sign", err)
	}
	e, _ := pub.MessageDigest(msg)
	sig, err = k.SignDigest(e)
	if err != nil || !pub.Verify(msg, sig) || !pub.VerifyDigest(e, sig) {
		t.Fatal("sign digest", err)
	}
	sealed, err := pub.Encrypt(msg)
	if err != nil {
		t.Fatal(err)
	}
	if p, err := k.Decrypt(sealed); err != nil || !bytes.Equal(p, msg) {
		t.Fatal("decrypt", err)
	}
	if _, err := other.Decrypt(sealed); !errors.Is(err, ErrOpen) {
		t.Fatal("another key decrypted")
	}
	env, err := Envelope(pub, other)
	if err != nil {
		t.Fatal(err)
	}
	if got, err := OpenEnvelope(k, env); err != nil || !bytes.Equal(got.Scalar(), other.Scalar()) {
		t.Fatal("envelope", err)
	}
}

func TestWrongInputIsRefused(t *testing.T) {
	k, _ := GenerateKey()
	bad := append([]byte(nil), k.Public().Point()...)
	bad[64] ^= 1
	for name, err := range map[string]error{
		"point off the curve": second(NewPublicKey(bad)),
		"zero scalar":         second(NewPrivateKey(make([]byte, 32))),
		"no PEM":              second(ParsePrivateKeyPEM([]byte("x"))),
		"no PKCS#8":           second(ParsePrivateKey([]byte{0x30, 0})),
		"short SM4 key":       second(NewCipher(make([]byte, 15))),
		"no key info":         second(ParsePublicKey(nil)),
	} {
		if err == nil {
			t.Errorf("%s: accepted", name)
		}
	}
	c, _ := NewCipher(make([]byte, 16))
	if err := c.EncryptBlocks(make([]byte, 16), make([]byte, 15)); !errors.Is(err, ErrBlocks) {
		t.Error("half a block:", err)
	}
	if _, err := c.WrapKey(make([]byte, 8)); !errors.Is(err, ErrBlocks) {
		t.Error("wrapped a key of one half-block:", err)
	}
}

func second[T any](_ T, err error) error { return err }

func TestSecretsNeverPrint(t *testing.T) {
	k, _ := GenerateKey()
	secret := bytes.Repeat([]byte{0x5A}, 16)
	c, _ := NewCipher(secret)
	var b bytes.Buffer
	slog.New(slog.NewTextHandler(&b, nil)).Info("x", "key", k, "cipher", c)
	fmt.Fprintf(&b, "%v %s %#v %+v %v %s", k, k, k, k, c, c)
	for _, s := range []string{hex.EncodeToString(k.Scalar()), k.k.D.String(), hex.EncodeToString(secret), "90 90"} {
		if strings.Contains(b.String(), s) {
			t.Fatalf("a secret was printed: %s", b.String())
		}
	}
}

func TestDerive(t *testing.T) {
	a, err := Derive([]byte("secret"), "a", 32)
	b, _ := Derive([]byte("secret"), "b", 32)
	if err != nil || bytes.Equal(a, b) || len(a) != 32 {
		t.Fatal("purposes share key material", err)
	}
}

func BenchmarkSeal(b *testing.B) {
	c, _ := NewCipher(make([]byte, 16))
	data := make([]byte, 1024)
	rand.Read(data)
	b.SetBytes(1024)
	for b.Loop() {
		c.Seal(data, nil)
	}
}

// Keys that are wrapped side by side are what each is by itself.
func TestWrapKeys(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c, err := NewCipher(rapid.SliceOfN(rapid.Byte(), KeySize, KeySize).Draw(t, "under"))
		if err != nil {
			t.Fatal(err)
		}
		n := 8 * rapid.IntRange(2, 5).Draw(t, "length")
		set := rapid.SliceOfN(rapid.SliceOfN(rapid.Byte(), n, n), 0, 20).Draw(t, "keys")
		got, err := c.WrapKeys(set)
		if err != nil || len(got) != len(set) {
			t.Fatal(len(got), err)
		}
		for i, k := range set {
			if want, _ := c.WrapKey(k); !bytes.Equal(got[i], want) {
				t.Fatalf("key %d of %d differs", i, len(set))
			}
		}
		back, err := c.UnwrapKeys(got)
		if err != nil || !slices.EqualFunc(back, set, bytes.Equal) {
			t.Fatal("they do not come back:", err)
		}
		if len(got) > 0 {
			got[rapid.IntRange(0, len(got)-1).Draw(t, "which")][rapid.IntRange(0, n+7).Draw(t, "at")] ^= 1
			if _, err := c.UnwrapKeys(got); !errors.Is(err, ErrOpen) {
				t.Fatal("a changed one among them opened:", err)
			}
		}
		if _, err := c.WrapKeys(append(set, make([]byte, n+8), make([]byte, n))); !errors.Is(err, ErrBlocks) {
			t.Fatal("keys of two lengths:", err)
		}
	})
}

// Our encoding of a public key against the library's.
func TestPublicKeyEncoding(t *testing.T) {
	k, err := GenerateKey()
	if err != nil {
		t.Fatal(err)
	}
	want, err := smx509.MarshalPKIXPublicKey(k.Public().k)
	if err != nil {
		t.Fatal(err)
	}
	got, _ := k.Public().Marshal()
	if back, err := ParsePublicKey(got); !bytes.Equal(got, want) || err != nil || !back.Equal(k.Public()) {
		t.Errorf("%x, the library has %x (%v)", got, want, err)
	}
}
