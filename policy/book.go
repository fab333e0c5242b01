package policy

import (
	"io/fs"
	"strings"
	"time"

	"kawu/kit/fault"
	"kawu/policy/notice"
	"kawu/policy/term"
)

// Faults of a book.
var (
	NoCity    = fault.New(fault.NotFound, "policy.no_city", "there is no city {city}; the cities are {allowed}")
	NoEdition = fault.New(fault.NotFound, "policy.no_edition", "{city} has no edition {edition}; its editions are {allowed}")
)

// City is a city with its editions ready to decide by, in the order in which they come into force.
type City struct {
	*notice.City
	editions []*Edition
}

// Book is all cities. It never changes; With makes another.
type Book struct {
	cities []*City
	cal    Calendar
}

// Open reads every folder of fsys: city.yaml, rules.yaml, and one file for each edition. A book is
// opened only when nothing at all is found wrong; the error is a notice.Findings.
func Open(fsys fs.FS, cal Calendar) (*Book, error) {
	b := &Book{cal: cal}
	read, found := notice.Load(fsys)
	if err := found.Err(); err != nil {
		return nil, err
	}
	for _, n := range read {
		c, more := readyCity(n)
		b.cities, found = append(b.cities, c), append(found, more...)
	}
	if err := found.Err(); err != nil {
		return nil, err
	}
	return b, nil
}

// Check lists everything that is wrong with the folders of fsys, in each file as far as it can be
// read.
func Check(fsys fs.FS) notice.Findings {
	read, found := notice.Load(fsys)
	bad := map[string]bool{}
	for _, f := range found {
		bad[f.City] = true
	}
	for _, n := range read {
		if !bad[n.ID] {
			_, more := readyCity(n)
			found = append(found, more...)
		}
	}
	return found
}

func readyCity(n *notice.City) (*City, notice.Findings) {
	c := &City{City: n}
	var found notice.Findings
	for _, x := range n.Editions {
		e := ready(c, x)
		c.editions = append(c.editions, e)
		found = append(found, e.checkRoutes()...)
	}
	return c, found
}

// With gives a book in which the city has this edition, new or instead of the one with the same id.
// When anything is found wrong, the error is a notice.Findings and the old book stays in force.
func (b *Book) With(city, file string, data []byte) (*Book, error) {
	old, err := b.City(city)
	if err != nil {
		return nil, err
	}
	n, _, found := old.Edit(file, data)
	if err := found.Err(); err != nil {
		return nil, err
	}
	c, found := readyCity(n)
	if err := found.Err(); err != nil {
		return nil, err
	}
	next := &Book{cal: b.cal}
	for _, x := range b.cities {
		if x == old {
			x = c
		}
		next.cities = append(next.cities, x)
	}
	return next, nil
}

// Cities lists all cities by id.
func (b *Book) Cities() []*City { return b.cities }

// Calendar is the book's calendar of working days.
func (b *Book) Calendar() Calendar { return b.cal }

// City finds a city by id or name.
func (b *Book) City(id string) (*City, error) {
	var ids []string
	for _, c := range b.cities {
		if c.Called(id) {
			return c, nil
		}
		ids = append(ids, c.ID)
	}
	return nil, missing(NoCity, "city", id, "allowed", strings.Join(ids, ", "))
}

// Decide answers by the edition of the city that is in force on the day.
func (b *Book) Decide(city string, p *Person, r term.Reason, c term.Channel, on time.Time) (Decision, error) {
	found, err := b.City(city)
	if err != nil {
		return Decision{}, err
	}
	return found.On(on).Decide(p, r, c, on, b.cal), nil
}

// Explain is Decide with every clause that had a part in it.
func (b *Book) Explain(city string, p *Person, r term.Reason, c term.Channel, on time.Time) (Explanation, error) {
	found, err := b.City(city)
	if err != nil {
		return Explanation{}, err
	}
	return found.On(on).Explain(p, r, c, on, b.cal), nil
}

// Editions lists the city's editions in the order in which they come into force.
func (c *City) Editions() []*Edition { return c.editions }

// On is the edition in force on the day; before the first one, the first, which then refuses with
// the day on which it begins.
func (c *City) On(day time.Time) *Edition {
	d, found := term.DateOf(day), c.editions[0]
	for _, e := range c.editions {
		if e.InForce.From <= d {
			found = e
		}
	}
	return found
}

// Edition finds an edition by its id.
func (c *City) Edition(id string) (*Edition, error) {
	var ids []string
	for _, e := range c.editions {
		if e.ID == id {
			return e, nil
		}
		ids = append(ids, e.ID)
	}
	return nil, missing(NoEdition, "city", c.ID, "edition", id, "allowed", strings.Join(ids, ", "))
}

func missing(f *fault.Fault, args ...any) *fault.Fault {
	return fault.New(f.Kind, f.Code, f.Message, args...)
}
