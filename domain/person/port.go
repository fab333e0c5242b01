package person

import "context"

// Asked is one person to be compared with the population register. Number and Name are plain: the
// adapter seals them on the wire and nothing logs them.
type Asked struct {
	Key    string `json:"key"` // the caller's reference, given back with the answer
	Number string `json:"number"`
	Name   string `json:"name"`
}

// Outcome is what the register says of one person.
type Outcome string

// The outcomes; the numbers are the register's life states where it has one.
const (
	Same        Outcome = "same"         // alive, and the name is the same
	NameDiffers Outcome = "name_differs" // the number exists with another name
	Unknown     Outcome = "unknown"      // no such number
	Dead        Outcome = "dead"
	Missing     Outcome = "missing" // declared missing
)

// Found is the register's answer for one key.
type Found struct {
	Key     string  `json:"key"`
	Outcome Outcome `json:"outcome"`
}

// Population is the police population register (人口库). Compare answers every key exactly once;
// a repeated key returns the first answer.
type Population interface {
	Compare(ctx context.Context, key string, people []Asked) ([]Found, error)
}
