package report

import (
	"context"
	"database/sql"

	"kawu/domain/ref"
	"kawu/kit/db"
)

// Site is an employer where a bank hands cards out: how many of a collective application lie ready
// with the bank.
type Site struct {
	Collective ref.Collective
	Employer   ref.Employer
	Day        string // agreed, YYYY-MM-DD
	N          int64
}

const onSite = ` from application a join collective l on l.id = a.collective join card c on c.application = a.id
	join custody k on k.card = c.id and k.until = 0
	where a.bank = $1 and a.mode = 'on_site' and a.state = 'ready' and k.holder_kind = 'bank' and k.holder = $1`

// OnSite lists the employers where a bank has cards to hand out, the earliest day first.
func OnSite(ctx context.Context, q db.Q, bank ref.Bank, limit int) ([]Site, error) {
	return db.List(ctx, q, func(r *sql.Rows) (s Site, err error) { return s, r.Scan(&s.Collective, &s.Employer, &s.Day, &s.N) },
		"select a.collective, a.employer, l.pickup_day, count(*)"+onSite+" group by 1, 2, 3 order by 3, 1 limit $2", string(bank), limit)
}

// OnSiteCards lists the cards of one such collective application.
func OnSiteCards(ctx context.Context, q db.Q, bank ref.Bank, id ref.Collective) ([]ref.Card, error) {
	return db.Text[ref.Card](ctx, q, "select c.id"+onSite+" and a.collective = $2 order by c.id", string(bank), string(id))
}

// Progress is how far the cards of one batch have come.
type Progress struct {
	Batch    ref.Batch
	N        int64 // in the batch now
	Finished int64 // keys loaded
	Handed   int64 // of them in the citizen's hand
}

// BankBatches lists how far a bank's batches have come, newest first.
func BankBatches(ctx context.Context, q db.Q, bank ref.Bank, limit int) ([]Progress, error) {
	return db.List(ctx, q, func(r *sql.Rows) (p Progress, err error) {
		return p, r.Scan(&p.Batch, &p.N, &p.Finished, &p.Handed)
	}, `select b.id, count(c.id), coalesce(sum(case when c.state in ('finished', 'handed') then 1 else 0 end), 0),
		coalesce(sum(case when c.state = 'handed' then 1 else 0 end), 0)
		from (select id from batch where bank = $1 order by id desc limit $2) b left join card c on c.batch = b.id group by b.id order by b.id desc`,
		string(bank), limit)
}
