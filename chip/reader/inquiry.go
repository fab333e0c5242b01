package reader

import (
	"context"
	"crypto/rand"
	"encoding/hex"

	"kawu/chip/apdu"
	"kawu/chip/cos"
	"kawu/chip/key"
	"kawu/chip/perso"
	"kawu/kit/fault"
)

// Inquiry is what a terminal sends to the back office (iReadCardBas_HSM_Step1): no personal data.
// Its JSON is hexadecimal (docs/terminals.md).
type Inquiry struct {
	Historical     []byte // 13 bytes of the answer to reset
	InternalFactor [8]byte
	InternalSource [8]byte
	InternalProof  key.Proof // the card's
	ExternalFactor [8]byte
	ExternalSource [8]byte
}

// Answer is what the back office sends back: the proof that opens the card, or why not.
type Answer struct {
	Proof key.Proof
	Fault *fault.Fault
}

var (
	// NotACard says that what is in the reader is not a social security card.
	NotACard = fault.New(fault.Refused, "reader.not_a_card", "what is in the reader is not a social security card")
	// Forged says that the card did not prove itself with this city's key.
	Forged = fault.New(fault.Refused, "reader.forged", "the card did not prove that this system made it")
	// Damaged says that the card's data cannot be read as they should; args: element.
	Damaged = fault.New(fault.Refused, "reader.damaged", "{element} on the card cannot be read")
)

// Begin is step one. reset is the card's ATR or ATS: NotACard, apdu.Refused, apdu.Lost.
func Begin(ch apdu.Channel, reset []byte) (Inquiry, error) {
	var q Inquiry
	if len(reset) < 13 {
		return q, NotACard
	}
	q.Historical = append(q.Historical, reset[len(reset)-13:]...)
	r, err := apdu.Send(ch, apdu.Command{INS: apdu.Select, P1: 4, Data: []byte(cos.AIDSocial)})
	if err != nil {
		return q, apdu.Lost.Because(err)
	}
	if r.Status == apdu.NoFile {
		return q, NotACard
	}
	if r.Status != apdu.OK {
		return q, Blocked
	}
	rand.Read(q.InternalFactor[:])
	rand.Read(q.InternalSource[:])
	rand.Read(q.ExternalSource[:])
	proof, err := apdu.Do(ch, "internal authentication", apdu.Command{INS: apdu.Internal,
		Data: append(append([]byte(nil), q.InternalFactor[:]...), q.InternalSource[:]...)})
	if err != nil {
		return q, err
	}
	copy(q.InternalProof[:], proof)
	challenge, err := apdu.Do(ch, "challenge", apdu.Command{INS: apdu.Challenge, Le: 8})
	if err != nil {
		return q, err
	}
	copy(q.ExternalFactor[:], challenge)
	return q, nil
}

// Answering is a back office, near (Office) or far (Remote). Answers come in the order of the set.
type Answering interface {
	Answer(ctx context.Context, set []Inquiry) ([]Answer, error)
}

// Office is the back office: the key store and the city's masters for proving and reading.
type Office struct {
	Keys     key.Store
	Internal key.Ref // IRK
	Read     key.Ref // RK
}

// NewOffice is the back office for the cards that were made with a city's masters.
func NewOffice(keys key.Store, m perso.Masters) Office {
	named := func(name string) key.Ref { return key.Ref{Name: m.City + "/ssse/" + name, Version: m.Version} }
	return Office{Keys: keys, Internal: named("irk"), Read: named("rk")}
}

// Answer checks and answers a set of inquiries, in its order, with two calls to the key store. A
// forged card gets Forged and no proof. The error is the store's.
func (o Office) Answer(ctx context.Context, set []Inquiry) ([]Answer, error) {
	questions := make([]key.Question, len(set))
	for i, q := range set {
		questions[i] = key.Question{Key: below(o.Internal, q.Historical), Challenge: q.InternalFactor, Source: q.InternalSource}
	}
	expected, err := o.Keys.Prove(ctx, questions)
	if err != nil {
		return nil, err
	}
	out := make([]Answer, len(set))
	var honest []int
	questions = questions[:0]
	for i, q := range set {
		if !expected[i].Equal(q.InternalProof[:]) {
			out[i].Fault = Forged
			continue
		}
		honest = append(honest, i)
		questions = append(questions, key.Question{Key: below(o.Read, q.Historical), Challenge: q.ExternalFactor, Source: q.ExternalSource})
	}
	proofs, err := o.Keys.Prove(ctx, questions)
	if err != nil {
		return nil, err
	}
	for n, i := range honest {
		out[i].Proof = proofs[n]
	}
	return out, nil
}

// below is the card's key; a history too short to be ours gives a factor that no card has.
func below(master key.Ref, historical []byte) key.Path {
	f, _ := key.ChipFactor(historical)
	return key.Path{Master: master}.Below(f)
}

// Hex is the historical bytes as the card table keeps them (卡复位信息): 26 digits.
func (q Inquiry) Hex() string { return hex.EncodeToString(q.Historical) }
