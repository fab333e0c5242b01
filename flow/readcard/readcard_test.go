package readcard_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"kawu/chip/apdu"
	"kawu/chip/cos"
	"kawu/chip/perso"
	"kawu/chip/reader"
	"kawu/domain/audit"
	"kawu/domain/outlet"
	"kawu/domain/ref"
	"kawu/domain/terminal"
	"kawu/domain/trouble"
	"kawu/flow/desk"
	"kawu/flow/readcard"
	"kawu/flow/readcard/readtest"
	"kawu/kit/clock"
	"kawu/kit/db"
	"kawu/kit/db/dbtest"
	"kawu/kit/fault"
	"kawu/kit/state"
)

var ctx = context.Background()

func each(t *testing.T, n int, run func(t *testing.T, s *readtest.Stand)) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) { run(t, readtest.New(t, d, n)) }, readtest.Cycles...)
}

func begin(t *testing.T, c *cos.Card) readcard.Inquiry {
	t.Helper()
	q, err := reader.Begin(c, c.Power(cos.Contact))
	if err != nil {
		t.Fatal(err)
	}
	return q
}

func last(t *testing.T, s *readtest.Stand) audit.Line {
	t.Helper()
	lines, err := audit.Latest(ctx, s.Flow.Desk.DB, 0, 10000)
	if err != nil {
		t.Fatal(err)
	}
	newest := lines[0]
	for _, l := range lines {
		if l.Seq > newest.Seq {
			newest = l
		}
	}
	return newest
}

// One set with an honest card, a forged one, one of these masters that the house does not know, one
// that is lost: each gets its own answer, and the trail one line.
func TestSetOfInquiries(t *testing.T) {
	each(t, 3, func(t *testing.T, s *readtest.Stand) {
		f, err := perso.NewFoundry([16]byte{4}, cos.Chip{Generation: 3, Maker: [3]byte{'K', 'W', 9}, PIN: "123456", PINTries: 6})
		if err != nil {
			t.Fatal(err)
		}
		stranger := s.Make(t, f, 99, "")
		s.Move(t, "report", s.Cards[1].ID)
		forged := begin(t, s.Chips[2])
		forged.InternalProof[3] ^= 1
		stolen := begin(t, s.Chips[1]) // a forged card under the lost card's number must not learn that it is lost
		stolen.InternalProof[0] ^= 1
		set := []readcard.Inquiry{begin(t, s.Chips[0]), forged, begin(t, stranger), begin(t, s.Chips[1]), stolen}
		before := s.Flow.Desk.DB.Statements()
		answers, err := s.Flow.Answer(ctx, s.Caller, set)
		if err != nil {
			t.Fatal(err)
		}
		if n := s.Flow.Desk.DB.Statements() - before; n > 8 {
			t.Errorf("%d statements for one set", n)
		}
		for i, want := range []error{nil, reader.Forged, readcard.ErrNotMade, reader.Listed, reader.Forged} {
			f := answers[i].Fault
			if want == nil && f != nil || want != nil && (!errors.Is(f, want) || answers[i].Proof != [8]byte{}) {
				t.Errorf("%d: %v", i, f)
			}
		}
		if answers[3].Fault.Args["reason"] != "lost" || answers[4].Fault.Args != nil {
			t.Error(answers[3].Fault, answers[4].Fault)
		}
		d, err := reader.Finish(s.Chips[0], set[0], answers[0])
		if err != nil || d.CardID != s.Cards[0].Chip || d.Name != "龴龵𠮷·小明" {
			t.Error(d, err)
		}
		l := last(t, s)
		if l.Act != "card.read" || l.N != 5 || l.ActorKind != "terminal" || !strings.HasPrefix(l.Subject, "psm_") ||
			!strings.Contains(l.Detail, string(s.Cards[0].ID)) || strings.Contains(l.Detail, string(s.Cards[1].ID)) || !strings.Contains(l.Detail, `"refused":4`) {
			t.Errorf("%+v", l)
		}
		if strings.Contains(fmt.Sprintf("%+v", l), "小明") || strings.Contains(fmt.Sprintf("%+v", l), "2019") {
			t.Error("personal data in the trail")
		}
	})
}

