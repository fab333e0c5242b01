package ceremony

import (
	"crypto/rand"
	"crypto/subtle"
	"strings"
	"time"

	"kawu/chip/key"
	"kawu/kit/fault"
	"kawu/kit/sm"
)

// Part is half of a master. It never prints.
type Part [sm.KeySize]byte

// String hides the part.
func (Part) String() string { return "[part]" }

// GoString hides the part from %#v.
func (Part) GoString() string { return "[part]" }

// Act is one line of the record: who did what with which key, without secrets.
type Act struct {
	At    time.Time `json:"at"`
	Who   string    `json:"who"`  // a custodian, or both
	What  string    `json:"what"` // part, import, descend, generate
	Key   string    `json:"key"`
	Check string    `json:"check,omitempty"`
}

// Session is a ceremony under way. It is not safe for concurrent use: people take turns.
type Session struct {
	plan  *Plan
	vault *key.Vault
	parts map[key.Ref]map[string]Part
	acts  []Act
}

var (
	// NotYours says that a person is no custodian of this ceremony, or the key is not in the plan.
	NotYours = fault.New(fault.Forbidden, "ceremony.not_yours", "{who} has no part of {key} in this ceremony")
	// WrongPart says that a part's check value is not the plan's: a slip, or another key's part.
	WrongPart = fault.New(fault.Invalid, "ceremony.wrong_part", "the part of {key} that {who} gave has check value {got}; the plan says {want}")
	// WrongWhole says that two right parts do not make the key of the plan.
	WrongWhole = fault.New(fault.Invalid, "ceremony.wrong_whole", "the parts of {key} make check value {got}; the plan says {want}")
	// Incomplete says that a part is still missing.
	Incomplete = fault.New(fault.Refused, "ceremony.incomplete", "{who} has not given the part of {key}")
)

func with(f *fault.Fault, args ...any) *fault.Fault {
	return fault.New(f.Kind, f.Code, f.Message, args...)
}

// Begin opens a ceremony over a vault.
func Begin(p *Plan, v *key.Vault) *Session {
	return &Session{plan: p, vault: v, parts: map[key.Ref]map[string]Part{}}
}

// Ready says whether the vault could take what the plan makes: key.Taken, key.Missing.
func (s *Session) Ready() error { return s.conflicts(nil).Err() }

// Give takes one custodian's part: NotYours, WrongPart. Giving again replaces.
func (s *Session) Give(now time.Time, who string, r key.Ref, p Part) error {
	if err := s.take(who, r, p); err != nil {
		return err
	}
	s.acts = append(s.acts, Act{now, who, "part", r.String(), CheckValue(p)})
	return nil
}

func (s *Session) take(who string, r key.Ref, p Part) error {
	for _, m := range s.plan.Masters {
		want, mine := m.Parts[who]
		if m.Ref != r || !mine {
			continue
		}
		if got := CheckValue(p); !strings.EqualFold(got, want) {
			return with(WrongPart, "who", who, "key", r.String(), "got", got, "want", want)
		}
		if s.parts[r] == nil {
			s.parts[r] = map[string]Part{}
		}
		s.parts[r][who] = p
		return nil
	}
	return with(NotYours, "who", who, "key", r.String())
}

// Finish checks everything that can be checked, then puts all keys into the vault and gives the
// record. Before that nothing is in the vault: Incomplete, WrongWhole, key.Taken, key.Missing. The
// session's parts are wiped either way; a refused ceremony begins anew.
func (s *Session) Finish(now time.Time) ([]Act, error) {
	defer clear(s.parts)
	whole := make([][sm.KeySize]byte, len(s.plan.Masters))
	defer clear(whole)
	var l fault.List
	for i, m := range s.plan.Masters {
		for _, who := range s.plan.Custodians {
			p, given := s.parts[m.Ref][who]
			if !given {
				l.Add(m.Ref.String(), with(Incomplete, "who", who, "key", m.Ref.String()))
				continue
			}
			subtle.XORBytes(whole[i][:], whole[i][:], p[:])
		}
		if got := CheckValue(whole[i]); len(s.parts[m.Ref]) == len(s.plan.Custodians) && !strings.EqualFold(got, m.Check) {
			l.Add(m.Ref.String(), with(WrongWhole, "key", m.Ref.String(), "got", got, "want", m.Check))
		}
	}
	if err := s.conflicts(l).Err(); err != nil {
		return nil, err
	}
	both := strings.Join(s.plan.Custodians, ", ")
	for i, m := range s.plan.Masters {
		if err := s.vault.Import(m.Ref, whole[i][:]); err != nil {
			return s.acts, err
		}
		s.acts = append(s.acts, Act{now, both, "import", m.Ref.String(), m.Check})
	}
	for _, d := range s.plan.Descend {
		if err := s.vault.Descend(d.From, key.CityFactor(d.City), d.To); err != nil {
			return s.acts, err
		}
		s.acts = append(s.acts, Act{now, both, "descend", d.To.String(), ""})
	}
	for _, r := range s.plan.Signing {
		if err := s.vault.GenerateSM2(r); err != nil {
			return s.acts, err
		}
		s.acts = append(s.acts, Act{now, both, "generate", r.String(), ""})
	}
	return s.acts, nil
}

// conflicts finds names that the vault has already, and parents that nobody has.
func (s *Session) conflicts(l fault.List) fault.List {
	there := map[key.Ref]bool{}
	for _, r := range s.vault.Names() {
		there[r] = true
	}
	take := func(r key.Ref) {
		if there[r] {
			l.Add(r.String(), with(key.Taken, "key", r.String()))
		}
		there[r] = true
	}
	for _, m := range s.plan.Masters {
		take(m.Ref)
	}
	for _, d := range s.plan.Descend {
		if !there[d.From] {
			l.Add(d.To.String(), with(key.Missing, "key", d.From.String()))
		}
		take(d.To)
	}
	for _, r := range s.plan.Signing {
		take(r)
	}
	return l
}

// Split draws a fresh master as two parts, to be written down by two people apart, with the check
// values for the plan. The whole exists nowhere else.
func Split() (a, b Part, check string) {
	rand.Read(a[:])
	rand.Read(b[:])
	var whole [sm.KeySize]byte
	subtle.XORBytes(whole[:], a[:], b[:])
	check = CheckValue(whole)
	clear(whole[:])
	return a, b, check
}
