package sm

import (
	"crypto/ecdsa"
	"crypto/rand"
	"encoding/pem"
	"errors"
	"fmt"
	"log/slog"

	"github.com/emmansun/gmsm/sm2"
	"github.com/emmansun/gmsm/smx509"
)

// SignerID is the identity that enters every SM2 signature's hash: the default of GM/T 0009.
const SignerID = "1234567812345678"

// PointSize is the length of an uncompressed public point: 04 ‖ X ‖ Y.
const PointSize = 65

// ErrKey says that bytes are not an SM2 key. The bytes are never part of the message.
var ErrKey = errors.New("sm: not an SM2 key")

// Signer signs messages with an SM2 key that may lie in another process or in a device.
type Signer interface {
	Public() *PublicKey
	// Sign gives the ASN.1 signature over SM3(ZA ‖ message) with SignerID.
	Sign(message []byte) ([]byte, error)
}

// PrivateKey is an SM2 private key in memory; safe for concurrent use. It never prints.
type PrivateKey struct{ k *sm2.PrivateKey }

// GenerateKey makes a fresh key from the system's random source.
func GenerateKey() (*PrivateKey, error) {
	k, err := sm2.GenerateKey(rand.Reader)
	if err != nil {
		return nil, fmt.Errorf("sm: generate key: %w", err)
	}
	return &PrivateKey{k}, nil
}

// NewPrivateKey takes the 32-byte scalar, as a card or an envelope carries it.
func NewPrivateKey(scalar []byte) (*PrivateKey, error) {
	k, err := sm2.NewPrivateKey(scalar)
	if err != nil {
		return nil, ErrKey
	}
	return &PrivateKey{k}, nil
}

// ParsePrivateKey reads PKCS#8 DER.
func ParsePrivateKey(der []byte) (*PrivateKey, error) {
	k, err := smx509.ParsePKCS8PrivateKey(der)
	if err != nil {
		return nil, ErrKey
	}
	p, ok := k.(*sm2.PrivateKey)
	if !ok {
		return nil, ErrKey
	}
	return &PrivateKey{p}, nil
}

// ParsePrivateKeyPEM reads one "PRIVATE KEY" block.
func ParsePrivateKeyPEM(text []byte) (*PrivateKey, error) {
	b, _ := pem.Decode(text)
	if b == nil {
		return nil, ErrKey
	}
	return ParsePrivateKey(b.Bytes)
}

// MarshalPKCS8 is the key as PKCS#8 DER, unencrypted: seal it before it touches a disk.
func (p *PrivateKey) MarshalPKCS8() ([]byte, error) { return smx509.MarshalPKCS8PrivateKey(p.k) }

// MarshalPEM is MarshalPKCS8 as PEM text.
func (p *PrivateKey) MarshalPEM() ([]byte, error) {
	der, err := p.MarshalPKCS8()
	if err != nil {
		return nil, err
	}
	return pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: der}), nil
}

// Scalar is the 32-byte private scalar: for key import into a card or a device, nothing else.
func (p *PrivateKey) Scalar() []byte { return p.k.D.FillBytes(make([]byte, 32)) }

// Public is the key's other half.
func (p *PrivateKey) Public() *PublicKey { return &PublicKey{&p.k.PublicKey} }

// Sign implements Signer.
func (p *PrivateKey) Sign(message []byte) ([]byte, error) {
	return sm2.SignASN1(rand.Reader, p.k, message, sm2.DefaultSM2SignerOpts)
}

// SignDigest signs e = SM3(ZA ‖ message) as MessageDigest made it; a key process that must not see
// messages uses it.
func (p *PrivateKey) SignDigest(e []byte) ([]byte, error) {
	if len(e) != HashSize {
		return nil, fmt.Errorf("sm: a digest has %d bytes, not %d", HashSize, len(e))
	}
	return sm2.SignASN1(rand.Reader, p.k, e, nil)
}

