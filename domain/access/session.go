package access

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"database/sql"
	"encoding/base64"
	"strconv"
	"strings"
	"time"

	"kawu/domain/ref"
	"kawu/kit/db"
	"kawu/kit/fault"
	"kawu/kit/seal"
)

// How long a session lasts at most, and how long without being used. Whoever shares a computer at a
// counter leaves it sooner or later; GB/T 22239 asks for both.
const (
	StaffHours   = 12 * time.Hour
	CitizenHours = 2 * time.Hour
	Idle         = 30 * time.Minute
)

// Session is one stay of one person behind the door.
type Session struct {
	Mark    string // digest of the token; names the session in forms and logs
	Staff   ref.Staff
	Person  ref.Person
	City    ref.City
	Started time.Time
	Until   time.Time
}

// ErrOver is the refusal of a cookie whose session was ended, has run out, or never was.
var ErrOver = fault.New(fault.Unsigned, "access.over", "the session has ended; sign in again")

// A cookie is the token, the second it was last used, and a digest of both. That a session is idle
// is told by the cookie, so that reading a page writes nothing; the end of a session is told by the
// database, so that it counts at once and everywhere.

// token is 256 random bits.
func token() string {
	b := make([]byte, 32)
	_, _ = rand.Read(b) // never fails since Go 1.24
	return base64.RawURLEncoding.EncodeToString(b)
}

func markOf(box *seal.Box, token string) string { return box.Digest("session.token", token) }

func cookie(box *seal.Box, token string, seen time.Time) string {
	at := strconv.FormatInt(seen.Unix(), 36)
	return token + "." + at + "." + box.Digest("session.seen", token+"."+at)
}

// Open starts a session and gives the cookie for it. old is the cookie that came with the request:
// its session ends here, so that nobody can be made to sign in to a session known beforehand.
func Open(ctx context.Context, tx *db.Tx, s Session, old string) (Session, string, error) {
	if err := Close(ctx, tx, old); err != nil {
		return s, "", err
	}
	hours := StaffHours
	if s.Person != "" {
		hours = CitizenHours
	}
	t := token()
	s.Mark, s.Started, s.Until = markOf(tx.Box(), t), tx.At(), tx.At().Add(hours)
	_, err := tx.Exec(ctx, `insert into session (mark, staff, person, city, started_at, until, ended_at) values ($1, $2, $3, $4, $5, $6, 0)`,
		s.Mark, string(s.Staff), string(s.Person), string(s.City), tx.Micro(), s.Until.UnixMicro())
	return s, cookie(tx.Box(), t, tx.At()), err
}

// Close ends the session of a cookie, of whatever age; a cookie that is none ends nothing.
func Close(ctx context.Context, tx *db.Tx, old string) error {
	t, _, _ := strings.Cut(old, ".")
	_, err := tx.Exec(ctx, "update session set ended_at = $1 where mark = $2 and ended_at = 0", tx.Micro(), markOf(tx.Box(), t))
	return err
}

// CloseOf ends all sessions of a member of staff, when the password or the scope changes.
func CloseOf(ctx context.Context, tx *db.Tx, id ref.Staff) error {
	_, err := tx.Exec(ctx, "update session set ended_at = $1 where staff = $2 and ended_at = 0", tx.Micro(), string(id))
	return err
}

// Enter reads the session of a cookie and gives the cookie to send back. ErrOver for anything else.
func Enter(ctx context.Context, q db.Q, given string, now time.Time) (Session, string, error) {
	t, rest, _ := strings.Cut(given, ".")
	at, _, _ := strings.Cut(rest, ".")
	seconds, err := strconv.ParseInt(at, 36, 64)
	seen := time.Unix(seconds, 0)
	if err != nil || subtle.ConstantTimeCompare([]byte(given), []byte(cookie(q.Box(), t, seen))) == 0 || now.Sub(seen) > Idle || seen.Sub(now) > time.Minute {
		return Session{}, "", ErrOver
	}
	s, found, err := db.One(ctx, q, func(r *sql.Rows) (s Session, err error) {
		var started, until int64
		err = r.Scan(&s.Mark, &s.Staff, &s.Person, &s.City, &started, &until)
		s.Started, s.Until = db.Time(started), db.Time(until)
		return s, err
	}, "select mark, staff, person, city, started_at, until from session where mark = $1 and ended_at = 0 and until > $2", markOf(q.Box(), t), now.UnixMicro())
	if err == nil && !found {
		err = ErrOver
	}
	return s, cookie(q.Box(), t, now), err
}
