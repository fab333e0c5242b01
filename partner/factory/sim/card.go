package sim

import (
	"context"
	"encoding/hex"
	"strings"
	"time"

	"kawu/chip/cos"
	"kawu/chip/perso"
	"kawu/kit/fault"
	"kawu/kit/ident"
	"kawu/kit/idno"
	"kawu/partner/factory"
	"kawu/partner/wire/host"
)

// check gives the numbers of the lines that cannot be made from.
func (s *Sim) check(b factory.Batch) (wrong []int) {
	seen := make(map[string]bool, len(b.Lines))
	for i, l := range b.Lines {
		_, _, number := idno.Parse(l.Number)
		_, _, card := ident.ParseCard(l.Card)
		_, _, account := ident.ParseBankCard(l.Account)
		_, born := time.Parse("20060102", l.Birth)
		_, issued := time.Parse("20060102", l.Issued)
		_, expires := time.Parse("20060102", l.Expires)
		_, made := s.made.Get(l.Ref)
		if number != nil || born != nil || issued != nil || expires != nil || l.Expires <= l.Issued || l.Name == "" || l.Ref == "" ||
			made || seen[l.Ref] || card != nil || account != nil || len(l.City) != 6 || strings.Trim(l.City, "0123456789") != "" {
			wrong = append(wrong, i+1)
		}
		seen[l.Ref] = true
	}
	return wrong
}

// order is what goes into the machine for one line.
func order(l factory.Line, serial uint32) perso.Order {
	return perso.Order{Key: l.Ref, City: l.City, Serial: serial, Version: "3.00", Issuer: "91560000025" + l.City, CardNumber: l.Card,
		Issued: l.Issued, Expires: l.Expires, Number: l.Number, Name: l.Name, Sex: l.Sex, Ethnic: l.Ethnic, Birthplace: l.Place,
		Birth: l.Birth, Bank: &perso.Bank{PAN: l.Account, Expires: l.Expires[2:6], Service: "220", Label: "DEBIT"}}
}

// breaksAt is after how many commands a chip that shall fail breaks: when the holder's file is half
// written, so that it is waste.
const breaksAt = 8

// personalise makes a set of cards of one city and bank and lays them into the tray; breaks names the
// cards whose chip shall break. The answers are in the set's order.
func (s *Sim) personalise(t *host.Turn, lines []factory.Line, breaks map[string]bool) ([]factory.Result, error) {
	m, err := s.shop.maker(lines[0].City, lines[0].Bank)
	if err != nil {
		return nil, err
	}
	chips := make([]*cos.Card, len(lines))
	blanks, orders := make([]perso.Blank, len(lines)), make([]perso.Order, len(lines))
	for i, l := range lines {
		serial := uint32(t.Next("chip"))
		if chips[i], err = s.shop.foundry.Blank(serial, nil); err != nil {
			return nil, err
		}
		blanks[i] = perso.Blank{Channel: chips[i], Reset: chips[i].Power(cos.Contact)}
		if breaks[l.Ref] {
			blanks[i].Channel = &fragile{chips[i], breaksAt}
		}
		orders[i] = order(l, serial)
	}
	out := make([]factory.Result, len(lines))
	for i, r := range m.MakeAll(context.Background(), blanks, orders) {
		if out[i] = result(r); out[i].Code == factory.CodeMade {
			chips[i].Off()
			if err := s.shop.tray.Put(r.Key, chips[i]); err != nil {
				return nil, err
			}
		}
	}
	return out, nil
}

// result writes the machine's verdict in the factory's words. A name that the chip's files cannot
// hold is the data's fault; everything else is the chip's.
func result(r perso.Result) factory.Result {
	out := factory.Result{Ref: r.Key, Waste: r.Waste, Chip: r.CardID, ATR: strings.ToUpper(hex.EncodeToString(r.Historical))}
	switch {
	case r.Err == nil:
		out.Code, out.PublicKey = factory.CodeMade, hex.EncodeToString(r.Signing.Point())
	case fault.Of(r.Err) != nil && fault.Of(r.Err).Kind == fault.Invalid:
		out.Code, out.Reason = factory.WordOf("unprintable")
	default:
		out.Code, out.Reason = factory.WordOf("chip_failure")
	}
	return out
}
