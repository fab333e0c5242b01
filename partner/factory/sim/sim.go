package sim

import (
	"encoding/hex"
	"encoding/json"
	"fmt"
	"net/http"
	"path/filepath"
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
	work    *host.Table[factory.Batch] // batches under way, until they are delivered
	made    *host.Table[string]        // ref of a card made to its box
	boxes   *host.Table[[]string]      // box to the refs of the cards that are really in it
	bench   *host.Table[place]         // ref of a card made that waits for its certificates and its face
	shop    *workshop
	album   *album
}

// place is where a card's line stands.
type place struct {
	Batch string
	At    int
}

// due is a batch to make, or one to forget.
type due struct {
	Batch  string
	Forget bool `json:",omitempty"`
}

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
	album, err := openAlbum(filepath.Join(o.Data, "photos"))
	if err != nil {
		return nil, err
	}
	s := &Sim{Host: h, shop: shop, album: album,
		batches: host.NewTable[string](h, "batches"),
		work:    host.NewTable[factory.Batch](h, "waiting"),
		made:    host.NewTable[string](h, "made"),
		boxes:   host.NewTable[[]string](h, "boxes"),
		bench:   host.NewTable[place](h, "bench"),
	}
	s.orders = host.Orders(h, func(o *Orders) *host.Faults { return &o.Faults })
	host.Handle(h, factory.KindSend, s.take)
	host.Handle(h, factory.KindPhotos, s.photos)
	host.Handle(h, factory.KindLoad, s.load)
	host.OnDue(h, s.ship)
	h.Show("box", func(r *http.Request) any { cards, _ := s.boxes.Get(r.FormValue("no")); return cards })
	if err := h.Start(o); err != nil {
		return nil, err
	}
	return s, album.tidy(func(batch string) bool {
		_, taken := s.batches.Get(batch)
		_, under := s.work.Get(batch)
		return under || !taken
	})
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
	if wrong := s.check(b); wrong != nil || !batchName.MatchString(b.Batch) {
		return struct{}{}, host.Refuse("bad_lines", wrong...)
	}
	if _, err := s.shop.press(b.Look); err != nil {
		return struct{}{}, err
	}
	s.batches.Put(b.Batch, mark)
	s.work.Put(b.Batch, b)
	t.Worked(len(b.Lines))
	ready := clock.Day(t.Now()).AddDate(0, 0, days(len(b.Lines))+s.orders.LateDays).Add(16 * time.Hour)
	return struct{}{}, t.Schedule(ready, due{Batch: b.Batch})
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
	if d.Forget {
		return s.forget(d.Batch)
	}
	b, _ := s.work.Get(d.Batch)
	for n := 0; n*BoxSize < len(b.Lines); n++ {
		if err := s.box(t, b, fmt.Sprintf("%s-%02d", b.Batch, n+1), n*BoxSize, min((n+1)*BoxSize, len(b.Lines))); err != nil {
			return err
		}
	}
	if err := s.delivered(d.Batch); err != nil {
		return err
	}
	return t.Schedule(t.Now().AddDate(0, 0, keepDays), due{Batch: d.Batch, Forget: true})
}

// keepDays is how long a batch is kept whose cards never get their certificates.
const keepDays = 60

// delivered forgets a batch when none of its cards waits for anything.
func (s *Sim) delivered(batch string) error {
	for _, p := range s.bench.All() {
		if p.Batch == batch {
			return nil
		}
	}
	return s.forget(batch)
}

// forget drops what is known of a batch's people: its lines and their photos.
func (s *Sim) forget(batch string) error {
	if _, under := s.work.Get(batch); !under {
		return nil
	}
	for _, ref := range s.bench.Keys() {
		if p, _ := s.bench.Get(ref); p.Batch == batch {
			s.bench.Delete(ref)
		}
	}
	s.work.Delete(batch)
	return s.album.forget(batch)
}

func (s *Sim) box(t *host.Turn, b factory.Batch, no string, from, to int) error {
	lines := b.Lines[from:to]
	results, err := s.make(t, b, lines)
	if err != nil {
		return err
	}
	r := factory.Returns{Batch: b.Batch, Lines: results}
	var inside []string
	for i, l := range lines {
		if results[i].Code == factory.CodeMade {
			s.made.Put(l.Ref, no)
			s.bench.Put(l.Ref, place{b.Batch, from + i})
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

// make tries the cards of a box: those whose data stop them, or whose face cannot be printed, never
// reach the machine; the others go through it in sets of one city and bank.
func (s *Sim) make(t *host.Turn, b factory.Batch, lines []factory.Line) ([]factory.Result, error) {
	out := make([]factory.Result, len(lines))
	groups, at, breaks := map[[2]string][]factory.Line{}, map[[2]string][]int{}, map[string]bool{}
	var order [][2]string
	trials, err := s.trials(b, lines)
	if err != nil {
		return nil, err
	}
	for i, l := range lines {
		why := s.orders.reason(l)
		if strings.ContainsRune(l.Name, '\uFFFD') {
			why = "unprintable"
		}
		if why == "" {
			why = unprintable(trials[i].err)
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
