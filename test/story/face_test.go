package story

import (
	"context"
	"image/color"
	"path/filepath"
	"testing"

	"kawu/app"
	"kawu/app/demo"
	"kawu/chip/photo"
	"kawu/chip/tray"
	"kawu/domain/application"
	"kawu/domain/audit"
	"kawu/domain/card"
	"kawu/domain/portrait"
	"kawu/domain/production"
	"kawu/domain/ref"
	"kawu/domain/trouble"
	"kawu/flow/desk"
	"kawu/flow/makecard"
	"kawu/kit/db/dbtest"
	"kawu/kit/name"
)

// Of the people in the story: who has the rare name, the damaged photo, the misprinted card.
const odd, torn, smudged = 7, 8, 12

// TestFaces: a rare name waits for an eye while its batch goes on, is doubted, seen again and printed; a
// damaged photo stops a card before its chip is written; a misprint is waste and made again. In the
// end every card bears what anybody draws from its data, and the factory has forgotten the photos.
func TestFaces(t *testing.T) {
	if !app.Printable("王𫖶") {
		t.Skip("fonts are missing: Debian packages fonts-noto-cjk fonts-babelstone-han")
	}
	for _, e := range dbtest.Engines {
		t.Run(string(e), func(t *testing.T) {
			t.Parallel()
			d := found(t, dbtest.Made(t, e), 30, func(w *demo.World) { w.Staff[odd].Name = name.Person("王𫖶") })
			tell(t, d, "factory", `{"fail_once": {"`+d.World.Staff[smudged].Number.Reveal()+`": "print_failure"}}`)
			steps(t, d.Apply)
			s := &faces{t, d}
			s.until("the rare name is before an eye", func() bool { return s.proofs() > 0 })
			s.give(torn, []byte("no picture at all"))
			s.until("the others are ordered", func() bool { return len(s.cards(torn)) > 0 })
			s.eye()
			s.mended()
			steps(t, d.Journey)
			whole(t, d)
			s.printed()
		})
	}
}

type faces struct {
	*testing.T
	d *demo.Demo
}

func (s *faces) must(err error) {
	s.Helper()
	if err != nil {
		s.Fatal(err)
	}
}

var centre = desk.Actor{Role: desk.Centre, ID: "stf_centre", City: "beijing", Org: "centre", Channel: "web"}

// until lets duties run until something is so.
func (s *faces) until(what string, so func() bool) {
	s.Helper()
	for range 300 {
		_, err := s.d.House.Runner.RunDue(context.Background())
		s.must(err)
		if so() {
			return
		}
		next, ok, err := s.d.House.Runner.Next(context.Background())
		s.must(err)
		if !ok {
			break
		}
		s.d.Clock.To(next)
	}
	s.Fatal("it never came that ", what)
}

func (s *faces) proofs() int {
	n, _, err := production.CountProofs(context.Background(), s.d.House.Store, s.d.House.City)
	s.must(err)
	return n
}

// cards are somebody's new ones.
func (s *faces) cards(i int) (out []card.Card) {
	all, err := card.OfPerson(context.Background(), s.d.House.Store, s.d.World.Staff[i].ID)
	s.must(err)
	for _, c := range all {
		if c.Batch != "" {
			out = append(out, c)
		}
	}
	return out
}

func (s *faces) application(i int) ref.Application {
	all, err := application.OfPerson(context.Background(), s.d.House.Store, s.d.World.Staff[i].ID)
	s.must(err)
	return all[0].ID
}

// open is an open trouble's reason; "" when there is none.
func (s *faces) open(k trouble.Kind, subject string) string {
	list, err := trouble.About(context.Background(), s.d.House.Store, subject)
	s.must(err)
	for _, x := range list {
		if x.Kind == k && x.SettledAt.IsZero() && x.OwnerKind == ref.HeldByCentre {
			return x.Reason
		}
	}
	return ""
}

// give makes a picture somebody's good photo.
func (s *faces) give(i int, jpeg []byte) {
	ctx := context.Background()
	s.must(s.d.House.Desk.Sit(ctx, desk.Clockwork("test"), desk.TakePhoto, func(x *desk.Sitting) error {
		return portrait.Put(ctx, x.Tx, []portrait.Photo{{City: s.d.House.City, Person: s.d.World.Staff[i].ID, Source: portrait.Upload, JPEG: jpeg}}, x.ID)
	}))
}

