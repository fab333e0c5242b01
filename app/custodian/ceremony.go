package custodian

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"kawu/chip/ceremony"
	"kawu/chip/key"
	"kawu/chip/safe"
	"kawu/flow/desk"
	"kawu/kit/fault"
)

// Ceremony is a key ceremony under way. Its custodians may come together or one after the other: what
// the first has given waits, sealed, for the second.
type Ceremony struct {
	Plan    *ceremony.Plan
	room    *Room
	session *ceremony.Session
	waiting map[string]bool // custodians who left their parts
}

// Ceremony opens a ceremony by its plan: what is wrong with the plan, key.Taken, key.Missing,
// safe.NoVault, NoStaff.
func (r *Room) Ceremony(ctx context.Context, text []byte) (*Ceremony, error) {
	plan, err := ceremony.Parse(text)
	if err == nil {
		err = r.Cards.Here()
	}
	if err != nil {
		return nil, err
	}
	c := &Ceremony{Plan: plan, room: r, session: ceremony.Begin(plan, r.Cards.Vault), waiting: map[string]bool{}}
	if err := r.staff(ctx, plan.Custodians); err != nil {
		return nil, c.refused(ctx, err, plan.Custodians...)
	}
	if err := c.session.Ready(); err != nil {
		return nil, c.refused(ctx, err, plan.Custodians...)
	}
	for _, who := range plan.Custodians {
		sealed, err := os.ReadFile(c.left(who))
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err == nil {
			err = c.session.Rejoin(r.Cards.Box, string(sealed))
		}
		if err != nil {
			return nil, err
		}
		c.waiting[who] = true
	}
	return c, nil
}

// left is the file of a custodian's parts that wait.
func (c *Ceremony) left(who string) string {
	return filepath.Join(c.room.folder(), c.Plan.Digest()[:16]+"-"+who+".left")
}

func (c *Ceremony) matter(who ...string) matter {
	return matter{desk.HoldCeremony, "ceremony", c.Plan.Name, c.Plan.Digest(), who}
}

// Waiting says whether a custodian's parts are here from an earlier call.
func (c *Ceremony) Waiting(who string) bool { return c.waiting[who] }

// Give takes one part: ceremony.NotYours, ceremony.WrongPart. A part that is not taken leaves a line in
// the trail.
func (c *Ceremony) Give(ctx context.Context, who string, r key.Ref, p ceremony.Part) error {
	return c.refused(ctx, c.session.Give(c.room.Desk.Clock.Now(), who, r, p), who)
}

// refused notes in the trail that something was not done, and gives it back.
func (c *Ceremony) refused(ctx context.Context, err error, who ...string) error {
	if f := fault.Of(err); f != nil {
		return errors.Join(err, c.room.note(ctx, c.matter(who...), f.Code, 0))
	}
	return err
}

// Leave seals a custodian's parts until the other one comes.
func (c *Ceremony) Leave(ctx context.Context, who string) error {
	sealed, err := c.session.Leave(who, c.room.Cards.Box)
	if err == nil {
		err = c.room.note(ctx, c.matter(who), "left", len(c.Plan.Masters))
	}
	if err == nil {
		err = os.MkdirAll(c.room.folder(), 0o700)
	}
	if err != nil {
		return err
	}
	return os.WriteFile(c.left(who), []byte(sealed), 0o600)
}

// Finish brings the keys in; the signed record is kept and returned with its path.
func (c *Ceremony) Finish(ctx context.Context) (string, ceremony.Record, error) {
	path, rec, err := c.room.do(ctx, c.matter(c.Plan.Custodians...), func() ([]ceremony.Act, error) {
		acts, err := c.session.Finish(c.room.Desk.Clock.Now())
		if u := c.Plan.Use; err == nil && u != nil {
			err = c.room.Cards.Use(safe.Note{Origin: safe.Ceremony, Version: u.Version, Tries: u.Tries, Transport: u.Transport})
		}
		return acts, err
	})
	if err != nil {
		return path, rec, err
	}
	for who := range c.waiting {
		err = errors.Join(err, os.Remove(c.left(who)))
	}
	return path, rec, err
}
