package portrait

import "context"

// Lines is how many people go into one question at most: photos make an answer of some 5 MB.
const Lines = 200

// Wanted is one person whose photo is asked for. Number is plain: the adapter seals it on the wire
// and nothing logs it.
type Wanted struct {
	Key    string `json:"key"` // the caller's reference, given back with the answer
	Number string `json:"number"`
}

// Found is the register's answer for one key; JPEG is as it came and nil when it has none.
type Found struct {
	Key  string `json:"key"`
	JPEG []byte `json:"jpeg,omitempty"`
}

// Register gives the identity cards' photos (the police base). Photos answers every key exactly
// once; a repeated key returns the first answer.
type Register interface {
	Photos(ctx context.Context, key string, people []Wanted) ([]Found, error)
}