// What was seen on the line is worth nothing later.
func TestReplay(t *testing.T) {
	each(t, 1, func(t *testing.T, s *readtest.Stand) {
		card, q := s.Chips[0], begin(t, s.Chips[0])
		answers, err := s.Flow.Answer(ctx, s.Caller, []readcard.Inquiry{q})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := reader.Finish(card, q, answers[0]); err != nil {
			t.Fatal(err)
		}
		fresh := begin(t, card)
		if _, err := reader.Finish(card, q, answers[0]); !errors.Is(err, apdu.Refused) {
			t.Error("yesterday's answer opens the card:", err)
		}
		stale := fresh
		stale.InternalProof, stale.InternalSource = q.InternalProof, q.InternalSource
		answers, err = s.Flow.Answer(ctx, s.Caller, []readcard.Inquiry{stale})
		if err != nil || !errors.Is(answers[0].Fault, reader.Forged) {
			t.Error("yesterday's proof passes for today's challenge:", answers, err)
		}
		moved := begin(t, card)
		moved.ExternalFactor[0] ^= 1
		answers, err = s.Flow.Answer(ctx, s.Caller, []readcard.Inquiry{moved})
		if err != nil || answers[0].Fault != nil {
			t.Fatal(answers, err)
		}
		if _, err := reader.Finish(card, moved, answers[0]); !errors.Is(err, apdu.Refused) {
			t.Error("the proof of another challenge opens the card:", err)
		}
		good := begin(t, card)
		answers, _ = s.Flow.Answer(ctx, s.Caller, []readcard.Inquiry{good})
		answers[0].Proof[7] ^= 1
		if _, err := reader.Finish(card, good, answers[0]); !errors.Is(err, apdu.Refused) {
			t.Error("a tampered answer opens the card:", err)
		}
	})
}

func TestTerminals(t *testing.T) {
	each(t, 1, func(t *testing.T, s *readtest.Stand) {
		ask := func(c readcard.Caller) error {
			t.Helper()
			answers, err := s.Flow.Answer(ctx, c, []readcard.Inquiry{begin(t, s.Chips[0])})
			if err != nil && len(answers) > 0 || err == nil && answers[0].Fault != nil {
				t.Error("answers with", err)
			}
			_, listErr := s.Flow.InvalidFor(ctx, c, 0)
			if (listErr == nil) != (err == nil) {
				t.Errorf("reading: %v, list: %v", err, listErr)
			}
			return err
		}
		shell, numbers := s.Flow.Shell(), []string{readtest.Number}
		do := func(err error) {
			t.Helper()
			if err != nil {
				t.Fatal(err)
			}
		}
		troubles := func() []trouble.Trouble {
			all, err := trouble.OpenIn(ctx, s.Flow.Desk.DB, "x", 10)
			do(err)
			return all
		}
		first := s.Caller
		do(ask(first))
		for _, c := range []readcard.Caller{{}, {Number: first.Number}, {Number: "510100000008", Token: first.Token}, {Number: first.Number, Token: first.Token + "x"}} {
			if err := ask(c); !errors.Is(err, readcard.ErrCaller) {
				t.Errorf("%v: %v", c, err)
			}
		}
		s.Give(t) // another keeper
		if err := ask(first); !errors.Is(err, readcard.ErrCaller) {
			t.Error("the last keeper's token still works:", err)
		}
		do(ask(s.Caller))

		do(s.Flow.Move(ctx, shell, terminal.ReportLost, numbers))
		if err := ask(s.Caller); !errors.Is(err, readcard.ErrLost) {
			t.Error("a lost terminal reads:", err)
		}
		if l := last(t, s); l.ActorKind != "terminal" || !strings.Contains(l.Detail, "lost_terminal") {
			t.Errorf("nobody knows that a lost module is used: %+v", l)
		}
		if open := troubles(); len(open) != 1 || open[0].Kind != trouble.ModuleLost || open[0].About != readtest.Number || open[0].Owner != "centre" {
			t.Error(open)
		}
		if err := s.Flow.Move(ctx, shell, terminal.ReportLost, numbers); !errors.Is(err, state.ErrMove) {
			t.Error(err)
		}
		do(s.Flow.Move(ctx, shell, terminal.Return, numbers))
		if err := ask(s.Caller); !errors.Is(err, readcard.ErrCaller) || len(troubles()) != 0 {
			t.Error("a returned terminal reads, or its case stays open:", err)
		}
		s.Give(t)
		do(ask(s.Caller))
		do(s.Flow.Move(ctx, shell, terminal.ReportLost, []string{readtest.Serial}))
		do(s.Flow.Move(ctx, shell, terminal.WriteOff, numbers))
		if err := ask(s.Caller); !errors.Is(err, readcard.ErrLost) || len(troubles()) != 0 {
			t.Error(err)
		}
		second := desk.Actor{Role: desk.Centre, ID: "stf_2"}
		if err := s.Flow.Destroy(ctx, shell, second, numbers); !errors.Is(err, state.ErrMove) {
			t.Error("what is lost is destroyed:", err)
		}
		if err := s.Flow.Move(ctx, second, terminal.Destroy, numbers); !errors.Is(err, desk.ErrForbidden) {
			t.Error("one person destroys:", err)
		}
		if err := s.Flow.Destroy(ctx, second, second, numbers); !errors.Is(err, desk.ErrSamePerson) {
			t.Error("one person is two:", err)
		}
		all, err := terminal.Find(ctx, s.Flow.Desk.DB, "x", numbers)
		do(err)
		stays, err := terminal.Stays(ctx, s.Flow.Desk.DB, all[0].ID)
		if err != nil || len(stays) != 5 || stays[4].Place.Kind != terminal.AtHospital {
			t.Error(stays, err)
		}
	})
}

