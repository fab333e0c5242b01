// Package party names who holds a card or owns a case, in the words people know: the outlet's name
// and phone, the bank's name and hotline, "the factory".
//
// It owns the numbers that people read out to each other (a list's, a batch's, an envelope's), the
// look-up of names by id, and the form by which counter and centre count a list and sign it. It does
// not own the holders (rooms) and decides nothing.
package party

import (
	"context"
	"strings"
	"time"

	"kawu/channel/web"
	"kawu/domain/outlet"
	"kawu/domain/ref"
	"kawu/kit/clock"
	"kawu/kit/db"
	ids "kawu/kit/id"
	"kawu/kit/wording"
	"kawu/policy"
)

// Book holds the names of a page's holders. Its zero value names kinds only.
type Book struct {
	city    *policy.City
	outlets map[ref.Outlet]outlet.Outlet
}

// Open reads the names of the outlets among holders, in one query.
func Open(ctx context.Context, q db.Q, city *policy.City, holders []ref.Holder) (Book, error) {
	var ids []ref.Outlet
	for _, h := range holders {
		if h.Kind == ref.HeldByOutlet {
			ids = append(ids, ref.Outlet(h.Name))
		}
	}
	b := Book{city: city, outlets: map[ref.Outlet]outlet.Outlet{}}
	if len(ids) == 0 {
		return b, nil
	}
	var err error
	b.outlets, err = outlet.Find(ctx, q, ids)
	return b, err
}

// Name is the holder's name; a factory, a courier and a person are named by their kind.
func (b Book) Name(h ref.Holder) web.Text {
	switch h.Kind {
	case ref.HeldByBank:
		return b.Bank(ref.Bank(h.Name))
	case ref.HeldByOutlet:
		if o, ok := b.outlets[ref.Outlet(h.Name)]; ok {
			return web.Text{ZH: o.Name, EN: o.NameEn}
		}
	}
	return Words(Kind(h.Kind))
}

// Bank is a bank's name, or its code for one that the city does not list.
func (b Book) Bank(code ref.Bank) web.Text {
	if b.city != nil {
		if x, ok := b.city.Bank(string(code)); ok {
			return web.Text{ZH: x.Name.ZH, EN: x.Name.EN}
		}
	}
	return web.Text{ZH: string(code), EN: string(code)}
}

// Phone is the number to call about a holder; "" when none is known.
func (b Book) Phone(h ref.Holder) string {
	switch h.Kind {
	case ref.HeldByOutlet:
		return b.outlets[ref.Outlet(h.Name)].Phone
	case ref.HeldByBank:
		if x, ok := b.city.Bank(h.Name); ok {
			return x.Hotline
		}
	}
	return ""
}

// Where is who holds something, where it lies and the phone, as one sentence.
func (b Book) Where(h ref.Holder, since time.Time) web.Said {
	key := "party.where"
	if b.Phone(h) == "" {
		key = "party.where.no_phone"
	}
	return web.Say(key, "who", b.Name(h), "phone", b.Phone(h), "since", since)
}

// Kind is the wording key of a kind of holder.
func Kind(k ref.HolderKind) string {
	if k == ref.HeldByPerson {
		return "web.holder.citizen"
	}
	return "web.holder." + string(k)
}

// Words is a wording key as a name in both languages.
func Words(key string) web.Text {
	return web.Text{ZH: wording.T(wording.ZH, key), EN: wording.T(wording.EN, key)}
}

// Code is the short code of an id, printed on a card's envelope: its last eight characters.
func Code(id string) string { return strings.ToUpper(id[max(0, len(id)-8):]) }

// No is the number of a list or a batch that people read out: a letter, the day it was made, and the
// end of its id ("H240305-7K2M").
func No(letter, id string) string {
	day := ""
	if made, ok := ids.Time(id); ok {
		day = made.In(clock.Zone).Format("060102") + "-"
	}
	return letter + day + strings.ToUpper(id[max(0, len(id)-4):])
}
