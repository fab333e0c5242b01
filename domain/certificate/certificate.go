// Package certificate is the room of the certificates on cards (卡内数字证书).
//
// Owns: one row per certificate with serial, usage, state and PEM, sealed; what should be so and what
// its authority was last told; the authority's chain and newest revocation list. Does not own: the keys (they are made on the card or by the authority) or
// the authority itself (a partner behind Authority). Invariants: every card has a signing and an
// encryption certificate on it before it may leave the factory's custody (SH-05); a serial is unique;
// a certificate that went out of use stays findable. Tables: certificate, authority.
package certificate

import (
	"context"
	"database/sql"
	"time"

	"kawu/domain/ref"
	"kawu/kit/db"
	"kawu/kit/fault"
	"kawu/kit/seal"
	"kawu/kit/state"
)

// States of a certificate.
const (
	Good    state.State = "good"
	Held    state.State = "held"
	Revoked state.State = "revoked"
)

// Cycle of a certificate: what the house knows at once. What its authority was told is kept beside it.
var Cycle = &state.Cycle{Name: "certificate", Table: "certificate", Key: "serial", Start: Good, Moves: []state.Move{
	{From: Good, Event: "hold", To: Held, Why: "its card is reported lost and may be found again"},
	{From: Held, Event: "lift", To: Good, Why: "the card was found, or the report ran out"},
	{From: Good, Event: "end", To: Revoked, Why: "its card was replaced, cancelled or spoiled"},
	{From: Held, Event: "end", To: Revoked, Why: "its lost card was replaced or cancelled"},
}}

// Certificate is one issued certificate.
type Certificate struct {
	Serial   string // hex
	Card     ref.Card
	Usage    string // "sign" or "encrypt"
	Issuer   string
	State    state.State
	Reason   string // RFC 5280 name of why it is out of use; "" while good
	Told     string // the reason that its authority last confirmed; "" is good
	PEM      string
	IssuedAt time.Time
	NotAfter time.Time
}

// sealPEM: a certificate's subject holds its owner's name.
const sealPEM = "certificate.pem"

// Put stores issued certificates; one that is there already is left alone.
func Put(ctx context.Context, tx *db.Tx, all []Certificate) error {
	texts := make([]string, len(all))
	for i, c := range all {
		texts[i] = c.PEM
	}
	texts, err := tx.Box().SealAll(sealPEM, texts)
	if err != nil {
		return err
	}
	rows := make([]db.Row, len(all))
	for i, c := range all {
		rows[i] = db.Row{c.Serial, c.Card, c.Usage, c.Issuer, texts[i], c.NotAfter.UnixMicro()}
	}
	_, err = tx.ExecEach(ctx, `insert into certificate (serial, card, usage, issuer, state, rev, pem_seal, issued_at, not_after)
		select e.value ->> 0, e.value ->> 1, e.value ->> 2, e.value ->> 3, 'good', 0, e.value ->> 4, cast($2 as bigint),
		cast(e.value ->> 5 as bigint) from each($1) e where true on conflict (serial) do nothing`, rows, tx.Micro())
	return err
}

const columns = "select serial, card, usage, issuer, state, reason, told, pem_seal, issued_at, not_after from certificate "

func scanner(box *seal.Box) func(*sql.Rows) (Certificate, error) {
	return func(r *sql.Rows) (c Certificate, err error) {
		var issued, until int64
		if err = r.Scan(&c.Serial, &c.Card, &c.Usage, &c.Issuer, &c.State, &c.Reason, &c.Told, &c.PEM, &issued, &until); err != nil {
			return c, err
		}
		c.IssuedAt, c.NotAfter = db.Time(issued), db.Time(until)
		c.PEM, err = box.Open(sealPEM, c.PEM)
		return c, err
	}
}

// Of lists a card's certificates, the newest pair first, signing before encryption.
func Of(ctx context.Context, q db.Q, c ref.Card) ([]Certificate, error) {
	return db.List(ctx, q, scanner(q.Box()), columns+"where card = $1 order by issued_at desc, usage desc, serial", string(c))
}

// BySerial finds one certificate. Fault: ErrUnknown.
func BySerial(ctx context.Context, q db.Q, serial string) (Certificate, error) {
	c, ok, err := db.One(ctx, q, scanner(q.Box()), columns+"where serial = $1", serial)
	if err == nil && !ok {
		err = ErrUnknown
	}
	return c, err
}

// ErrUnknown is the refusal of a serial number that was never stored.
var ErrUnknown = fault.New(fault.NotFound, "certificate.unknown", "no certificate with this serial number was issued here")
