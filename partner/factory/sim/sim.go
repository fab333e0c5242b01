package sim

import (
	"encoding/hex"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"time"

	"kawu/kit/clock"
	"kawu/kit/sm"
	"kawu/partner/factory"
	"kawu/partner/wire/host"
)

// BoxSize is how many lines go with one box.
const BoxSize = 500

// Sim is a running factory.
type Sim struct {
	*host.Host
	orders  *Orders
	batches *host.Table[string]        // batch number to digest of its lines
	waiting *host.Table[factory.Batch] // batches being made
	made    *host.Table[string]        // ref of a card made to its box
	boxes   *host.Table[[]string]      // box to the refs of the cards that are really in it
	origin  *host.Table[[2]string]     // ref of a card made to its city and bank
	shop    *workshop
}

type due struct{ Batch string }

// New starts it on the memory in o.Data and the key safe in o.Keys.
func New(o host.Options) (*Sim, error) {
	h, err := host.Open("factory", o)
	if err != nil {
		return nil, err
	}
	shop, err := openWorkshop(o)
	if err != nil {
		return nil, err
	}
	s := &Sim{Host: h, shop: shop,
		batches: host.NewTable[string](h, "batches"),
		waiting: host.NewTable[factory.Batch](h, "waiting"),
		made:    host.NewTable[string](h, "made"),
		boxes:   host.NewTable[[]string](h, "boxes"),
		origin:  host.NewTable[[2]string](h, "origin"),
	}
	s.orders = host.Orders(h, func(o *Orders) *host.Faults { return &o.Faults })
	host.Handle(h, factory.KindSend, s.take)
	host.Handle(h, factory.KindLoad, s.load)
	host.OnDue(h, s.ship)
	h.Show("box", func(r *http.Request) any { cards, _ := s.boxes.Get(r.FormValue("no")); return cards })
	return s, h.Start(o)
}

// Box is what somebody who opens the box finds: the refs of its cards. GET /control/box?no= gives
// the same list.
func (s *Sim) Box(no string) (cards []string, err error) {
	err = s.Do(func(*host.Turn) error { cards, _ = s.boxes.Get(no); return nil })
	return cards, err
}

// Made is how many cards were ever made.
func (s *Sim) Made() (n int, err error) {
	err = s.Do(func(*host.Turn) error { n = s.made.Len(); return nil })
	return n, err
}

// take checks a batch and plans its making.
func (s *Sim) take(t *host.Turn, b factory.Batch) (struct{}, error) {
	text, err := json.Marshal(b.Lines)
	if err != nil {
		return struct{}{}, err
	}
	h := sm.Hash(text)
	mark := hex.EncodeToString(h[:])
	if was, ok := s.batches.Get(b.Batch); ok {
		if was != mark {
			return struct{}{}, host.Refuse("batch_exists")
		}
		return struct{}{}, nil
	}
	if wrong := s.check(b); wrong != nil || b.Batch == "" {
		return struct{}{}, host.Refuse("bad_lines", wrong...)
	}
	s.batches.Put(b.Batch, mark)
	s.waiting.Put(b.Batch, b)
	t.Worked(len(b.Lines))
	ready := clock.Day(t.Now()).AddDate(0, 0, days(len(b.Lines))+s.orders.LateDays).Add(16 * time.Hour)
	return struct{}{}, t.Schedule(ready, due{b.Batch})
}

// days of making, by the number of cards.
func days(cards int) int {
	for i, most := range []int{500, 2_000, 10_000, 30_000} {
		if cards <= most {
			return 5 + i
		}
	}
	return 9
}

// ship makes the cards and sends the boxes with their returns.
func (s *Sim) ship(t *host.Turn, d due) error {
	b, _ := s.waiting.Get(d.Batch)
	s.waiting.Delete(d.Batch)
	for n := 0; n*BoxSize < len(b.Lines); n++ {
		lines := b.Lines[n*BoxSize : min((n+1)*BoxSize, len(b.Lines))]
		if err := s.box(t, b.Batch, fmt.Sprintf("%s-%02d", b.Batch, n+1), lines); err != nil {
			return err
		}
	}
	return nil
}

func (s *Sim) box(t *host.Turn, batch, no string, lines []factory.Line) error {
	results, err := s.make(t, lines)
	if err != nil {
		return err
	}
	r := factory.Returns{Batch: batch, Lines: results}
	var inside []string
	for i, l := range lines {
		if results[i].Code == factory.CodeMade {
			s.made.Put(l.Ref, no)
			s.origin.Put(l.Ref, [2]string{l.City, l.Bank})
			inside = append(inside, l.Ref)
		}
	}
	if len(inside) > 0 {
		r.Box = no
		if s.orders.HoldBack > 0 {
			s.orders.HoldBack--
			inside = inside[1:]
		}
		s.boxes.Put(no, inside)
	}
	if s.orders.Unordered > 0 {
		s.orders.Unordered--
		l := lines[0]
		l.Ref += "-unordered"
		more, err := s.personalise(t, []factory.Line{l}, nil)
		if err != nil {
			return err
		}
		r.Lines = append(r.Lines, more...)
	}
	return t.Post(factory.KindReturns, r)
}

// make tries the cards of a box: those whose data stop them never reach the machine; the others go
// through it in sets of one city and bank.
func (s *Sim) make(t *host.Turn, lines []factory.Line) ([]factory.Result, error) {
	out := make([]factory.Result, len(lines))
	groups, at, breaks := map[[2]string][]factory.Line{}, map[[2]string][]int{}, map[string]bool{}
	var order [][2]string
	for i, l := range lines {
		why := s.orders.reason(l)
		if strings.ContainsRune(l.Name, '\uFFFD') {
			why = "unprintable"
		}
		if why != "" && why != "chip_failure" {
			code, text := factory.WordOf(why)
			out[i] = factory.Result{Ref: l.Ref, Code: code, Reason: text}
			continue
		}
		breaks[l.Ref] = why != ""
		k := [2]string{l.City, l.Bank}
		if groups[k] == nil {
			order = append(order, k)
		}
		groups[k], at[k] = append(groups[k], l), append(at[k], i)
	}
	for _, k := range order {
		results, err := s.personalise(t, groups[k], breaks)
		if err != nil {
			return nil, err
		}
		for j, r := range results {
			out[at[k][j]] = r
		}
	}
	return out, nil
}
