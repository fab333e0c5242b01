package ceremony

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"strings"
	"unicode"

	"gopkg.in/yaml.v3"

	"kawu/chip/key"
	"kawu/kit/fault"
	"kawu/kit/seal"
	"kawu/kit/sm"
)

// BadPart says that what was given is no part; what it was is not told.
var BadPart = fault.New(fault.Invalid, "ceremony.bad_part", "a part is 32 hexadecimal digits, in a file one line for each key")

// ParsePart reads a part as people write it: 32 hexadecimal digits in groups of any size.
func ParsePart(text string) (p Part, err error) {
	digits := strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || r == '-' {
			return -1
		}
		return r
	}, text)
	b, err := hex.DecodeString(digits)
	defer clear(b)
	if err != nil || len(b) != len(p) {
		return p, BadPart
	}
	copy(p[:], b)
	return p, nil
}

// Sheet is one custodian's parts of several keys: the file on that custodian's own medium.
type Sheet map[key.Ref]Part

// ReadSheet reads Write's form.
func ReadSheet(text []byte) (Sheet, error) {
	var lines map[string]string
	if err := yaml.NewDecoder(bytes.NewReader(text)).Decode(&lines); err != nil {
		return nil, BadPart // the decoder's words would show the text
	}
	out := Sheet{}
	for name, digits := range lines {
		r, ok := key.ParseRef(name)
		p, err := ParsePart(digits)
		if !ok || err != nil {
			return nil, BadPart
		}
		out[r] = p
	}
	return out, nil
}

// Write is the sheet as text, to be kept by its custodian alone.
func (s Sheet) Write() ([]byte, error) {
	lines := make(map[string]string, len(s))
	for r, p := range s {
		var groups []string
		for i := 0; i < len(p); i += 4 {
			groups = append(groups, strings.ToUpper(hex.EncodeToString(p[i:i+4])))
		}
		lines[r.String()] = strings.Join(groups, " ")
	}
	return yaml.Marshal(lines)
}

// left is what waits for the other custodian.
type left struct {
	Plan  string            `json:"plan"` // digest
	Who   string            `json:"who"`
	Parts map[string]string `json:"parts"` // by key, hexadecimal
	Acts  []Act             `json:"acts"`
}

// Leave seals one custodian's parts until the other comes, possibly on another day. The box is the
// vault's own: whoever can open it has the vault.
func (s *Session) Leave(who string, box *seal.Box) (string, error) {
	l := left{Plan: s.plan.digest, Who: who, Parts: map[string]string{}}
	for _, m := range s.plan.Masters {
		p, given := s.parts[m.Ref][who]
		if !given {
			return "", with(Incomplete, "who", who, "key", m.Ref.String())
		}
		l.Parts[m.Ref.String()] = hex.EncodeToString(p[:])
	}
	for _, a := range s.acts {
		if a.Who == who {
			l.Acts = append(l.Acts, a)
		}
	}
	text, err := json.Marshal(l)
	if err != nil {
		return "", err
	}
	defer clear(text)
	return box.Seal("ceremony "+s.plan.digest, string(text))
}

// Rejoin gives back what a custodian left for this very plan; seal.Broken for any other.
func (s *Session) Rejoin(box *seal.Box, sealed string) error {
	text, err := box.Open("ceremony "+s.plan.digest, sealed)
	if err != nil {
		return err
	}
	var l left
	if err := json.Unmarshal([]byte(text), &l); err != nil {
		return seal.Broken.Because(err)
	}
	for _, m := range s.plan.Masters {
		p, err := ParsePart(l.Parts[m.Ref.String()])
		if err != nil {
			return err
		}
		if err := s.take(l.Who, m.Ref, p); err != nil {
			return err
		}
	}
	s.acts = append(s.acts, l.Acts...)
	return nil
}

// SplitAll draws fresh masters for two custodians: a sheet for each, and the plan's entries.
func SplitAll(names []key.Ref, custodians [2]string) (sheets [2]Sheet, masters []Master) {
	sheets = [2]Sheet{{}, {}}
	for _, r := range names {
		a, b, check := Split()
		sheets[0][r], sheets[1][r] = a, b
		masters = append(masters, Master{r, check, map[string]string{custodians[0]: CheckValue([sm.KeySize]byte(a)), custodians[1]: CheckValue([sm.KeySize]byte(b))}})
	}
	return sheets, masters
}
