package key

import (
	"context"
	"fmt"

	"kawu/kit/fault"
	"kawu/kit/sm"
)

// Ref names a key in a store: a name of lower-case words and slashes, and a version from 1. Keys are
// asked for by name; their bytes never leave the store.
type Ref struct {
	Name    string `yaml:"name" json:"name"`
	Version byte   `yaml:"version" json:"version"`
}

// String is name@version.
func (r Ref) String() string { return fmt.Sprintf("%s@%d", r.Name, r.Version) }

// Path names a key below a master: the factors from the master down. An empty path is the master.
type Path struct {
	Master  Ref      `json:"master"`
	Factors []Factor `json:"factors,omitempty"`
}

// Below extends a path by one level.
func (p Path) Below(f Factor) Path {
	return Path{p.Master, append(append([]Factor(nil), p.Factors...), f)}
}

// Dispersal asks for a card's key, wrapped under a key that the card already has.
type Dispersal struct {
	Key    Path   `json:"key"`
	Header Header `json:"header"`
	Under  Path   `json:"under"`
}

// WrappedSize is the length of a wrapped key: header and key with 8 bytes of integrity.
const WrappedSize = HeaderSize + sm.KeySize + 8

// Question asks for the proof that a card or a terminal is waiting for.
type Question struct {
	Key       Path    `json:"key"`
	Challenge [8]byte `json:"challenge"`
	Source    [8]byte `json:"source"`
}

// Command asks for the MAC of a card command.
type Command struct {
	Key       Path    `json:"key"`
	Challenge [8]byte `json:"challenge"`
	Bytes     []byte  `json:"bytes"` // header, Lc and data, without the MAC
}

// Store does key work by name. Every method takes a set, because a hardware store costs a round trip
// per call; answers come in the order of the questions, and one bad question fails the whole call.
// Faults: Missing, WrongKind.
type Store interface {
	Signer(ctx context.Context, ref Ref) (sm.Signer, error)
	Disperse(ctx context.Context, set []Dispersal) ([][]byte, error)
	Prove(ctx context.Context, set []Question) ([]Proof, error)
	MAC(ctx context.Context, set []Command) ([][4]byte, error)
}

var (
	// Missing says that the store has no such key; args: key.
	Missing = fault.New(fault.NotFound, "key.missing", "the key store has no key {key}")
	// WrongKind says that the key exists for another kind of work; args: key.
	WrongKind = fault.New(fault.Refused, "key.wrong_kind", "the key {key} is not made for this work")
	// Taken says that a name is in use; keys are never overwritten; args: key.
	Taken = fault.New(fault.Conflict, "key.taken", "the key {key} exists; take the next version")
	// BadName says that a key's name cannot be used; args: key.
	BadName = fault.New(fault.Invalid, "key.bad_name", "{key} is not a key name: lower-case words with slashes, version from 1")
)

func about(f *fault.Fault, r Ref) *fault.Fault {
	return fault.New(f.Kind, f.Code, f.Message, "key", r.String())
}
