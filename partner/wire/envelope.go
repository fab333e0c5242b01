package wire

import (
	"bytes"
	"crypto/rand"
	"encoding/binary"
	"encoding/hex"
	"time"

	"kawu/kit/sm"
)

// Header is what stands readable on the outside of an envelope. It never carries personal data.
type Header struct {
	From    string    `json:"from"` // name of a party on the key ring: "kawu", "bank"
	To      string    `json:"to"`
	Kind    string    `json:"kind"`              // the partner's word for the question or message: "open", "returns.icbc"
	Key     string    `json:"key,omitempty"`     // idempotency key of a question, repeated in its answer
	Number  string    `json:"number,omitempty"`  // rises within a kind; only messages have one
	Answers string    `json:"answers,omitempty"` // digest of the question that this answers
	SentAt  time.Time `json:"sent_at"`           // by the sender's clock
}

// Envelope is one signed and sealed letter. Lock and Copy hold the same SM4 content key, for the
// receiver and for the sender, so that the sender can still read what it kept.
type Envelope struct {
	Header
	Lock      []byte `json:"lock"`
	Copy      []byte `json:"copy"`
	Body      []byte `json:"body"`
	Signature []byte `json:"signature"`
}

// bound keeps a body sealed here from being opened as anything else sealed with SM4-GCM.
var bound = []byte("kawu.wire.1")

// signed is what the signature covers: every field but itself, each with its length, so that no
// byte can move from one field to the next.
func (e *Envelope) signed() []byte {
	body := sm.Hash(e.Body)
	var b bytes.Buffer
	for _, field := range [][]byte{
		bound, []byte(e.From), []byte(e.To), []byte(e.Kind), []byte(e.Key), []byte(e.Number), []byte(e.Answers),
		[]byte(e.SentAt.UTC().Format(time.RFC3339Nano)), e.Lock, e.Copy, body[:],
	} {
		var n [4]byte
		binary.BigEndian.PutUint32(n[:], uint32(len(field)))
		b.Write(n[:])
		b.Write(field)
	}
	return b.Bytes()
}

// Digest names the envelope: SM3 over all that is signed and the signature, 64 hexadecimal digits.
func (e *Envelope) Digest() string {
	h := sm.Hash(append(e.signed(), e.Signature...))
	return hex.EncodeToString(h[:])
}

// Seal makes an envelope from this ring's party; h.From is filled in. Fault: UnknownParty.
func (r *Keyring) Seal(h Header, body []byte) (*Envelope, error) {
	to, ok := r.known[h.To]
	if !ok {
		return nil, about(UnknownParty, h.To)
	}
	h.From = r.self
	content := make([]byte, sm.KeySize)
	rand.Read(content)
	c, err := sm.NewCipher(content)
	if err != nil {
		return nil, err
	}
	e := &Envelope{Header: h, Body: c.Seal(body, bound)}
	if e.Lock, err = to.Encrypt(content); err != nil {
		return nil, err
	}
	if e.Copy, err = r.key.Public().Encrypt(content); err != nil {
		return nil, err
	}
	e.Signature, err = r.key.Sign(e.signed())
	return e, err
}

// Open checks who sent the envelope, that it is for this ring's party and that nothing was changed,
// and gives the body. Faults: UnknownParty, BadSignature.
func (r *Keyring) Open(e *Envelope) ([]byte, error) {
	from, ok := r.known[e.From]
	if !ok {
		return nil, about(UnknownParty, e.From)
	}
	if e.To != r.self || !from.Verify(e.signed(), e.Signature) {
		return nil, about(BadSignature, e.From)
	}
	return r.unlock(e, e.Lock)
}

// Reopen reads a kept copy of an envelope that this ring's party sent itself. Fault: BadSignature.
func (r *Keyring) Reopen(e *Envelope) ([]byte, error) {
	if e.From != r.self || !r.key.Public().Verify(e.signed(), e.Signature) {
		return nil, about(BadSignature, e.From)
	}
	return r.unlock(e, e.Copy)
}

func (r *Keyring) unlock(e *Envelope, lock []byte) ([]byte, error) {
	content, err := r.key.Decrypt(lock)
	if err != nil {
		return nil, about(BadSignature, e.From).Because(err)
	}
	c, err := sm.NewCipher(content)
	if err != nil {
		return nil, about(BadSignature, e.From).Because(err)
	}
	body, err := c.Open(e.Body, bound)
	if err != nil {
		return nil, about(BadSignature, e.From).Because(err)
	}
	return body, nil
}
