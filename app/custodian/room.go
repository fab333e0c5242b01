package custodian

import (
	"context"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strings"

	"kawu/chip/ceremony"
	"kawu/chip/safe"
	"kawu/domain/access"
	"kawu/domain/ref"
	"kawu/flow/desk"
	"kawu/kit/fault"
	"kawu/kit/sm"
	"kawu/policy"
)

// Room is where ceremonies are held.
type Room struct {
	Data  string // the installation's folder
	Cards *safe.Safe
	Desk  *desk.Desk
	Key   *sm.PrivateKey // signs records
	City  ref.City
	Here  *policy.City // whose banks' staff may be hired
}

// NoStaff says that a custodian is nobody of the centre's staff, or has left; args: who.
var NoStaff = fault.New(fault.Invalid, "ceremony.no_staff", "{who} is nobody of the centre's staff")

// staff makes sure that custodians are members of the centre's staff, by their logins, who have
// chosen passwords of their own: all who are not.
func (r *Room) staff(ctx context.Context, who []string) error {
	var l fault.List
	for _, w := range who {
		s, _, err := access.ByLogin(ctx, r.Desk.DB, w)
		if err != nil {
			return err
		}
		if s.Login != w || s.Disabled || s.City != r.City || s.Org != "centre" {
			l.Add(w, fault.New(NoStaff.Kind, NoStaff.Code, NoStaff.Message, "who", w))
		} else if !s.First.IsZero() {
			l.Add(w, access.Of(access.ErrFirst, w))
		}
	}
	return l.Err()
}

// matter is what is being done: its plan's name and digest, and by whom.
type matter struct {
	act        desk.Act
	subject    string
	name, plan string
	who        []string
}

// do does an act of two custodians: the trail says that it began before anything is done, and how it
// ended; a signed record is kept, and returned with its path.
func (r *Room) do(ctx context.Context, m matter, work func() ([]ceremony.Act, error)) (path string, rec ceremony.Record, err error) {
	if err := r.note(ctx, m, "began", 0); err != nil {
		return "", rec, err
	}
	acts, failed := work()
	if failed != nil {
		end := "failed"
		if f := fault.Of(failed); f != nil {
			end = f.Code
		}
		return "", rec, errors.Join(failed, r.note(ctx, m, end, len(acts)))
	}
	if rec, err = ceremony.NewRecord(m.name, m.plan, m.who, r.Desk.Clock.Now(), acts, r.Key); err != nil {
		return "", rec, err
	}
	if path, err = r.keep(rec); err != nil {
		return "", rec, err
	}
	return path, rec, r.note(ctx, m, "done", len(acts))
}

// note writes the audit line of a matter.
func (r *Room) note(ctx context.Context, m matter, end string, n int) error {
	actor := desk.Actor{Role: desk.Custodian, ID: strings.Join(m.who, "+"), City: r.City, Org: "centre", Channel: "line"}
	return r.Desk.Sit(ctx, actor, m.act, func(s *desk.Sitting) error {
		s.About(m.subject, n, "plan", m.plan, "end", end)
		return nil
	})
}

func (r *Room) folder() string { return filepath.Join(r.Data, "keys", "ceremonies") }

// keep writes a record beside the earlier ones.
func (r *Room) keep(rec ceremony.Record) (path string, err error) {
	text, err := json.MarshalIndent(rec, "", "  ")
	if err == nil {
		err = os.MkdirAll(r.folder(), 0o700)
	}
	if err != nil {
		return "", err
	}
	path = filepath.Join(r.folder(), rec.At.UTC().Format("20060102T150405Z")+"-"+rec.Plan[:16]+".json")
	return path, os.WriteFile(path, append(text, '\n'), 0o600)
}

// Records are the ceremonies held here, oldest first, and how many of them were changed since they
// were signed.
func (r *Room) Records() (all []ceremony.Record, changed int, err error) {
	paths, err := filepath.Glob(filepath.Join(r.folder(), "*.json"))
	for _, path := range paths {
		text, err := os.ReadFile(path)
		if err != nil {
			return nil, 0, err
		}
		var rec ceremony.Record
		if json.Unmarshal(text, &rec) != nil || !rec.Verify(r.Key.Public()) {
			changed++
		}
		all = append(all, rec)
	}
	return all, changed, err
}
