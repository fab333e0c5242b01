package ceremony

import (
	"encoding/hex"
	"encoding/json"
	"time"

	"kawu/kit/sm"
)

// Record is what remains of a ceremony: signed, without secrets.
type Record struct {
	Ceremony   string    `json:"ceremony"`
	Plan       string    `json:"plan"` // SM3 of the plan's text
	Custodians []string  `json:"custodians"`
	At         time.Time `json:"at"`
	Acts       []Act     `json:"acts"`
	Signature  string    `json:"signature"` // hexadecimal, over the record with an empty signature
}

// NewRecord signs what was done by a plan.
func NewRecord(name, plan string, custodians []string, at time.Time, acts []Act, signer sm.Signer) (Record, error) {
	r := Record{Ceremony: name, Plan: plan, Custodians: custodians, At: at, Acts: acts}
	text, err := r.signed()
	if err != nil {
		return r, err
	}
	sig, err := signer.Sign(text)
	r.Signature = hex.EncodeToString(sig)
	return r, err
}

// Verify says whether the record is as it was signed.
func (r Record) Verify(by *sm.PublicKey) bool {
	sig, err := hex.DecodeString(r.Signature)
	if err != nil {
		return false
	}
	text, err := r.signed()
	return err == nil && by.Verify(text, sig)
}

func (r Record) signed() ([]byte, error) {
	r.Signature = ""
	return json.Marshal(r)
}