// Decrypt reverses PublicKey.Encrypt; ErrOpen on anything else.
func (p *PrivateKey) Decrypt(sealed []byte) ([]byte, error) {
	b, err := sm2.Decrypt(p.k, sealed)
	if err != nil {
		return nil, ErrOpen
	}
	return b, nil
}

// String hides the key.
func (*PrivateKey) String() string { return hidden }

// GoString hides the key from %#v.
func (*PrivateKey) GoString() string { return hidden }

// LogValue hides the key.
func (*PrivateKey) LogValue() slog.Value { return slog.StringValue(hidden) }

// PublicKey is an SM2 public key on the curve.
type PublicKey struct{ k *ecdsa.PublicKey }

// ParsePublicKey reads a SubjectPublicKeyInfo in DER.
func ParsePublicKey(der []byte) (*PublicKey, error) {
	k, err := smx509.ParsePKIXPublicKey(der)
	if err != nil {
		return nil, ErrKey
	}
	p, ok := k.(*ecdsa.PublicKey)
	if !ok || !sm2.IsSM2PublicKey(p) {
		return nil, ErrKey
	}
	return &PublicKey{p}, nil
}

// NewPublicKey takes the uncompressed point of PointSize bytes and checks that it is on the curve.
func NewPublicKey(point []byte) (*PublicKey, error) {
	k, err := sm2.NewPublicKey(point)
	if err != nil {
		return nil, ErrKey
	}
	return &PublicKey{k}, nil
}

// spki is the SubjectPublicKeyInfo of every SM2 key up to its point: id-ecPublicKey, the curve's
// name, a bit string of 65 bytes.
const spki = "\x30\x59\x30\x13\x06\x07\x2A\x86\x48\xCE\x3D\x02\x01\x06\x08\x2A\x81\x1C\xCF\x55\x01\x82\x2D\x03\x42\x00"

// Marshal is the SubjectPublicKeyInfo in DER; it never fails.
func (p *PublicKey) Marshal() ([]byte, error) { return append([]byte(spki), p.Point()...), nil }

// Point is 04 ‖ X ‖ Y.
func (p *PublicKey) Point() []byte {
	out := make([]byte, PointSize)
	out[0] = 4
	p.k.X.FillBytes(out[1:33])
	p.k.Y.FillBytes(out[33:])
	return out
}

// Equal says whether both are the same point.
func (p *PublicKey) Equal(q *PublicKey) bool { return q != nil && p.k.Equal(q.k) }

// Verify says whether the ASN.1 signature over the message with SignerID is this key's.
func (p *PublicKey) Verify(message, signature []byte) bool {
	return sm2.VerifyASN1WithSM2(p.k, nil, message, signature)
}

// VerifyDigest is Verify over e as MessageDigest made it.
func (p *PublicKey) VerifyDigest(e, signature []byte) bool {
	return sm2.VerifyASN1(p.k, e, signature)
}

// MessageDigest is e = SM3(ZA ‖ message): the 32 bytes that an external signer is given.
func (p *PublicKey) MessageDigest(message []byte) ([]byte, error) {
	return sm2.CalculateSM2Hash(p.k, message, nil)
}

// Encrypt hides a short secret (a session key) for the owner of the key: ASN.1 of GM/T 0009.
func (p *PublicKey) Encrypt(plain []byte) ([]byte, error) {
	return sm2.EncryptASN1(rand.Reader, p.k, plain)
}

// Envelope puts a key pair under another's public key: SM2EnvelopedKey of GB/T 35276, the way an
// encryption key pair travels from the authority to the card.
func Envelope(to *PublicKey, key *PrivateKey) ([]byte, error) {
	return sm2.MarshalEnvelopedPrivateKey(rand.Reader, to.k, key.k)
}

// OpenEnvelope reverses Envelope; ErrOpen on anything else.
func OpenEnvelope(mine *PrivateKey, enveloped []byte) (*PrivateKey, error) {
	k, err := sm2.ParseEnvelopedPrivateKey(mine.k, enveloped)
	if err != nil {
		return nil, ErrOpen
	}
	return &PrivateKey{k}, nil
}
