package notice

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"strings"

	"kawu/kit/fault"
	"kawu/policy/strict"
)

//go:embed wording.json
var wordingFile []byte

// wording is this package's own Chinese and English, by code.
var wording = func() map[string]Text {
	var m map[string]Text
	if err := json.Unmarshal(wordingFile, &m); err != nil {
		panic("policy: wording.json: " + err.Error())
	}
	return m
}()

// Label is the name of a word of any vocabulary: Label("channel", "bank_outlet").
func Label(kind, name string) Text { return wording[kind+"."+name] }

// Finding is one thing that Check or reading found wrong, with its place.
type Finding struct {
	File    string         `json:"file"`
	Line    int            `json:"line"`
	City    string         `json:"city"`
	Edition string         `json:"edition,omitempty"`
	Clause  string         `json:"clause,omitempty"` // the clause's id
	Key     string         `json:"key,omitempty"`    // path in the file
	Code    string         `json:"code"`             // policy.gap, policy.unknown_key …
	Message Text           `json:"message"`
	Args    map[string]any `json:"-"`
}

func (f Finding) String() string {
	at := fmt.Sprintf("%s:%d", f.File, f.Line)
	if f.Clause != "" {
		at += " [" + f.Clause + "]"
	} else if f.Key != "" {
		at += " [" + f.Key + "]"
	}
	return at + " " + f.Message.EN
}

// Fault is the finding for those who want a fault.
func (f Finding) Fault() *fault.Fault {
	g := fault.New(fault.Invalid, f.Code, f.Message.EN).At(fmt.Sprintf("%s:%d %s", f.File, f.Line, f.Key))
	g.Args = f.Args
	return g
}

// Findings is everything found wrong; as an error it lists all.
type Findings []Finding

func (l Findings) Error() string {
	s := make([]string, len(l))
	for i, f := range l {
		s[i] = f.String()
	}
	return strings.Join(s, "\n")
}

// Err is nil when nothing was found.
func (l Findings) Err() error {
	if len(l) == 0 {
		return nil
	}
	return l
}

// place is where findings are about; it fills what they share.
type place struct {
	sheet
	city    string
	edition string
}

func (p place) find(path, clause, code string, args ...any) Finding {
	m := map[string]any{}
	for i := 0; i+1 < len(args); i += 2 {
		m[args[i].(string)] = args[i+1]
	}
	t := wording["policy."+code]
	return Finding{File: p.name, Line: p.lines.At(path), City: p.city, Edition: p.edition, Clause: clause, Key: path,
		Code: "policy." + code, Message: Text{fault.Fill(t.ZH, m), fault.Fill(t.EN, m)}, Args: m}
}

// read turns the reader's problems into findings.
func (p place) read(problems []strict.Problem) (out Findings) {
	for _, q := range problems {
		args := []any{"key", q.Path}
		for k, v := range q.Args {
			args = append(args, k, v)
		}
		f := p.find(q.Path, "", q.Code, args...)
		f.Line = q.Line
		out = append(out, f)
	}
	return out
}
