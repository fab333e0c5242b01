package desk

import (
	"context"
	"database/sql"
	"encoding/json"
	"time"

	"kawu/domain/audit"
	"kawu/domain/ref"
	"kawu/kit/clock"
	"kawu/kit/db"
	"kawu/kit/fault"
	"kawu/kit/id"
	"kawu/kit/job"
)

// Actor is who sits down: a member of staff, a citizen, a duty of the clock, or a partner.
type Actor struct {
	Role    Role
	ID      string       // staff or person id, or the duty's kind; never a name or number
	City    ref.City     // the city the actor works in or belongs to
	Org     string       // employer id, bank code, or "centre"
	Place   string       // outlet id, for clerks
	Channel string       // web, api, job, wire
	Person  ref.Person   // for citizens
	Scope   ref.Employer // for employers' agents: the only employer they may act for
	// District is the only one that centre staff of a district may see; "" is the whole city.
	District ref.District
}

// Clockwork is the actor of duties.
func Clockwork(kind job.Kind) Actor { return Actor{Role: Job, ID: string(kind), Channel: "job"} }

// Sitting is one transaction at the desk.
type Sitting struct {
	*db.Tx
	ID      string
	Actor   Actor
	subject string
	n       int
	detail  map[string]any
}

// About names the subject of the sitting and how many members it touched. Facts are name, value
// pairs of ids, codes and counts; personal data does not belong here.
func (s *Sitting) About(subject string, n int, facts ...any) {
	s.subject, s.n = subject, n
	for i := 0; i+1 < len(facts); i += 2 {
		if k, ok := facts[i].(string); ok {
			s.detail[k] = facts[i+1]
		}
	}
}

// Ring makes a duty due at a time; one that is due earlier already stays.
func (s *Sitting) Ring(ctx context.Context, k job.Kind, key string, due time.Time) error {
	return job.Put(ctx, s.Tx, k, key, due)
}

// Desk opens sittings.
type Desk struct {
	DB    *db.DB
	Clock clock.Clock
}

// ErrForbidden is the refusal of an act that the actor's role does not include.
var ErrForbidden = fault.New(fault.Forbidden, "desk.forbidden", "this sign-in may not do this")

// Sit runs fn as one sitting.
func (d *Desk) Sit(ctx context.Context, who Actor, act Act, fn func(*Sitting) error) error {
	if !May(who.Role, act) {
		return ErrForbidden
	}
	now := d.Clock.Now()
	return d.DB.Write(ctx, now, func(tx *db.Tx) error {
		s := &Sitting{Tx: tx, ID: id.New("sit", now), Actor: who, detail: map[string]any{}}
		if err := fn(s); err != nil {
			return err
		}
		detail, err := json.Marshal(s.detail)
		if err != nil {
			return err
		}
		return audit.Append(ctx, tx, audit.Line{Sitting: s.ID, ActorKind: string(who.Role), Actor: who.ID, Org: who.Org,
			Channel: who.Channel, Act: string(act), Subject: s.subject, N: int64(s.n), Detail: string(detail)})
	})
}

// Once is Sit for a command that may be sent twice (a double click, the back button, a lost
// answer): the first time fn runs and its result is kept under the key; every further time the
// kept result is returned and nothing happens. The key is written before fn runs, so that of two
// at the same time one waits for the other. An empty key is not remembered.
func (d *Desk) Once(ctx context.Context, who Actor, act Act, key string, fn func(*Sitting) (string, error)) (result string, err error) {
	if key == "" {
		err = d.Sit(ctx, who, act, func(s *Sitting) (err error) { result, err = fn(s); return err })
		return result, err
	}
	if !May(who.Role, act) {
		return "", ErrForbidden
	}
	key = string(act) + " " + who.ID + " " + key
	if kept, done, err := d.done(ctx, key); done || err != nil {
		return kept, err
	}
	err = d.Sit(ctx, who, act, func(s *Sitting) error {
		if _, err := s.Exec(ctx, "insert into command (key, sitting, at, result) values ($1, $2, $3, '')", key, s.ID, s.Micro()); err != nil {
			return err
		}
		if result, err = fn(s); err != nil {
			return err
		}
		_, err = s.Exec(ctx, "update command set result = $1 where key = $2", result, key)
		return err
	})
	if err != nil {
		if kept, done, again := d.done(ctx, key); done && again == nil {
			return kept, nil // the other one of the two was faster
		}
		return "", err
	}
	return result, nil
}

func (d *Desk) done(ctx context.Context, key string) (string, bool, error) {
	return db.One(ctx, d.DB, func(r *sql.Rows) (s string, err error) { return s, r.Scan(&s) },
		"select result from command where key = $1", key)
}
