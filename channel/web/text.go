package web

import (
	"fmt"
	"html/template"
	"regexp"
	"strings"
	"time"

	"kawu/kit/clock"
	"kawu/kit/wording"
)

// Text is a proper name as data carries it (a bank, an outlet, an employer) in both languages. EN
// may be empty: then the Chinese name is shown, marked as Chinese for screen readers.
type Text struct{ ZH, EN string }

// In gives the name in a language, the Chinese one when there is no other.
func (t Text) In(l wording.Lang) string {
	if l == wording.EN && t.EN != "" {
		return t.EN
	}
	return t.ZH
}

// Said is a sentence to be worded in the visitor's language: a key of kit/wording and name, value
// pairs. A Text, a Said or a time among the values is worded too; a time at midnight shows its day
// only. A value that is a Said with no key is empty.
type Said struct {
	Key  string
	Args []any
}

// Say makes a Said.
func Say(key string, args ...any) Said { return Said{key, args} }

// Words is a sentence that data already carry in both languages.
func Words(t Text) Said { return Said{Args: []any{t}} }

// Empty says whether there is nothing to say.
func (s Said) Empty() bool { return s.Key == "" && len(s.Args) == 0 }

// Say words a sentence; an empty one is "".
func (p Page) Say(s Said) string {
	if s.Key == "" {
		if len(s.Args) == 1 {
			if t, ok := s.Args[0].(Text); ok {
				return t.In(p.Lang)
			}
		}
		return ""
	}
	args := make([]any, len(s.Args))
	for i, a := range s.Args {
		args[i] = p.worded(a)
	}
	return p.T(s.Key, args...)
}

func (p Page) worded(a any) any {
	switch v := a.(type) {
	case Text:
		return v.In(p.Lang)
	case Said:
		return p.Say(v)
	case time.Time:
		if v = v.In(clock.Zone); v.Hour() == 0 && v.Minute() == 0 {
			return p.Day(v)
		}
		return p.DateTime(v)
	}
	return a
}

// Num groups thousands: 12345 is "12,345" in both languages.
func Num(n int) string {
	s := fmt.Sprint(n)
	sign := ""
	if n < 0 {
		sign, s = "−", s[1:]
	}
	var b strings.Builder
	for i, c := range s {
		if i > 0 && (len(s)-i)%3 == 0 {
			b.WriteByte(',')
		}
		b.WriteRune(c)
	}
	return sign + b.String()
}

var phone = regexp.MustCompile(`^tel:[0-9+][0-9 +-]*$`)

// Address lets through an address on this site and a phone number, which templates would refuse;
// anything else becomes "#".
func Address(href string) template.URL {
	if strings.HasPrefix(href, "/") && !strings.HasPrefix(href, "//") || phone.MatchString(href) {
		return template.URL(href)
	}
	return "#"
}
