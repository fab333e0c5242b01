package keyd

import (
	"fmt"

	"kawu/chip/key"
	"kawu/kit/fault"
)

// request is one question; one of its fields is set.
type request struct {
	Public   *key.Ref // whose public key
	Sign     *key.Ref // who signs Digest
	Digest   []byte
	Disperse []key.Dispersal
	Prove    []key.Question
	MAC      []key.Command
	List     bool
}

// response is the answer; Fault when there is none.
type response struct {
	Point     []byte // of a public key
	Signature []byte
	Wrapped   [][]byte
	Proofs    []key.Proof
	MACs      [][4]byte
	Listed    []key.Listed
	Fault     *refusal
}

// refusal is a fault on the wire: arguments become text.
type refusal struct {
	Kind, Code, Message string
	Args                map[string]string
}

func toWire(err error) *refusal {
	f := fault.Of(err)
	if f == nil { // its text stays in the key process
		return &refusal{Kind: string(fault.Internal), Code: Failed.Code, Message: Failed.Message}
	}
	r := &refusal{Kind: string(f.Kind), Code: f.Code, Message: f.Message, Args: map[string]string{}}
	for k, v := range f.Args {
		r.Args[k] = fmt.Sprint(v)
	}
	return r
}

func (r *refusal) err() error {
	if r == nil {
		return nil
	}
	var args []any
	for k, v := range r.Args {
		args = append(args, k, v)
	}
	return fault.New(fault.Kind(r.Kind), r.Code, r.Message, args...)
}

var (
	// Failed says that the key process failed inside; its own log says why.
	Failed = fault.New(fault.Internal, "keyd.failed", "the key process failed")
	// Away says that the key process does not answer: a job tries again.
	Away = fault.New(fault.Outside, "keyd.away", "the key process does not answer")
)
