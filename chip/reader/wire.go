package reader

import (
	"encoding/hex"
	"encoding/json"

	"kawu/kit/fault"
	"kawu/kit/wording"
)

// What travels between a terminal and the back office, as JSON (docs/terminals.md).
type (
	// Readings is the question: a set of cards in step one.
	Readings struct {
		Inquiries []Inquiry `json:"inquiries"`
	}
	// Answers are in the order of the inquiries.
	Answers struct {
		Answers []Answer `json:"answers"`
	}
	// Refusal is the answer to a question that was refused as a whole.
	Refusal struct {
		Errors []Said `json:"errors"`
	}
)

// BadInquiry says that an inquiry has not the form of docs/terminals.md.
var BadInquiry = fault.New(fault.Invalid, "reader.bad_inquiry", "an inquiry does not have the fields and lengths it must have")

// Said is a fault on the wire: kind, code and arguments for programs, both languages for people.
type Said struct {
	Kind    fault.Kind     `json:"kind"`
	Code    string         `json:"code"`
	Field   string         `json:"field,omitempty"`
	Message wording.Both   `json:"message"`
	Args    map[string]any `json:"args,omitempty"`
}

// Say puts a fault on the wire; the cause stays here.
func Say(f *fault.Fault) Said {
	both := wording.Both{}
	for _, l := range wording.Langs {
		both[l] = wording.Of(l, InWords(l, f))
	}
	return Said{Kind: f.Kind, Code: f.Code, Field: f.Field, Message: both, Args: f.Args}
}

// InWords is a fault for people: the reason for which a card is listed is a code in the list, and a
// word here.
func InWords(l wording.Lang, f *fault.Fault) *fault.Fault {
	reason, _ := f.Args["reason"].(string)
	if f.Code != Listed.Code || !wording.Has("reader.reason."+reason) {
		return f
	}
	return fault.New(f.Kind, f.Code, f.Message, "reason", wording.T(l, "reader.reason."+reason))
}

// Fault takes a fault off the wire.
func (s Said) Fault() *fault.Fault {
	f := fault.New(s.Kind, s.Code, s.Message[wording.EN])
	f.Field, f.Args = s.Field, s.Args
	return f
}

type wireInquiry struct {
	Reset          string `json:"reset"`
	InternalFactor string `json:"internal_factor"`
	InternalSource string `json:"internal_source"`
	InternalProof  string `json:"internal_proof"`
	ExternalFactor string `json:"external_factor"`
	ExternalSource string `json:"external_source"`
}

// MarshalJSON implements json.Marshaler.
func (q Inquiry) MarshalJSON() ([]byte, error) {
	h := func(b [8]byte) string { return hex.EncodeToString(b[:]) }
	return json.Marshal(wireInquiry{q.Hex(), h(q.InternalFactor), h(q.InternalSource), h(q.InternalProof), h(q.ExternalFactor), h(q.ExternalSource)})
}

// UnmarshalJSON implements json.Unmarshaler: BadInquiry.
func (q *Inquiry) UnmarshalJSON(b []byte) error {
	var w wireInquiry
	if json.Unmarshal(b, &w) != nil {
		return BadInquiry
	}
	reset, err := hex.DecodeString(w.Reset)
	ok := err == nil && len(reset) == 13
	for _, f := range []struct {
		text string
		into []byte
	}{{w.InternalFactor, q.InternalFactor[:]}, {w.InternalSource, q.InternalSource[:]}, {w.InternalProof, q.InternalProof[:]},
		{w.ExternalFactor, q.ExternalFactor[:]}, {w.ExternalSource, q.ExternalSource[:]}} {
		v, err := hex.DecodeString(f.text)
		ok = ok && err == nil && copy(f.into, v) == 8 && len(v) == 8
	}
	if !ok {
		return BadInquiry
	}
	q.Historical = reset
	return nil
}

type wireAnswer struct {
	Proof string `json:"proof,omitempty"`
	Fault *Said  `json:"fault,omitempty"`
}

// MarshalJSON implements json.Marshaler. An answer with a fault never carries a proof.
func (a Answer) MarshalJSON() ([]byte, error) {
	if a.Fault != nil {
		s := Say(a.Fault)
		return json.Marshal(wireAnswer{Fault: &s})
	}
	return json.Marshal(wireAnswer{Proof: hex.EncodeToString(a.Proof[:])})
}

// UnmarshalJSON implements json.Unmarshaler: Away for an answer that is neither proof nor fault.
func (a *Answer) UnmarshalJSON(b []byte) error {
	var w wireAnswer
	if err := json.Unmarshal(b, &w); err != nil {
		return Away.Because(err)
	}
	if w.Fault != nil {
		a.Fault = w.Fault.Fault()
		return nil
	}
	proof, err := hex.DecodeString(w.Proof)
	if err != nil || len(proof) != len(a.Proof) {
		return Away
	}
	copy(a.Proof[:], proof)
	return nil
}
