// Package readtest gives tests a city whose cards and terminals are real: virtual cards made on the
// city's keys and written into the house's tables, and a module in service with its token.
//
// Only tests import it.
package readtest

import (
	"context"
	"encoding/hex"
	"fmt"
	"strings"
	"testing"

	"kawu/chip/cos"
	"kawu/chip/key"
	"kawu/chip/perso"
	"kawu/chip/psam"
	"kawu/domain/card"
	"kawu/domain/ref"
	"kawu/domain/terminal"
	"kawu/domain/trouble"
	"kawu/flow/desk"
	"kawu/flow/readcard"
	"kawu/kit/clock"
	"kawu/kit/db"
	"kawu/kit/db/dbtest"
	"kawu/kit/state"
)

// Cycles are what the stand moves.
var Cycles = []*state.Cycle{card.Making, card.Social, terminal.Cycle, trouble.Cycle}

// Division is the city's code; Number and Serial are the module's.
const (
	Division = "510100"
	Number   = "510100000007"
	Serial   = "4B570000000000000007"
)

// Stand is the city.
type Stand struct {
	Flow    *readcard.Flow
	Clock   *clock.Manual
	Vault   *key.Vault
	Masters perso.Masters
	Chips   []*cos.Card // made, and known to the house
	Cards   []card.Card // their rows
	Caller  readcard.Caller
}

// New makes n cards, enabled, and gives the module to a hospital.
func New(t testing.TB, d *db.DB, n int) *Stand {
	t.Helper()
	now := clock.At(dbtest.Noon)
	s := &Stand{Clock: now, Vault: key.NewVault(key.Rebuilt), Masters: perso.Masters{Transport: key.Ref{Name: "transport", Version: 1}, City: "city/" + Division, Version: 1, Tries: 3}}
	s.Flow = &readcard.Flow{Desk: &desk.Desk{DB: d, Clock: now}, City: "x", Keys: s.Vault, Masters: func() (perso.Masters, error) { return s.Masters, nil }}
	transport := [16]byte{4}
	must(t, s.Vault.Import(s.Masters.Transport, transport[:]))
	must(t, perso.Found(s.Vault, s.Masters, Division))
	f, err := perso.NewFoundry(transport, cos.Chip{Generation: 3, Maker: [3]byte{'K', 'W', 1}, PIN: "123456", PINTries: 6})
	must(t, err)
	for i := range n {
		s.Make(t, f, uint32(i+1), ref.Card(fmt.Sprintf("crd_%026d", i)))
	}
	m := terminal.Module{Serial: Serial, Terminal: Number, AppliedAs: "省卡〔2024〕7号", AppliedDay: "2024-01-15", Purpose: terminal.Settlement}
	must(t, s.Flow.Enter(context.Background(), s.Flow.Shell(), []terminal.Module{m}))
	s.Give(t)
	return s
}

// Give gives the module to a hospital and remembers the token.
func (s *Stand) Give(t testing.TB) {
	t.Helper()
	given, err := s.Flow.Give(context.Background(), s.Flow.Shell(), []string{Number}, terminal.Place{Kind: terminal.AtHospital, Name: "第一医院"}, "王建国")
	must(t, err)
	s.Caller = readcard.Caller{Number: given[0].Terminal, Token: given[0].Token}
}

// Make makes one card with the masters in use; with an id the house gets its row, enabled.
func (s *Stand) Make(t testing.TB, f *perso.Foundry, serial uint32, id ref.Card) *cos.Card {
	t.Helper()
	chip, err := f.Blank(serial, nil)
	must(t, err)
	number := fmt.Sprintf("BA%07d", serial)
	m := perso.Maker{Keys: s.Vault, Masters: s.Masters}
	r := m.Make(context.Background(), perso.Blank{Channel: chip, Reset: chip.Power(cos.Contact)}, perso.Order{City: Division, Serial: serial, Issuer: "915600000251010000000001", Version: "3.00",
		CardNumber: number, Issued: "20240115", Expires: "20340114", Number: "510100201911010012", Name: "龴龵𠮷·小明", Sex: "1", Ethnic: "01", Birthplace: Division, Birth: "20191101"})
	must(t, r.Err)
	if id == "" {
		return chip
	}
	c := card.Card{ID: id, City: s.Flow.City, Number: number, Person: ref.Person("per_" + number), Generation: 3, Product: "sscard", Making: card.Handed,
		Chip: r.CardID, ATR: strings.ToUpper(hex.EncodeToString(r.Historical)), Expires: "2034-01-14"}
	s.sit(t, func(q *desk.Sitting) error {
		if err := card.Put(context.Background(), q.Tx, []card.Card{c}); err != nil {
			return err
		}
		return card.SetChips(context.Background(), q.Tx, []card.Chip{{Card: id, Code: c.Chip, ATR: c.ATR}})
	})
	s.Move(t, "enable", id)
	s.Chips, s.Cards = append(s.Chips, chip), append(s.Cards, c)
	return chip
}

// Move lets something happen to the social security applications of cards, now.
func (s *Stand) Move(t testing.TB, e state.Event, ids ...ref.Card) {
	t.Helper()
	s.sit(t, func(q *desk.Sitting) error { return state.Apply(context.Background(), q.Tx, card.Social, e, ids, q.ID) })
}

func (s *Stand) sit(t testing.TB, do func(*desk.Sitting) error) {
	t.Helper()
	must(t, s.Flow.Desk.Sit(context.Background(), desk.Clockwork("test"), desk.TakeCards, do))
}

// Module is the module of the register's entry, with the province's masters.
func (s *Stand) Module(t testing.TB) *psam.Module {
	t.Helper()
	all, err := terminal.Find(context.Background(), s.Flow.Desk.DB, s.Flow.City, []string{Number})
	must(t, err)
	serial, number, err := psam.Numbers(all[0].Serial, all[0].Terminal)
	must(t, err)
	province := func(name string) key.Ref {
		return key.Ref{Name: "province/" + Division[:2] + "/ssse/" + name, Version: s.Masters.Version}
	}
	return psam.New(serial, number, s.Vault, map[key.ID]key.Ref{key.Internal: province("irk"), key.Read: province("rk")})
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
