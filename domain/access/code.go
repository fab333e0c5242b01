package access

import (
	"context"
	"crypto/rand"
	"database/sql"
	"fmt"
	"math/big"
	"time"

	"kawu/domain/ref"
	"kawu/kit/db"
	"kawu/kit/fault"
	"kawu/kit/id"
)

// What a sign-in code is: six digits, good for five minutes and five tries.
const (
	CodeMinutes = 5
	CodeTries   = 5
)

// Ticket names a code that was asked for. It looks the same whether or not there is such a person.
type Ticket struct {
	ID    string
	Until time.Time
	Again time.Time // not before this another code is sent
}

// The refusals of a code.
var (
	ErrCode     = fault.New(fault.Invalid, "access.code_wrong", "the code is not right; {n} more tries")
	ErrCodeOver = fault.New(fault.Refused, "access.code_over", "this code has run out or was tried too often; ask for a new one")
)

func codeMark(q db.Q, ticket, plain string) string {
	return q.Box().Digest("access.code", ticket+" "+plain)
}

// NewCode makes a code and stores its digest; person is empty when there is nobody to send it to.
// The plain code is for the message only. A code sent before does not count any more.
func NewCode(ctx context.Context, tx *db.Tx, p ref.Person, city ref.City) (Ticket, string, error) {
	n, err := rand.Int(rand.Reader, big.NewInt(1_000_000))
	if err != nil {
		return Ticket{}, "", err
	}
	plain := fmt.Sprintf("%06d", n)
	t := Ticket{ID: id.New("cod", tx.At()), Until: tx.At().Add(CodeMinutes * time.Minute), Again: tx.At().Add(AgainAfter)}
	if p != "" {
		if _, err := tx.Exec(ctx, "update login_code set used_at = $1 where person = $2 and used_at = 0", tx.Micro(), string(p)); err != nil {
			return t, "", err
		}
	}
	_, err = tx.Exec(ctx, "insert into login_code (id, person, city, code_mark, until, tries, used_at) values ($1, $2, $3, $4, $5, 0, 0)",
		t.ID, string(p), string(city), codeMark(tx, t.ID, plain), t.Until.UnixMicro())
	return t, plain, err
}

// TryCode counts one try and tells whose code it was. refused is ErrCode or ErrCodeOver; the try
// counts all the same, so the caller commits before it reports.
func TryCode(ctx context.Context, tx *db.Tx, ticket, plain string) (p ref.Person, city ref.City, refused, err error) {
	var mark string
	var tries int64
	_, found, err := db.One(ctx, tx, func(r *sql.Rows) (struct{}, error) { return struct{}{}, r.Scan(&p, &city, &mark, &tries) },
		`select person, city, code_mark, tries from login_code where id = $1 and used_at = 0 and until > $2 for update`, ticket, tx.Micro())
	if err != nil {
		return "", "", nil, err
	}
	if !found || tries >= CodeTries {
		return "", "", ErrCodeOver, nil
	}
	right := p != "" && mark == codeMark(tx, ticket, plain)
	used := int64(0)
	if right {
		used = tx.Micro()
	}
	if _, err = tx.Exec(ctx, "update login_code set tries = tries + 1, used_at = $1 where id = $2", used, ticket); err != nil || right {
		return p, city, nil, err
	}
	if left := CodeTries - 1 - tries; left > 0 {
		return "", "", fault.New(ErrCode.Kind, ErrCode.Code, ErrCode.Message, "n", int(left)), nil
	}
	return "", "", ErrCodeOver, nil
}
