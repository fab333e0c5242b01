package ident

import (
	"strings"
	"time"

	"kawu/kit/fault"
	"kawu/kit/idno"
	"kawu/kit/tidy"
)

// Kind names an identifier on the command line.
type Kind string

// The kinds of `kawu check`.
const (
	KindID       Kind = "id"
	KindUSCC     Kind = "uscc"
	KindCard     Kind = "card"
	KindBankCard Kind = "bankcard"
	KindS10      Kind = "s10"
)

// Kinds are all of them, for help and completion.
var Kinds = []Kind{KindID, KindUSCC, KindCard, KindBankCard, KindS10}

// KindUnknown is the fault of Check for a kind that does not exist.
var KindUnknown = fault.New(fault.Invalid, "ident.kind", "there is no identifier of this kind; the kinds are {kinds}")

// Result is what a valid value turned out to be. Value is masked where it belongs to a person.
type Result struct {
	Kind     Kind        `json:"kind"`
	Value    string      `json:"value"`
	Document idno.Kind   `json:"document,omitempty"` // for KindID
	Birth    string      `json:"birth_date,omitempty"`
	Sex      idno.Sex    `json:"sex,omitempty"` // GB/T 2261.1: 1 male, 2 female
	Division string      `json:"division,omitempty"`
	Notes    []tidy.Note `json:"notes,omitempty"` // what was normalised, as keys of wordings
}

// Check reads one identifier. The error is a fault with the reason; Result then holds the kind and
// the notes only.
func Check(k Kind, value string) (Result, error) {
	r := Result{Kind: k}
	var err error
	switch k {
	case KindID:
		var n idno.Number
		if n, r.Notes, err = idno.Parse(value); err == nil {
			r.person(n)
		}
	case KindUSCC:
		var u USCC
		u, r.Notes, err = ParseUSCC(value)
		r.Value = string(u)
	case KindCard:
		var c Card
		c, r.Notes, err = ParseCard(value)
		r.Value = string(c)
	case KindBankCard:
		var b BankCard
		b, r.Notes, err = ParseBankCard(value)
		r.Value = b.Masked()
	case KindS10:
		var m Mail
		m, r.Notes, err = ParseMail(value)
		r.Value = string(m)
	default:
		err = fault.New(KindUnknown.Kind, KindUnknown.Code, KindUnknown.Message, "kinds", list())
	}
	return r, err
}

func (r *Result) person(n idno.Number) {
	r.Value, r.Document, r.Sex, r.Division = n.Masked(), n.Kind(), n.Sex(), string(n.Division())
	if b, ok := n.Birth(); ok {
		r.Birth = b.Format(time.DateOnly)
	}
}

func list() string {
	names := make([]string, len(Kinds))
	for i, k := range Kinds {
		names[i] = string(k)
	}
	return strings.Join(names, ", ")
}
