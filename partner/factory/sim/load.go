package sim

import (
	"context"

	"kawu/chip/cos"
	"kawu/chip/perso"
	"kawu/kit/pki"
	"kawu/partner/factory"
	"kawu/partner/wire/host"
)

// loading is one card of a question in the machine that loads certificates and prints.
type loading struct {
	at     int // of its line
	chip   *cos.Card
	blank  perso.Blank
	issued perso.Issued
	page   *page
}

// load puts certificates on cards that were made, and prints them. A card that is not here or whose
// certificates cannot be read is a wrong line and refuses the question; one whose chip or print fails
// is waste.
func (s *Sim) load(t *host.Turn, q factory.Certificates) (factory.Loaded, error) {
	out := factory.Loaded{Results: make([]factory.Result, len(q.Lines))}
	groups, batches := map[[2]string][]loading{}, map[string]bool{}
	var wrong []int
	for i, l := range q.Lines {
		from, here := s.bench.Get(l.Ref)
		x := loading{at: i}
		err := x.read(l)
		if here && err == nil {
			x.chip, err = s.shop.tray.Copy(l.Ref)
		}
		if !here || err != nil {
			wrong = append(wrong, i+1)
			continue
		}
		x.blank = perso.Blank{Channel: x.chip, Reset: x.chip.Power(cos.Contact)}
		if s.orders.breaksLoading(l.Ref) {
			x.blank.Channel = &fragile{x.chip, breaksAt}
		}
		b, _ := s.work.Get(from.Batch)
		line := b.Lines[from.At]
		press, err := s.shop.press(b.Look)
		if err != nil {
			return out, err
		}
		x.page = s.page(b, line, press)
		x.page.spoilt = s.orders.misprints(line)
		k := [2]string{line.City, line.Bank}
		groups[k], batches[from.Batch] = append(groups[k], x), true
	}
	if wrong != nil {
		return out, host.Refuse("bad_lines", wrong...)
	}
	for k, set := range groups {
		if err := s.loadSet(k, set, q, out.Results); err != nil {
			return out, err
		}
	}
	for batch := range batches {
		if err := s.delivered(batch); err != nil {
			return out, err
		}
	}
	t.Worked(len(q.Lines))
	return out, nil
}

func (x *loading) read(l factory.Certified) (err error) {
	if x.issued.Sign, err = pki.Parse(l.Sign); err != nil {
		return err
	}
	x.issued.Crypt, err = pki.Parse(l.Encrypt)
	x.issued.Envelope = l.Envelope
	return err
}

func (s *Sim) loadSet(k [2]string, set []loading, q factory.Certificates, out []factory.Result) error {
	line, err := s.shop.maker(k[0], k[1])
	if err != nil {
		return err
	}
	blanks, issued, faces := make([]perso.Blank, len(set)), make([]perso.Issued, len(set)), printer{}
	for i, x := range set {
		blanks[i], issued[i] = x.blank, x.issued
		issued[i].Key = q.Lines[x.at].Ref
		faces[issued[i].Key] = x.page
	}
	m := *line
	m.Press = faces
	for i, err := range m.Load(context.Background(), blanks, issued) {
		x := set[i]
		if out[x.at], err = s.finish(issued[i].Key, x, err); err != nil {
			return err
		}
	}
	return nil
}

// finish puts a card that is complete into the tray with its face, or scraps it.
func (s *Sim) finish(ref string, x loading, failed error) (factory.Result, error) {
	s.bench.Delete(ref)
	if failed != nil {
		why := "chip_failure"
		if x.page.err != nil {
			why = misprint
		}
		s.scrap(ref)
		code, text := factory.WordOf(why)
		return factory.Result{Ref: ref, Code: code, Reason: text, Waste: true}, nil
	}
	x.chip.Off()
	if err := s.shop.tray.Put(ref, x.chip); err != nil {
		return factory.Result{}, err
	}
	r := factory.Result{Ref: ref, Code: factory.CodeMade, Print: x.page.digest, Fonts: x.page.fonts}
	if r.Print == "" {
		return r, nil
	}
	return r, s.shop.tray.Print(ref, r.Print)
}

// scrap takes a card that failed out of its box: it can be ordered again. Its file in the tray stays
// until another card of its name is made.
func (s *Sim) scrap(ref string) {
	no, _ := s.made.Get(ref)
	s.made.Delete(ref)
	inside, _ := s.boxes.Get(no)
	var left []string
	for _, c := range inside {
		if c != ref {
			left = append(left, c)
		}
	}
	s.boxes.Put(no, left)
}
