package own

import (
	"bytes"
	"encoding/hex"
	"errors"
	"fmt"
	"time"

	"gopkg.in/yaml.v3"

	"kawu/chip/ceremony"
	"kawu/chip/safe"
	"kawu/kit/pki"
	"kawu/kit/sm"
)

// Plan is what the root is opened for.
type Plan struct {
	Name     string   `yaml:"ceremony"`
	Issuing  bool     `yaml:"issuing"` // make the next issuing authority
	Revoke   []Revoke `yaml:"revoke"`  // issuing authorities that end
	ListDays int      `yaml:"list_days"`
	digest   string
}

// Revoke names an issuing authority by its serial number.
type Revoke struct {
	Serial string `yaml:"serial"`
	Reason string `yaml:"reason"` // RFC 5280 name
}

// Digest is the SM3 of the plan's text, 64 hexadecimal digits.
func (p *Plan) Digest() string { return p.digest }

// ParsePlan reads a plan strictly. Every plan signs a new list of the root, good for list_days.
func ParsePlan(text []byte) (*Plan, error) {
	var p Plan
	d := yaml.NewDecoder(bytes.NewReader(text))
	d.KnownFields(true)
	if err := d.Decode(&p); err != nil {
		return nil, badSetup("plan_unreadable").Because(err)
	}
	if p.Name == "" || p.ListDays < 1 || p.ListDays > 3660 {
		return nil, badSetup("plan")
	}
	for _, r := range p.Revoke {
		if _, err := pki.ParseSerial(r.Serial); err != nil || r.Reason != "" && causes[r.Reason] == 0 {
			return nil, with(Unknown, "serial", r.Serial)
		}
	}
	h := sm.Hash(text)
	p.digest = hex.EncodeToString(h[:])
	return &p, nil
}

// Hold opens the root with both custodians' parts, does what the plan says and closes it again.
func Hold(dir string, s *safe.Safe, p *Plan, parts map[string]ceremony.Part, now time.Time) ([]ceremony.Act, error) {
	u, err := readSetup(dir)
	if err == nil {
		err = s.Here()
	}
	if err != nil {
		return nil, err
	}
	custodians, err := Custodians(dir)
	if err != nil {
		return nil, err
	}
	k, err := openRoot(dir, parts)
	if err != nil {
		return nil, err
	}
	a := &Authority{dir: dir, setup: u}
	root, err := a.certificate("root.crt")
	if err != nil {
		return nil, err
	}
	top, err := pki.NewIssuer(root, k)
	if err != nil {
		return nil, err
	}
	revoked, err := a.ended(root, p.Revoke, now)
	if err != nil {
		return nil, err
	}
	both := custodians[0] + ", " + custodians[1]
	acts := []ceremony.Act{{At: now, Who: both, What: "open", Key: RootRef.String()}}
	if p.Issuing {
		act, err := u.addIssuing(dir, s, top, now)
		if err != nil {
			return acts, err
		}
		acts = append(acts, act)
	}
	for _, r := range p.Revoke {
		acts = append(acts, ceremony.Act{At: now, Who: both, What: "revoke", Key: r.Serial})
	}
	list, err := top.RevocationList(uint64(now.Unix()), now, now.AddDate(0, 0, p.ListDays), revoked)
	if err != nil {
		return acts, err
	}
	acts = append(acts, ceremony.Act{At: now, Who: both, What: "list", Key: RootRef.String()})
	return acts, errors.Join(write(dir, "public/root.crl", list.PEM()), u.write(dir))
}

// ended is what the root's next list says: the lines of the last one, and those of the plan.
func (a *Authority) ended(root *pki.Certificate, more []Revoke, now time.Time) ([]pki.Revoked, error) {
	last, err := a.list("root", root)
	if err != nil {
		return nil, err
	}
	out := last.Lines()
	for _, r := range more {
		serial, _ := pki.ParseSerial(r.Serial)
		if _, already := last.Find(serial); already {
			continue
		}
		if !a.has(serial) {
			return nil, with(Unknown, "serial", r.Serial)
		}
		out = append(out, pki.Revoked{Serial: serial, At: now, Cause: causes[r.Reason]})
	}
	return out, nil
}

// has says whether an issuing authority has this serial number.
func (a *Authority) has(serial pki.Serial) bool {
	for n := range a.setup.Keys {
		if c, err := a.certificate(fmt.Sprintf("issuing-%d.crt", n+1)); err == nil {
			if s, ok := c.Serial(); ok && s == serial {
				return true
			}
		}
	}
	return false
}
