package wire

import (
	"regexp"

	"kawu/kit/fault"
)

// What can go wrong on the wire; args: partner, and what the message names. Outside faults may be
// asked again under the same key; the others will not get better by themselves.
var (
	// Unreachable says that the partner could not be connected to: it has seen nothing.
	Unreachable = fault.New(fault.Outside, "wire.unreachable", "{partner} cannot be reached")
	// NoAnswer says that the question went out and no answer came: the partner may have done the work.
	NoAnswer = fault.New(fault.Outside, "wire.no_answer", "{partner} did not answer in time")
	// Unavailable is an HTTP status of 500 and above; args: status.
	Unavailable = fault.New(fault.Outside, "wire.unavailable", "{partner} reports trouble of its own ({status})")
	// Rejected is any other HTTP status than 200. It is unsigned, so it decides nothing; args: status.
	Rejected = fault.New(fault.Outside, "wire.rejected", "{partner} did not accept the request ({status})")
	// Malformed says that what came back is not an envelope or not the answer's form.
	Malformed = fault.New(fault.Outside, "wire.malformed", "the answer of {partner} cannot be read")
	// BadSignature says that an envelope was changed, was sealed for somebody else or not signed by its sender.
	BadSignature = fault.New(fault.Invalid, "wire.signature", "the signature of {partner} does not fit its message; nothing of it was used")
	// Mismatch says that a properly signed answer belongs to another question: a replay.
	Mismatch = fault.New(fault.Invalid, "wire.mismatch", "{partner} answered another question")
	// TooLarge says that a body is over the limit; args: limit in bytes.
	TooLarge = fault.New(fault.Invalid, "wire.too_large", "a message to or from {partner} is larger than {limit} bytes")
	// UnknownParty says that the key ring holds no key of this name.
	UnknownParty = fault.New(fault.Invalid, "wire.unknown_party", "there is no key for {partner}")
	// Refused is a signed refusal of the whole question; args: reason (the partner's code), lines (the
	// first wrong lines, counted from 1).
	Refused = fault.New(fault.Refused, "wire.refused", "{partner} refused the request: {reason}")
	// KeyFile says that a key file cannot be used; args: path.
	KeyFile = fault.New(fault.Refused, "wire.key_file", "{path} is not a key file that only its owner can read")
)

func about(f *fault.Fault, partner string, args ...any) *fault.Fault {
	return fault.New(f.Kind, f.Code, f.Message, append([]any{"partner", partner}, args...)...)
}

// Refusal is the body of a signed refusal. Reason is a short code; free text of an outside party is
// never shown to people.
type Refusal struct {
	Reason string `json:"reason"`
	Lines  []int  `json:"lines,omitempty"` // at most ten, counted from 1
}

var reason = regexp.MustCompile(`^[a-z0-9_.]{1,64}$`)

func (r Refusal) fault(partner string) *fault.Fault {
	if !reason.MatchString(r.Reason) {
		r.Reason = "unreadable"
	}
	return about(Refused, partner, "reason", r.Reason, "lines", r.Lines[:min(10, len(r.Lines))])
}

// ReasonOf is the partner's code in a Refused; "" for every other error.
func ReasonOf(err error) string {
	f := fault.Of(err)
	if f == nil || f.Code != Refused.Code {
		return ""
	}
	s, _ := f.Args["reason"].(string)
	return s
}