// eye: nobody looks in time, then somebody doubts, then the name is seen again and found right; until
// then there is no card.
func (s *faces) eye() {
	ctx, f, id := context.Background(), s.d.House.Flows.Make, s.application(odd)
	s.until("somebody notices that nobody looks", func() bool { return s.open(trouble.FaceHeld, string(id)) == "face_unseen" })
	n, err := f.Show(ctx, centre, id)
	s.must(err)
	if len(n.Picture) < 500 || len(n.Characters) != 1 || n.Characters[0] != (makecard.Character{Code: "U+2B5B6", Font: "BabelStoneHan"}) {
		s.Errorf("%d bytes, %v", len(n.Picture), n.Characters)
	}
	if err := f.Wrong(ctx, centre, id, "bored"); err == nil {
		s.Error("a doubt without a reason was taken")
	}
	if err := f.Right(ctx, s.d.Parties()[1].Who, id); err == nil {
		s.Error("a bank judged a face")
	}
	s.must(f.Wrong(ctx, centre, id, makecard.Glyph))
	if got := s.open(trouble.FaceHeld, string(id)); got != makecard.Glyph {
		s.Errorf("open for %q", got)
	}
	if err := f.Right(ctx, centre, id); err == nil {
		s.Error("a doubted name was passed without another look")
	}
	s.must(f.LookAgain(ctx, centre, id))
	if got := s.open(trouble.FaceHeld, string(id)); got != "" || len(s.cards(odd)) > 0 {
		s.Errorf("open for %q, %d cards", got, len(s.cards(odd)))
	}
	s.must(f.Right(ctx, centre, id))
	s.until("the name is ordered", func() bool { return len(s.cards(odd)) > 0 })
}

// mended: the card with the damaged photo was stopped with its reason and costs no chip; with another
// photo it is ordered again.
func (s *faces) mended() {
	ctx, c := context.Background(), s.cards(torn)[0]
	s.until("the factory stops the card with the damaged photo", func() bool { return s.open(trouble.CardUnmade, string(c.ID)) == "bad_photo" })
	waste, err := production.WasteOf(ctx, s.d.House.Store, c.ID)
	s.must(err)
	if len(waste) > 0 {
		s.Error("a chip was spoiled for a photo that could not be printed")
	}
	p, _, err := photo.Look(photo.Sketch(9, 800, 1000, color.RGBA{250, 250, 250, 255}), photo.Default)
	s.must(err)
	s.give(torn, p.JPEG)
	s.must(s.d.House.Flows.Make.Again(ctx, centre, c.ID))
}

// printed compares what is drawn now, what the factory said, and what lies in the tray.
func (s *faces) printed() {
	ctx, h := context.Background(), s.d.House
	plastic, err := tray.Open(app.Plastic(h.Data))
	s.must(err)
	for i := range s.d.World.Staff {
		for _, c := range s.cards(i) {
			p, err := h.Face(ctx, c)
			s.must(err)
			on, err := plastic.Printed(string(c.ID))
			s.must(err)
			if p.Digest == "" || p.Print.Digest != p.Digest || on != p.Digest {
				s.Errorf("person %d: drawn %s, told %s, on the card %s", i, p.Digest, p.Print.Digest, on)
			}
			if i == odd && p.Print.Fonts != "BabelStoneHan" {
				s.Errorf("%q stood in", p.Print.Fonts)
			}
		}
	}
	c := s.cards(smudged)[0]
	waste, err := production.WasteOf(ctx, h.Store, c.ID)
	s.must(err)
	if len(waste) != 1 || waste[0].Reason != "print_failure" || waste[0].Chip == c.Chip || c.Remakes != 1 {
		s.Errorf("the misprint: %d waste, %d remakes", len(waste), c.Remakes)
	}
	kept, err := filepath.Glob(filepath.Join(h.Data, app.Simulators, "factory", "photos", "*", "*"))
	s.must(err)
	if len(kept) > 0 {
		s.Errorf("the factory keeps %d photos", len(kept))
	}
	seen := map[string]int{}
	trail, err := audit.About(ctx, h.Store, string(s.application(odd)), 100)
	s.must(err)
	for _, l := range trail {
		seen[l.Act]++
	}
	if seen["face.show"] < 1 || seen["face.judge"] != 3 {
		s.Errorf("the trail has %v", seen)
	}
}
