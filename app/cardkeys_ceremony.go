package app

import (
	"context"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"kawu/chip/ceremony"
	"kawu/chip/key"
	"kawu/chip/safe"
	"kawu/flow/desk"
	"kawu/kit/fault"
)

// Ceremony is a key ceremony at this installation. Its custodians may come together or one after the
// other: what the first has given waits, sealed, for the second.
type Ceremony struct {
	Plan    *ceremony.Plan
	house   *House
	session *ceremony.Session
	waiting map[string]string // custodian to the file of what was left
}

// Ceremony opens a ceremony by its plan: what is wrong with the plan, key.Taken, key.Missing,
// safe.NoVault.
func (h *House) Ceremony(text []byte) (*Ceremony, error) {
	plan, err := ceremony.Parse(text)
	if err == nil {
		err = h.Cards.Here()
	}
	if err != nil {
		return nil, err
	}
	c := &Ceremony{Plan: plan, house: h, session: ceremony.Begin(plan, h.Cards.Vault), waiting: map[string]string{}}
	if err := c.session.Ready(); err != nil {
		return nil, err
	}
	for _, who := range plan.Custodians {
		path := filepath.Join(h.ceremonies(), plan.Digest()[:16]+"-"+who+".left")
		sealed, err := os.ReadFile(path)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err == nil {
			err = c.session.Rejoin(h.Cards.Box, string(sealed))
		}
		if err != nil {
			return nil, err
		}
		c.waiting[who] = path
	}
	return c, nil
}

func (h *House) ceremonies() string { return filepath.Join(h.Data, "keys", "ceremonies") }

// Waiting says whether a custodian's parts are here from an earlier call.
func (c *Ceremony) Waiting(who string) bool { return c.waiting[who] != "" }

// Give takes one part: ceremony.NotYours, ceremony.WrongPart.
func (c *Ceremony) Give(who string, r key.Ref, p ceremony.Part) error {
	return c.session.Give(c.house.Clock.Now(), who, r, p)
}

// Leave seals a custodian's parts until the other one comes.
func (c *Ceremony) Leave(ctx context.Context, who string) error {
	sealed, err := c.session.Leave(who, c.house.Cards.Box)
	if err == nil {
		err = c.house.held(ctx, []string{who}, c.Plan, "left", len(c.Plan.Masters))
	}
	if err == nil {
		err = os.MkdirAll(c.house.ceremonies(), 0o700)
	}
	if err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(c.house.ceremonies(), c.Plan.Digest()[:16]+"-"+who+".left"), []byte(sealed), 0o600)
}

// Finish brings the keys in and signs the record, which is kept and returned with its path. The trail
// says that it began before anything is done, and how it ended.
func (c *Ceremony) Finish(ctx context.Context) (path string, r ceremony.Record, err error) {
	h, now := c.house, c.house.Clock.Now()
	if err := h.held(ctx, c.Plan.Custodians, c.Plan, "began", len(c.Plan.Masters)); err != nil {
		return "", r, err
	}
	acts, failed := c.session.Finish(now)
	if u := c.Plan.Use; failed == nil && u != nil {
		failed = h.Cards.Use(safe.Note{Origin: safe.Ceremony, Version: u.Version, Tries: u.Tries, Transport: u.Transport})
	}
	if failed != nil {
		end := "failed"
		if f := fault.Of(failed); f != nil {
			end = f.Code
		}
		return "", r, errors.Join(failed, h.held(ctx, c.Plan.Custodians, c.Plan, end, len(acts)))
	}
	if r, err = ceremony.NewRecord(c.Plan.Name, c.Plan.Digest(), c.Plan.Custodians, now, acts, h.Key); err != nil {
		return "", r, err
	}
	if path, err = h.keepRecord(r); err != nil {
		return "", r, err
	}
	for _, left := range c.waiting {
		err = errors.Join(err, os.Remove(left))
	}
	return path, r, errors.Join(err, h.held(ctx, c.Plan.Custodians, c.Plan, "done", len(acts)))
}

// keepRecord writes a ceremony's record beside the earlier ones.
func (h *House) keepRecord(r ceremony.Record) (path string, err error) {
	if err := os.MkdirAll(h.ceremonies(), 0o700); err != nil {
		return "", err
	}
	text, err := json.MarshalIndent(r, "", "  ")
	if err != nil {
		return "", err
	}
	path = filepath.Join(h.ceremonies(), r.At.UTC().Format("20060102T150405Z")+"-"+r.Plan[:16]+".json")
	return path, os.WriteFile(path, append(text, '\n'), 0o600)
}

// held writes the audit line of a ceremony.
func (h *House) held(ctx context.Context, who []string, p *ceremony.Plan, end string, n int) error {
	return h.Desk.Sit(ctx, custodians(h, who), desk.HoldCeremony, func(s *desk.Sitting) error {
		s.About("ceremony", n, "plan", p.Digest(), "end", end)
		return nil
	})
}

func custodians(h *House, who []string) desk.Actor {
	return desk.Actor{Role: desk.Custodian, ID: strings.Join(who, "+"), City: h.City, Org: "centre", Channel: "line"}
}

// Records are the ceremonies held here, oldest first, and how many of them were changed since they
// were signed.
func (h *House) Records() (all []ceremony.Record, changed int, err error) {
	paths, err := filepath.Glob(filepath.Join(h.ceremonies(), "*.json"))
	for _, path := range paths {
		text, err := os.ReadFile(path)
		if err != nil {
			return nil, 0, err
		}
		var r ceremony.Record
		if json.Unmarshal(text, &r) != nil || !r.Verify(h.Key.Public()) {
			changed++
		}
		all = append(all, r)
	}
	return all, changed, err
}