func TestWhatIsRefused(t *testing.T) {
	each(t, 1, func(t *testing.T, s *readtest.Stand) {
		shell := s.Flow.Shell()
		for _, n := range []int{0, readcard.Most + 1} {
			if _, err := s.Flow.Answer(ctx, s.Caller, make([]readcard.Inquiry, n)); !errors.Is(err, readcard.ErrSize) {
				t.Error(n, err)
			}
		}
		clerk := desk.Actor{Role: desk.Clerk, ID: "stf_1"}
		if _, err := s.Flow.AnswerHere(ctx, clerk, []readcard.Inquiry{begin(t, s.Chips[0])}); !errors.Is(err, desk.ErrForbidden) {
			t.Error(err)
		}
		if err := s.Flow.Move(ctx, clerk, terminal.ReportLost, []string{readtest.Number}); !errors.Is(err, desk.ErrForbidden) {
			t.Error(err)
		}
		if _, err := s.Flow.Give(ctx, shell, []string{readtest.Number}, terminal.Place{Kind: terminal.AtOutlet, Name: "out_none"}, "王建国"); !errors.Is(err, outlet.ErrUnknown) {
			t.Error(err)
		}
		if _, err := s.Flow.Give(ctx, shell, []string{readtest.Number, "999999999999"}, terminal.Place{Kind: terminal.AtOffice, Name: "民政局"}, "王建国"); !errors.Is(fault.Of(err), terminal.ErrUnknown) {
			t.Error(err)
		}
		answers, err := s.Flow.AnswerHere(ctx, shell, []readcard.Inquiry{begin(t, s.Chips[0])})
		if err != nil || answers[0].Fault != nil {
			t.Error(answers, err)
		}
		s.Masters.Version = 0
		if _, err := s.Flow.Answer(ctx, s.Caller, []readcard.Inquiry{begin(t, s.Chips[0])}); err == nil {
			t.Error("answers without keys")
		}
	})
}

func TestTooOften(t *testing.T) {
	each(t, 1, func(t *testing.T, s *readtest.Stand) {
		set := make([]readcard.Inquiry, readcard.Most)
		for i := range set {
			set[i] = readcard.Inquiry{Historical: make([]byte, 13)}
		}
		s.Clock.Add(13 * time.Second)
		for range readcard.PerMinute / readcard.Most {
			if _, err := s.Flow.Answer(ctx, s.Caller, set); err != nil {
				t.Fatal(err)
			}
		}
		lines := last(t, s).Seq
		_, err := s.Flow.Answer(ctx, s.Caller, set[:1])
		if f := fault.Of(err); !errors.Is(err, readcard.ErrOften) || f.Args["seconds"] != 47 {
			t.Error(err)
		}
		if last(t, s).Seq != lines {
			t.Error("what was refused wrote into the trail")
		}
		s.Clock.Add(47 * time.Second)
		if _, err := s.Flow.Answer(ctx, s.Caller, set[:1]); err != nil {
			t.Error(err)
		}
	})
}

