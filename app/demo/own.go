package demo

import (
	"os"
	"slices"

	"kawu/domain/person"
	"kawu/domain/roster"
	"kawu/kit/idno"
)

// join makes the people of the visitor's own roster insured staff of the first employer, so that any
// roster whose rows are right can go the whole way. It does nothing without such a roster.
func (d *Demo) join() error {
	if d.Roster == "" {
		return nil
	}
	file, err := os.Open(d.Roster)
	if err != nil {
		return err
	}
	defer file.Close()
	info, err := file.Stat()
	if err != nil {
		return err
	}
	res, err := roster.Read(file, info.Size(), 0, d.Clock.Now())
	if err != nil {
		return err
	}
	d.World.Join(res.Entries)
	return nil
}

// Join puts the people of a roster first in Staff, in the roster's order, each with an old card.
// Whoever the world has there already changes to the first employer; the retired, those insured
// elsewhere, the holder of a new card and the visitor's own staff stay what they are.
func (w *World) Join(rows []roster.Entry) {
	known := map[idno.Number]int{}
	for i, p := range w.Staff {
		known[p.Number] = i
	}
	apart := map[idno.Number]bool{}
	for _, p := range slices.Concat(w.Others, w.Hand) {
		apart[p.Number] = true
	}
	next := len(w.everybody())
	joined, moved := make([]person.Person, 0, len(rows)), map[idno.Number]bool{}
	for _, e := range rows {
		if apart[e.ID] {
			continue
		}
		p := w.person(next, "employed", w.Employers[0])
		if i, here := known[e.ID]; here {
			p.ID, moved[e.ID] = w.Staff[i].ID, true
		} else {
			w.Old = append(w.Old, w.card(next, p, 2))
			next++
		}
		p.Number, p.Name, p.Mobile = e.ID, e.Name, e.Mobile
		joined = append(joined, p)
	}
	rest := slices.DeleteFunc(w.Staff, func(p person.Person) bool { return moved[p.Number] })
	w.Staff, w.Own = append(joined, rest...), len(rows)
}

// read tells whoever watches what became of the visitor's own roster.
func (d *Demo) read(res *roster.Result) {
	if d.Roster != "" && d.Read != nil {
		d.Read(res)
	}
}
