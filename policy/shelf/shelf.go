// Package shelf is where the policy in force stands while the program runs.
//
// Owns: the book in force (the editions that come with the program and those published at run time),
// its change as a whole, and asking whether something new was published. Does not own: where
// published texts are kept and who agreed to them (the press), nor deciding by them (policy).
package shelf

import (
	"context"
	"io/fs"
	"maps"
	"path"
	"strings"
	"sync"
	"sync/atomic"

	"kawu/policy"
	"kawu/policy/notice"
)

// Sheet is an edition that was published at run time.
type Sheet struct {
	No   int64  // its place in the order of publication, from 1 without gaps
	File string // "beijing/2025-city.yaml", as findings name it
	Text string // YAML
}

// id is the edition's: a file is called as its edition, and reading refuses any other.
func (s Sheet) id() string { return strings.TrimSuffix(path.Base(s.File), ".yaml") }

// Press is where editions published at run time are kept. Both questions are about one city.
type Press interface {
	// Last is the number of the last publication, 0 when there was none.
	Last(ctx context.Context) (int64, error)
	// After lists the publications after a number, in their order.
	After(ctx context.Context, no int64) ([]Sheet, error)
}

// Shelf holds the book in force: the editions that come with the program and, in their order, those
// that were published at run time; a later one takes the place of an earlier with the same id. It
// is the only thing about policy that changes while the program runs, and it changes in one way: a
// newer whole book takes the place of the old one. A text that does not fit leaves the old book in
// force. One shelf serves all goroutines of a node; other nodes have their own and find out by
// asking the press.
type Shelf struct {
	files fs.FS
	city  string
	press Press
	mu    sync.Mutex // of whoever reads what is new
	stand atomic.Pointer[stand]
}

// stand is one book with what it was made of. It never changes.
type stand struct {
	no     int64
	book   *policy.Book
	city   *policy.City
	sheets map[string]Sheet // by edition id
}

// Open reads the cities of files and everything that the press has published for one of them.
func Open(ctx context.Context, files fs.FS, cal policy.Calendar, city string, press Press) (*Shelf, error) {
	book, err := policy.Open(files, cal)
	if err != nil {
		return nil, err
	}
	c, err := book.City(city)
	if err != nil {
		return nil, err
	}
	s := &Shelf{files: files, city: c.ID, press: press}
	s.stand.Store(&stand{book: book, city: c, sheets: map[string]Sheet{}})
	return s, s.refresh(ctx)
}

// Now is the city with every edition published up to this moment. It asks the press for a number,
// and reads only when that is new.
func (s *Shelf) Now(ctx context.Context) (*policy.City, error) {
	last, err := s.press.Last(ctx)
	if err == nil && last != s.stand.Load().no {
		err = s.refresh(ctx)
	}
	if err != nil {
		return nil, err
	}
	return s.stand.Load().city, nil
}

// City is Now for pages that only show: when the press cannot be asked, it is what was in force last.
func (s *Shelf) City() *policy.City {
	if c, err := s.Now(context.Background()); err == nil {
		return c
	}
	return s.stand.Load().city
}

// Banks are the city's banks. No edition changes them, so the press is not asked: this may stand in a
// loop over a roster.
func (s *Shelf) Banks() []notice.Bank { return s.stand.Load().city.Banks }

// Bank finds one of Banks by its code or one of its names.
func (s *Shelf) Bank(code string) (notice.Bank, bool) { return s.stand.Load().city.Bank(code) }

// Edition finds the edition a case was filed under. Editions in force never change, so the press is
// asked only for one that this node has not seen yet.
func (s *Shelf) Edition(ctx context.Context, id string) (*policy.Edition, error) {
	if e, err := s.stand.Load().city.Edition(id); err == nil {
		return e, nil
	}
	c, err := s.Now(ctx)
	if err != nil {
		return nil, err
	}
	return c.Edition(id)
}

// Book is the whole book as last read, and the number of the last publication in it.
func (s *Shelf) Book() (*policy.Book, int64) { x := s.stand.Load(); return x.book, x.no }

// Calendar is the calendar of working days, the same in every book.
func (s *Shelf) Calendar() policy.Calendar { return s.stand.Load().book.Calendar() }

// Text is the YAML of an edition; run is true for one that was published at run time.
func (s *Shelf) Text(id string) (text string, run bool, err error) {
	x := s.stand.Load()
	if sheet, ok := x.sheets[id]; ok {
		return sheet.Text, true, nil
	}
	if _, err := x.city.Edition(id); err != nil {
		return "", false, err
	}
	data, err := fs.ReadFile(s.files, s.city+"/"+id+".yaml")
	return string(data), false, err
}

// refresh puts everything new into a book of its own and shelves it when all of it fits.
func (s *Shelf) refresh(ctx context.Context) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	old := s.stand.Load()
	news, err := s.press.After(ctx, old.no)
	if err != nil || len(news) == 0 {
		return err
	}
	next := &stand{no: old.no, book: old.book, sheets: maps.Clone(old.sheets)}
	for _, sheet := range news {
		if next.book, err = next.book.With(s.city, sheet.File, []byte(sheet.Text)); err != nil {
			return err
		}
		next.no, next.sheets[sheet.id()] = sheet.No, sheet
	}
	if next.city, err = next.book.City(s.city); err != nil {
		return err
	}
	s.stand.Store(next)
	return nil
}