// After a ceremony new cards have new keys; the old cards are still read.
func TestOlderKeys(t *testing.T) {
	each(t, 2, func(t *testing.T, s *readtest.Stand) {
		s.Masters.Version = 2
		if err := perso.Found(s.Vault, s.Masters, readtest.Division); err != nil {
			t.Fatal(err)
		}
		f, err := perso.NewFoundry([16]byte{4}, cos.Chip{Generation: 3, Maker: [3]byte{'K', 'W', 2}, PIN: "123456", PINTries: 6})
		if err != nil {
			t.Fatal(err)
		}
		newer := s.Make(t, f, 7, "crd_newer")
		forged := begin(t, s.Chips[1])
		forged.InternalProof[3] ^= 1
		set := []readcard.Inquiry{begin(t, s.Chips[0]), begin(t, newer), forged}
		answers, err := s.Flow.Answer(ctx, s.Caller, set)
		if err != nil || !errors.Is(answers[2].Fault, reader.Forged) {
			t.Fatal(answers, err)
		}
		for i, c := range []*cos.Card{s.Chips[0], newer} {
			if _, err := reader.Finish(c, set[i], answers[i]); err != nil {
				t.Error(i, err)
			}
		}
		s.Masters.Version = 3 // whose masters are not there yet
		if _, err := s.Flow.Answer(ctx, s.Caller, set); err == nil {
			t.Error("answers without the masters in use")
		}
	})
}

// The list follows what happens to cards: numbers without a gap, every increment leads a terminal to
// the same list as the full file.
func TestInvalidList(t *testing.T) {
	each(t, 4, func(t *testing.T, s *readtest.Stand) {
		var online reader.InvalidList
		full := func() *reader.InvalidList {
			t.Helper()
			var l reader.InvalidList
			n, err := s.Flow.Invalid(ctx, s.Flow.Shell(), 0)
			if err != nil {
				t.Fatal(err)
			}
			var b bytes.Buffer
			if err := s.Flow.WriteInvalid(ctx, &b, 0, n); err != nil {
				t.Fatal(err)
			}
			if err := l.Load(&b); err != nil || int64(l.Number()) != n {
				t.Fatal(err, n, b.String())
			}
			b.Reset()
			if int64(online.Number()) == n {
				return &l
			}
			if err := s.Flow.WriteInvalid(ctx, &b, int64(online.Number()), n); err != nil {
				t.Fatal(err)
			}
			if err := online.Load(&b); err != nil {
				t.Fatal(err)
			}
			return &l
		}
		same := func(number uint64, want ...string) {
			t.Helper()
			l := full()
			for i, c := range s.Cards {
				a, _ := l.Find(c.Chip)
				b, _ := online.Find(c.Chip)
				if a != want[i] || b != want[i] {
					t.Errorf("card %d: full %q, by increments %q, want %q", i, a, b, want[i])
				}
			}
			if l.Number() != number || online.Number() != number {
				t.Errorf("number %d and %d, want %d", l.Number(), online.Number(), number)
			}
		}
		same(1, "", "", "", "")
		same(1, "", "", "", "")
		s.Clock.Add(time.Minute)
		s.Move(t, "report_temporarily", s.Cards[0].ID)
		s.Move(t, "lock", s.Cards[1].ID)
		s.Move(t, "void", s.Cards[2].ID)
		same(2, "lost_temporarily", "locked", "void", "")
		s.Move(t, "report", s.Cards[0].ID) // in the same microsecond as the last number
		same(3, "lost", "locked", "void", "")
		s.Clock.Add(24 * time.Hour)
		same(3, "lost", "locked", "void", "") // looked at, nothing new
		s.Clock.Add(24 * time.Hour)
		s.Move(t, "unlock", s.Cards[1].ID)
		s.Move(t, "release", s.Cards[0].ID)
		s.Move(t, "report", s.Cards[3].ID)
		same(4, "", "", "void", "lost")
		s.Move(t, "release", s.Cards[3].ID)
		s.Move(t, "report", s.Cards[3].ID) // there and back between two looks
		same(4, "", "", "void", "lost")

		var late reader.InvalidList // was off since number 1
		var b bytes.Buffer
		if err := late.Load(strings.NewReader(reader.Full(1) + reader.End(0))); err != nil {
			t.Fatal(err)
		}
		if err := s.Flow.WriteInvalid(ctx, &b, 1, 4); err != nil {
			t.Fatal(err)
		}
		if err := late.Load(&b); err != nil || late.Number() != 4 {
			t.Error(late.Number(), err)
		}
		if why, _ := late.Find(s.Cards[3].Chip); why != "lost" {
			t.Error(why)
		}
		if _, err := s.Flow.Invalid(ctx, s.Flow.Shell(), 5); !errors.Is(err, readcard.ErrAhead) {
			t.Error(err)
		}
	})
}

