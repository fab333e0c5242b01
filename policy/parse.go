package policy

import (
	"encoding"
	"errors"
	"strings"

	"kawu/kit/fault"
	"kawu/policy/term"
)

// UnknownWord is the fault of a word that a vocabulary does not have; it lists those it has.
var UnknownWord = fault.New(fault.Invalid, "policy.unknown_word", "{name} cannot be {value}; it is one of {allowed}")

// ParseReason takes the word of a reason. Its fault is UnknownWord.
func ParseReason(s string) (r term.Reason, err error) {
	err = parse("reason", s, &r)
	return r, err
}

// ParseChannel takes the word of a channel. Its fault is UnknownWord.
func ParseChannel(s string) (c term.Channel, err error) {
	err = parse("channel", s, &c)
	return c, err
}

func parse(name, s string, to encoding.TextUnmarshaler) error {
	var u *term.Unknown
	if errors.As(to.UnmarshalText([]byte(s)), &u) {
		return fault.New(UnknownWord.Kind, UnknownWord.Code, UnknownWord.Message,
			"name", name, "value", s, "allowed", strings.Join(u.Allowed, ", ")).At(name)
	}
	return nil
}
