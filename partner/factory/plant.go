package factory

import (
	"context"

	"kawu/domain/production"
	"kawu/partner/wire"
)

// Plant is the adapter; it fills production.Factory.
type Plant struct{ wire *wire.Client }

var _ production.Factory = (*Plant)(nil)

// New speaks to the factory over a link.
func New(c *wire.Client) *Plant { return &Plant{c} }

// Send hands a whole batch over in one data file.
func (p *Plant) Send(ctx context.Context, key string, w production.Work) error {
	b := Batch{Batch: w.Batch, Lines: make([]Line, len(w.Orders))}
	for i, o := range w.Orders {
		b.Lines[i] = Line{o.Key, o.CardNumber, o.Number, o.Name, o.Account, o.Bank, o.City, o.Product, o.Issued, o.Expires}
	}
	return p.wire.Ask(ctx, KindSend, key, b, nil)
}

// Collect brings returns in the order of their numbers. Fault: wire.Malformed for a result that is
// not in the code list.
func (p *Plant) Collect(ctx context.Context, after string) ([]production.ReturnFile, error) {
	list, err := p.wire.Collect(ctx, KindReturns, after)
	if err != nil {
		return nil, err
	}
	files := make([]production.ReturnFile, len(list))
	for i, m := range list {
		var r Returns
		if err := m.Read(&r); err != nil {
			return nil, err
		}
		files[i] = production.ReturnFile{No: m.Number, Batch: r.Batch, Box: r.Box, Lines: make([]production.Return, len(r.Lines))}
		for j, l := range r.Lines {
			v, ok := meanings[word{l.Code, l.Reason}]
			if !ok {
				return nil, p.wire.Malformed()
			}
			files[i].Lines[j] = production.Return{Key: l.Ref, Result: v.result, Reason: v.reason,
				Chip: l.Chip, ATR: l.ATR, PublicKey: l.PublicKey}
		}
	}
	return files, nil
}