// A transaction that began before the last look and was committed after it is not missed.
func TestListSeesLateCommits(t *testing.T) {
	each(t, 1, func(t *testing.T, s *readtest.Stand) {
		before := s.Clock.Now()
		s.Clock.Add(10 * time.Minute)
		if n, err := s.Flow.Invalid(ctx, s.Flow.Shell(), 0); err != nil || n != 1 {
			t.Fatal(n, err)
		}
		err := s.Flow.Desk.DB.Write(ctx, before, func(tx *db.Tx) error {
			return state.Apply(ctx, tx, readtest.Cycles[1], "report", []ref.Card{s.Cards[0].ID}, "sit_late")
		})
		if err != nil {
			t.Fatal(err)
		}
		if n, err := s.Flow.Invalid(ctx, s.Flow.Shell(), 0); err != nil || n != 2 {
			t.Error(n, err)
		}
	})
}

// A terminal without a line reads with the module of its entry in the register.
// A list that was drawn once under a clock that is ahead, or beside a move that such a clock has
// dated, hides nothing: the next look finds what has happened since, whichever clock it has.
func TestListUnderAWrongClock(t *testing.T) {
	each(t, 3, func(t *testing.T, s *readtest.Stand) {
		right := s.Flow.Desk
		ahead := *right
		ahead.Clock = clock.At(s.Clock.Now().AddDate(2, 0, 0))
		draw := func(d *desk.Desk, want int64) {
			t.Helper()
			s.Flow.Desk = d
			defer func() { s.Flow.Desk = right }()
			if n, err := s.Flow.Invalid(ctx, s.Flow.Shell(), 0); err != nil || n != want {
				t.Error(n, err, "want", want)
			}
		}
		s.Move(t, "report", s.Cards[0].ID)
		draw(&ahead, 1)
		s.Clock.Add(3 * time.Hour)
		s.Move(t, "release", s.Cards[0].ID)
		draw(&ahead, 2) // by the clock that is still ahead
		s.Clock.Add(3 * time.Hour)
		s.Move(t, "report", s.Cards[1].ID)
		draw(right, 3)
		err := right.DB.Write(ctx, ahead.Clock.Now(), func(tx *db.Tx) error {
			return state.Apply(ctx, tx, readtest.Cycles[1], "report", []ref.Card{s.Cards[2].ID}, "sit_ahead")
		})
		if err != nil {
			t.Fatal(err)
		}
		draw(&ahead, 4)
		s.Clock.Add(3 * time.Hour)
		s.Move(t, "release", s.Cards[1].ID)
		draw(right, 5)
		draw(right, 5)
	})
}

func TestModuleOfTheRegister(t *testing.T) {
	each(t, 1, func(t *testing.T, s *readtest.Stand) {
		c := s.Chips[0]
		d, number, err := reader.Offline(c, c.Power(cos.Contact), s.Module(t), readtest.Division)
		if err != nil || number != readtest.Number || d.CardID != s.Cards[0].Chip {
			t.Error(d, number, err)
		}
	})
}

// Many terminals ask at the same moment: one number is drawn, and all learn it.
func TestManyAskAtOnce(t *testing.T) {
	each(t, 2, func(t *testing.T, s *readtest.Stand) {
		for round := range 3 {
			if round > 0 {
				s.Clock.Add(time.Minute)
				s.Move(t, "report", s.Cards[round-1].ID)
			}
			var all sync.WaitGroup
			for range 8 {
				all.Go(func() {
					if n, err := s.Flow.InvalidFor(ctx, s.Caller, 0); err != nil || n != int64(round+1) {
						t.Error(n, err)
					}
				})
			}
			all.Wait()
		}
	})
}
