package sim

import (
	"context"

	"kawu/chip/cos"
	"kawu/chip/perso"
	"kawu/kit/pki"
	"kawu/partner/factory"
	"kawu/partner/wire/host"
)

// loading is one card of a question in the machine that loads certificates.
type loading struct {
	at     int // of its line
	chip   *cos.Card
	blank  perso.Blank
	issued perso.Issued
}

// load puts certificates on cards that were made. A card that is not here or whose certificates
// cannot be read is a wrong line and refuses the question; one whose chip fails is waste.
func (s *Sim) load(t *host.Turn, q factory.Certificates) (factory.Loaded, error) {
	out := factory.Loaded{Results: make([]factory.Result, len(q.Lines))}
	groups := map[[2]string][]loading{}
	var wrong []int
	for i, l := range q.Lines {
		origin, here := s.origin.Get(l.Ref)
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
		groups[origin] = append(groups[origin], x)
	}
	if wrong != nil {
		return out, host.Refuse("bad_lines", wrong...)
	}
	for origin, set := range groups {
		if err := s.loadSet(origin, set, q, out.Results); err != nil {
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

func (s *Sim) loadSet(origin [2]string, set []loading, q factory.Certificates, out []factory.Result) error {
	m, err := s.shop.maker(origin[0], origin[1])
	if err != nil {
		return err
	}
	blanks, issued := make([]perso.Blank, len(set)), make([]perso.Issued, len(set))
	for i, x := range set {
		blanks[i], issued[i] = x.blank, x.issued
	}
	for i, err := range m.Load(context.Background(), blanks, issued) {
		ref := q.Lines[set[i].at].Ref
		out[set[i].at] = factory.Result{Ref: ref, Code: factory.CodeMade}
		if err != nil {
			code, text := factory.WordOf("chip_failure")
			out[set[i].at] = factory.Result{Ref: ref, Code: code, Reason: text, Waste: true}
			s.scrap(ref)
			continue
		}
		set[i].chip.Off()
		if err := s.shop.tray.Put(ref, set[i].chip); err != nil {
			return err
		}
	}
	return nil
}

// scrap takes a card that failed out of its box: it can be ordered again. Its file in the tray stays
// until another card of its name is made.
func (s *Sim) scrap(ref string) {
	no, _ := s.made.Get(ref)
	s.made.Delete(ref)
	s.origin.Delete(ref)
	inside, _ := s.boxes.Get(no)
	var left []string
	for _, c := range inside {
		if c != ref {
			left = append(left, c)
		}
	}
	s.boxes.Put(no, left)
}
