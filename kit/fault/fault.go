package fault

import (
	"errors"
	"fmt"
	"log/slog"
	"strings"
)

// Kind says what sort of trouble it is, and so what everybody does about it.
type Kind string

// The kinds. A new one needs a row in kinds.
const (
	Invalid   Kind = "invalid"   // what was sent is wrong; sending it again cannot help
	Refused   Kind = "refused"   // a rule of the notice or a life cycle says no
	NotFound  Kind = "not_found" // there is no such thing, or none that this person may see
	Conflict  Kind = "conflict"  // somebody else was faster; read again and decide again
	Forbidden Kind = "forbidden" // this person may not do this
	Unsigned  Kind = "unsigned"  // nobody is signed in
	TooMany   Kind = "too_many"  // rate limit
	Outside   Kind = "outside"   // a partner failed or did not answer; a job tries again
	Internal  Kind = "internal"  // our own mistake
)

// Rule is what follows from a kind.
type Rule struct {
	Status int        // HTTP status code
	Retry  bool       // may a job try again by itself
	Level  slog.Level // how loud the log is
}

var kinds = map[Kind]Rule{
	Invalid:   {422, false, slog.LevelInfo},
	Refused:   {409, false, slog.LevelInfo},
	NotFound:  {404, false, slog.LevelInfo},
	Conflict:  {409, true, slog.LevelInfo},
	Forbidden: {403, false, slog.LevelWarn},
	Unsigned:  {401, false, slog.LevelInfo},
	TooMany:   {429, true, slog.LevelWarn},
	Outside:   {502, true, slog.LevelWarn},
	Internal:  {500, true, slog.LevelError},
}

// Fault is one refusal. Message is English and safe to show: it never carries personal data.
type Fault struct {
	Kind    Kind           `json:"kind"`
	Code    string         `json:"code"`            // stable, dotted, lower case: "roster.header_not_found"
	Message string         `json:"message"`         // English fallback when the wording has no such code
	Field   string         `json:"field,omitempty"` // path of the field or cell: "rows[17].id_number"
	Args    map[string]any `json:"args,omitempty"`  // fills the wording; safe to show
	cause   error
}

// New makes a fault. args are name, value pairs that fill the wording's {name} places.
func New(k Kind, code, message string, args ...any) *Fault {
	f := &Fault{Kind: k, Code: code, Message: message}
	for i := 0; i+1 < len(args); i += 2 {
		if f.Args == nil {
			f.Args = map[string]any{}
		}
		f.Args[fmt.Sprint(args[i])] = args[i+1]
	}
	return f
}

// At returns a copy that names the field.
func (f *Fault) At(field string) *Fault { g := *f; g.Field = field; return &g }

// Because returns a copy that wraps the error that caused it; the cause is logged, never shown.
func (f *Fault) Because(err error) *Fault { g := *f; g.cause = err; return &g }

func (f *Fault) Error() string {
	s := f.Code + ": " + Fill(f.Message, f.Args)
	if f.Field != "" {
		s = f.Field + ": " + s
	}
	if f.cause != nil {
		s += ": " + f.cause.Error()
	}
	return s
}

// Unwrap gives the cause.
func (f *Fault) Unwrap() error { return f.cause }

// Is makes errors.Is compare faults by code, so that a room's exported fault can be matched after
// it was given a field or arguments.
func (f *Fault) Is(target error) bool {
	t, ok := target.(*Fault)
	return ok && t.Code == f.Code
}

// Of finds the fault in an error; nil when the error is internal.
func Of(err error) *Fault {
	var f *Fault
	if errors.As(err, &f) {
		return f
	}
	var l List
	if errors.As(err, &l) && len(l) > 0 {
		return l[0]
	}
	return nil
}

// RuleOf gives what follows from an error; an unknown error is internal.
func RuleOf(err error) Rule {
	if f := Of(err); f != nil {
		return kinds[f.Kind]
	}
	return kinds[Internal]
}

// List is all problems at once. Its zero value has none.
type List []*Fault

// Add appends a problem with the field where it is.
func (l *List) Add(field string, f *Fault) { *l = append(*l, f.At(field)) }

// Err is nil when there is no problem.
func (l List) Err() error {
	if len(l) == 0 {
		return nil
	}
	return l
}

func (l List) Error() string {
	s := make([]string, len(l))
	for i, f := range l {
		s[i] = f.Error()
	}
	return strings.Join(s, "; ")
}

// Fill puts arguments into the {name} places of a wording, in one pass, so that an argument
// holding braces cannot be filled again.
func Fill(text string, args map[string]any) string {
	if len(args) == 0 || !strings.Contains(text, "{") {
		return text
	}
	var b strings.Builder
	for {
		i := strings.IndexByte(text, '{')
		j := -1
		if i >= 0 {
			j = strings.IndexByte(text[i:], '}')
		}
		if j < 0 {
			b.WriteString(text)
			return b.String()
		}
		if v, ok := args[text[i+1:i+j]]; ok {
			b.WriteString(text[:i])
			fmt.Fprint(&b, v)
		} else {
			b.WriteString(text[:i+j+1])
		}
		text = text[i+j+1:]
	}
}
