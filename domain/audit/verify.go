package audit

import (
	"context"
	"database/sql"
	"encoding/hex"
	"fmt"

	"kawu/kit/db"
	"kawu/kit/sm"
)

// Report is the result of checking the trail.
type Report struct {
	Lines   int64  `json:"lines"`
	Anchors int64  `json:"anchors"`
	Head    string `json:"head"`
	Broken  int64  `json:"broken"` // number of the first broken line; 0 when the trail is whole
	Why     string `json:"why,omitempty"`
}

// step is how many lines are read at once; the trail may have hundreds of millions.
const step = 10_000

// Verify computes the chain again from the first line and checks every anchor's signature. It may
// run while people work: lines written meanwhile are checked too, as far as they are seen.
func Verify(ctx context.Context, q db.Q, centre *sm.PublicKey) (Report, error) {
	var rep Report
	anchors, err := signed(ctx, q)
	if err != nil {
		return rep, err
	}
	rep.Anchors = int64(len(anchors))
	before, err := head(ctx, q)
	if err != nil {
		return rep, err
	}
	for {
		lines, err := db.List(ctx, q, scan, columns+"where seq > $1 order by seq limit $2", rep.Lines, step)
		if err != nil {
			return rep, err
		}
		for i := range lines {
			l := &lines[i]
			if why := broken(l, rep.Lines+1, rep.Head, anchors[l.Seq], centre); why != "" {
				rep.Broken, rep.Why = rep.Lines+1, why
				return rep, nil
			}
			rep.Lines, rep.Head = l.Seq, l.Hash
			delete(anchors, l.Seq)
		}
		if len(lines) < step {
			break
		}
	}
	after, err := head(ctx, q)
	if err != nil {
		return rep, err
	}
	switch {
	case before.Seq > rep.Lines || len(anchors) > 0:
		rep.Broken, rep.Why = rep.Lines+1, "lines are missing at the end"
	case after.Seq < rep.Lines || after.Seq == rep.Lines && after.Hash != rep.Head:
		rep.Broken, rep.Why = rep.Lines, "the end of the trail was changed"
	}
	return rep, nil
}

// head reads the mark that is moved in the same transaction as a line is added; zero when it is gone.
func head(ctx context.Context, q db.Q) (Line, error) {
	l, _, err := db.One(ctx, q, func(r *sql.Rows) (l Line, err error) { return l, r.Scan(&l.Seq, &l.Hash) },
		"select seq, hash from audit_head where one = 1")
	return l, err
}

func broken(l *Line, want int64, prev string, a *anchor, centre *sm.PublicKey) string {
	switch {
	case l.Seq != want:
		return fmt.Sprintf("line %d is missing", want)
	case l.Prev != prev:
		return "it does not follow the line before"
	case l.Hash != l.hash():
		return "its content was changed"
	case a != nil && a.hash != l.Hash:
		return "it differs from its signed anchor"
	case a != nil && !centre.Verify(a.message(), a.signature):
		return "its anchor's signature is wrong"
	}
	return ""
}

type anchor struct {
	seq       int64
	hash      string
	signature []byte
}

func (a *anchor) message() []byte { return fmt.Appendf(nil, "kawu audit %d %s", a.seq, a.hash) }

func signed(ctx context.Context, q db.Q) (map[int64]*anchor, error) {
	out := map[int64]*anchor{}
	err := db.Scan(ctx, q, func(r *sql.Rows) error {
		var a anchor
		var s string
		if err := r.Scan(&a.seq, &a.hash, &s); err != nil {
			return err
		}
		a.signature, _ = hex.DecodeString(s) // a text that is no hex fails the signature check
		out[a.seq] = &a
		return nil
	}, "select seq, hash, signature from audit_anchor")
	return out, err
}

// Sign anchors the head of the chain with the card centre's key; nothing when it is signed already
// or the trail is empty.
func Sign(ctx context.Context, tx *db.Tx, signer string, key *sm.PrivateKey) error {
	head, ok, err := db.One(ctx, tx, scan, columns+"order by seq desc limit 1")
	if err != nil || !ok {
		return err
	}
	a := anchor{seq: head.Seq, hash: head.Hash}
	sig, err := key.Sign(a.message())
	if err != nil {
		return err
	}
	_, err = tx.Exec(ctx, `insert into audit_anchor (seq, at, hash, signer, signature) values ($1, $2, $3, $4, $5)
		on conflict (seq) do nothing`, a.seq, tx.Micro(), a.hash, signer, hex.EncodeToString(sig))
	return err
}
