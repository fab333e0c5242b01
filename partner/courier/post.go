package courier

import (
	"context"

	"kawu/domain/parcel"
	"kawu/partner/wire"
)

// Post is the adapter; it fills parcel.Courier.
type Post struct{ wire *wire.Client }

var _ parcel.Courier = (*Post)(nil)

// New speaks to the courier over a link.
func New(c *wire.Client) *Post { return &Post{c} }

// Book asks for all parcels in one question. Fault: wire.Malformed when a parcel is answered twice or
// not at all, or with a code that the courier's list does not have.
func (p *Post) Book(ctx context.Context, key string, parcels []parcel.Booking) ([]parcel.Booked, error) {
	q := Bookings{Lines: make([]Booking, len(parcels))}
	for i, b := range parcels {
		q.Lines[i] = Booking{b.Key, b.Bank, b.Name, b.Mobile, b.Address, b.Own, codeOf(payers, b.Payer)}
	}
	var w Waybills
	if err := p.wire.Ask(ctx, KindBook, key, q, &w); err != nil {
		return nil, err
	}
	out := make([]parcel.Booked, len(w.Results))
	for i, v := range w.Results {
		why, ok := refused[v.Code]
		if !ok || (v.Waybill == "") != (v.Code != "") {
			return nil, p.wire.Malformed()
		}
		out[i] = parcel.Booked{Key: v.Ref, Waybill: v.Waybill, Fault: why}
	}
	return wire.Match(p.wire, parcels, func(b parcel.Booking) string { return b.Key },
		out, func(b parcel.Booked) string { return b.Key })
}

// Track brings scans in the order of their numbers, those after the one named. Fault: wire.Malformed
// for a code that the courier's lists do not have.
func (p *Post) Track(ctx context.Context, after string) ([]parcel.Event, error) {
	list, err := p.wire.Collect(ctx, KindScans, after)
	if err != nil {
		return nil, err
	}
	var out []parcel.Event
	for _, m := range list {
		var file Scans
		if err := m.Read(&file); err != nil {
			return nil, err
		}
		for _, s := range file.Scans {
			what, a := ops[s.Op]
			who, b := signers[s.Signer]
			why, c := reasons[s.Reason]
			if !a || !b || !c {
				return nil, p.wire.Malformed()
			}
			// A file that was had in part comes again whole; a repeated file keeps its numbers.
			if m.Number > after && s.No <= after {
				continue
			}
			out = append(out, parcel.Event{No: s.No, Waybill: s.Waybill, What: what, At: s.At, Place: s.Place, Signer: who, Reason: why})
		}
	}
	return out, nil
}
