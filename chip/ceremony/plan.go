package ceremony

import (
	"bytes"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strings"

	"gopkg.in/yaml.v3"

	"kawu/chip/key"
	"kawu/kit/fault"
	"kawu/kit/sm"
	"kawu/kit/wording"
)

// Plan is what will be done; it holds no secret.
type Plan struct {
	Name       string    `yaml:"ceremony"`
	Custodians []string  `yaml:"custodians"`        // exactly two
	Masters    []Master  `yaml:"masters"`           // given in parts
	Descend    []Descent `yaml:"descend,omitempty"` // made in the store from masters, in this order
	Signing    []key.Ref `yaml:"signing,omitempty"` // SM2 keys made in the store
	Use        *Use      `yaml:"use,omitempty"`     // nil: new cards are made as before

	digest string
}

// Use is what new cards are made with once the ceremony is over.
type Use struct {
	Version   byte    `yaml:"version"` // of the city's and the banks' masters
	Tries     byte    `yaml:"tries"`   // wrong proofs until a card's key locks
	Transport key.Ref `yaml:"transport"`
}

// Digest is the SM3 of the plan's text, 64 hexadecimal digits: both custodians compare it with the
// one on paper.
func (p *Plan) Digest() string { return p.digest }

// Master is one key that is given in two parts.
type Master struct {
	key.Ref `yaml:",inline"`
	Check   string            `yaml:"check"` // check value of the whole: six hexadecimal digits
	Parts   map[string]string `yaml:"parts"` // check value of each custodian's part
}

// Descent makes a child master: a city's from its province's.
type Descent struct {
	From key.Ref `yaml:"from"`
	City string  `yaml:"city"` // six digits of the division code in the factor
	To   key.Ref `yaml:"to"`
}

// BadPlan names what is wrong in a plan; args: reason.
var BadPlan = fault.New(fault.Invalid, "ceremony.bad_plan", "the plan of the ceremony is wrong: {reason}")

// badPlan is BadPlan with a reason that has its own wording.
func badPlan(reason string, args ...any) *fault.Fault {
	return fault.New(BadPlan.Kind, BadPlan.Code, BadPlan.Message, "reason", wording.Say("ceremony.reason."+reason, args...))
}

// Parse reads a plan strictly; the error holds all that is wrong.
func Parse(text []byte) (*Plan, error) {
	d := yaml.NewDecoder(bytes.NewReader(text))
	d.KnownFields(true)
	var p Plan
	if err := d.Decode(&p); err != nil && !errors.Is(err, io.EOF) {
		return nil, unreadable(err)
	}
	h := sm.Hash(text)
	p.digest = hex.EncodeToString(h[:])
	return &p, p.check()
}

var line = regexp.MustCompile(`line (\d+)`)

// unreadable says at which line of a plan the first thing is that cannot be read.
func unreadable(err error) error {
	if at := line.FindStringSubmatch(err.Error()); at != nil {
		return badPlan("unreadable_at", "line", at[1]).Because(err)
	}
	return badPlan("unreadable").Because(err)
}

// custodian is how a custodian is named: staff ids, because the name goes into the audit trail, where
// nobody's own name stands.
var custodian = regexp.MustCompile(`^[a-z0-9]+([._-][a-z0-9]+)*$`)

func (p *Plan) check() error {
	var l fault.List
	if p.Name == "" {
		l.Add("ceremony", badPlan("name"))
	}
	if len(p.Custodians) != 2 || p.Custodians[0] == p.Custodians[1] {
		l.Add("custodians", badPlan("two"))
	}
	for _, c := range p.Custodians {
		if !custodian.MatchString(c) {
			l.Add("custodians", badPlan("logins"))
		}
	}
	if len(p.Masters) == 0 {
		l.Add("masters", badPlan("no_parts"))
	}
	seen := map[key.Ref]bool{}
	once := func(field string, r key.Ref) {
		if r.Name == "" || r.Version == 0 {
			l.Add(field, badPlan("key"))
		}
		if seen[r] {
			l.Add(field, badPlan("twice", "key", r.String()))
		}
		seen[r] = true
	}
	for i, m := range p.Masters {
		field := fmt.Sprintf("masters[%d]", i)
		once(field, m.Ref)
		if !isCheck(m.Check) || len(m.Parts) != len(p.Custodians) {
			l.Add(field, badPlan("check", "key", m.Ref.String()))
		}
		for _, c := range p.Custodians {
			if !isCheck(m.Parts[c]) {
				l.Add(field, badPlan("part", "key", m.Ref.String(), "who", c))
			}
		}
	}
	for i, d := range p.Descend {
		field := fmt.Sprintf("descend[%d]", i)
		once(field, d.To)
		if len(d.City) != 6 || strings.Trim(d.City, "0123456789") != "" {
			l.Add(field, badPlan("city"))
		}
	}
	for i, r := range p.Signing {
		once(fmt.Sprintf("signing[%d]", i), r)
	}
	if u := p.Use; u != nil && (u.Version == 0 || u.Tries == 0 || u.Tries > 15 || u.Transport.Name == "" || u.Transport.Version == 0) {
		l.Add("use", badPlan("use"))
	}
	return l.Err()
}

func isCheck(s string) bool {
	b, err := hex.DecodeString(s)
	return err == nil && len(b) == 3
}

// CheckValue is key.CheckValue of a key's bytes.
func CheckValue(k [sm.KeySize]byte) string {
	c, err := sm.NewCipher(k[:])
	if err != nil {
		panic(err) // 16 bytes are always a key
	}
	return key.CheckValue(c)
}
