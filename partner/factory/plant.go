package factory

import (
	"context"
	"encoding/pem"

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
	b := Batch{Batch: w.Batch, Look: Look(w.Look), Lines: make([]Line, len(w.Orders))}
	for i, o := range w.Orders {
		b.Lines[i] = Line{Ref: o.Key, Card: o.CardNumber, Number: o.Number, Name: o.Name, Sex: o.Sex, Ethnic: o.Ethnic, Birth: o.Birth,
			Place: o.Birthplace, Account: o.Account, Bank: o.Bank, City: o.City, Product: o.Product, Issued: o.Issued, Expires: o.Expires, Photo: o.Photo, Rare: o.Rare}
	}
	return p.wire.Ask(ctx, KindSend, key, b, nil)
}

// Photos hands over a part of a batch's pictures.
func (p *Plant) Photos(ctx context.Context, key, batch string, set []production.Photo) error {
	q := Photos{Batch: batch, Pictures: make([]Picture, len(set))}
	for i, x := range set {
		q.Pictures[i] = Picture(x)
	}
	return p.wire.Ask(ctx, KindPhotos, key, q, nil)
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
			if files[i].Lines[j], err = p.read(l); err != nil {
				return nil, err
			}
		}
	}
	return files, nil
}

func (p *Plant) read(l Result) (production.Return, error) {
	v, ok := meanings[word{l.Code, l.Reason}]
	if !ok {
		return production.Return{}, p.wire.Malformed()
	}
	return production.Return{Key: l.Ref, Result: v.result, Reason: v.reason, Chip: l.Chip, ATR: l.ATR, PublicKey: l.PublicKey,
		Print: l.Print, Fonts: l.Fonts, Waste: l.Waste}, nil
}

// Load sends certificates to the cards of a set in one question.
func (p *Plant) Load(ctx context.Context, key string, set []production.Loading) ([]production.Return, error) {
	q := Certificates{Lines: make([]Certified, len(set))}
	for i, l := range set {
		sign, _ := pem.Decode([]byte(l.Sign))
		encrypt, _ := pem.Decode([]byte(l.Encrypt))
		if sign == nil || encrypt == nil {
			return nil, p.wire.Malformed()
		}
		q.Lines[i] = Certified{l.Key, sign.Bytes, encrypt.Bytes, l.Envelope}
	}
	var r Loaded
	if err := p.wire.Ask(ctx, KindLoad, key, q, &r); err != nil {
		return nil, err
	}
	out := make([]production.Return, len(r.Results))
	for i, l := range r.Results {
		var err error
		if out[i], err = p.read(l); err != nil {
			return nil, err
		}
	}
	return wire.Match(p.wire, set, func(l production.Loading) string { return l.Key }, out, func(r production.Return) string { return r.Key })
}
