package notice

import (
	"strings"

	"kawu/kit/fault"
)

// ErrLink and ErrSecret are the refusals of a text; they name the rule and never the text.
var (
	ErrLink   = fault.New(fault.Refused, "notice.link", "a message to people may not hold a link or a web address (BJ-45)")
	ErrSecret = fault.New(fault.Refused, "notice.secret", "a message to people may not ask for an account number, password or code (BJ-46)")
)

// Check refuses a text that holds anything like a link or asks for a secret, also when it is
// written to evade a simple search: full-width, spelled-out dots, spaces and characters of no width
// between the letters. It refuses too much rather than too little: a refused template is seen by
// the one who wrote it, a link in a message by a hundred thousand people.
func Check(text string) error {
	plain := fold(text)
	if hasLink(plain) {
		return ErrLink
	}
	if asksSecret(plain) {
		return ErrSecret
	}
	return nil
}

// checkAll checks the texts of a set. Most of them differ only in a code or a number, so one text of
// every shape is looked at: with every digit made a 1, which Check takes for an address rather more
// often than other digits.
func checkAll(all []Message) error {
	seen := map[string]bool{}
	for _, m := range all {
		shape := strings.Map(func(r rune) rune {
			if r >= '0' && r <= '9' {
				return '1'
			}
			return r
		}, m.Text)
		if seen[shape] {
			continue
		}
		seen[shape] = true
		if err := Check(shape); err != nil {
			return err
		}
	}
	return nil
}
