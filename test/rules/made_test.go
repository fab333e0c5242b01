package rules

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/cucumber/godog"

	"kawu/domain/application"
	"kawu/domain/audit"
	"kawu/domain/card"
	"kawu/domain/certificate"
	"kawu/domain/custody"
	"kawu/domain/notice"
	"kawu/domain/production"
	"kawu/domain/ref"
	"kawu/domain/report"
	"kawu/domain/trouble"
	"kawu/flow/desk"
	"kawu/flow/handout"
	"kawu/flow/handover"
	"kawu/kit/clock"
	"kawu/kit/state"
)

// whole is a scenario about everything that was made.
type whole struct{ *house }

func (w *whole) steps(c *godog.ScenarioContext) {
	c.Step(`^每张制好的卡都是第三代卡,有签名和加密两张证书$`, w.certified)
	c.Step(`^没有证书的卡不能进入下一环节$`, w.uncertified)
	c.Step(`^每张新卡有社保和金融两个应用,各有各的状态$`, w.facets)
	c.Step(`^开户被退回和没有确认的人都没有卡$`, w.incomplete)
	c.Step(`^每个批次只有一个渠道、一个采集日期和一家银行$`, w.batches)
	c.Step(`^每张待领的卡五个环节都有时间,先后不乱$`, w.stages)
	c.Step(`^每张卡都在承诺的日子以内制好$`, w.intime)
	c.Step(`^过了承诺的日子,只有还没制好的算逾期$`, w.late)
	c.Step(`^每张交接单都有双方的签名$`, w.signed)
	c.Step(`^开箱时少了的那张卡列在单上,并已处理$`, w.mismatch)
	c.Step(`^没有交出就签收、没有到网点就发放,都被拒绝$`, w.skipped)
	c.Step(`^每张卡的经手记录没有断档$`, w.unbroken)
	c.Step(`^这些短信一律发不出去,原因是 (\S+)$`, w.unsendable)
	c.Step(`^各单位办理期间发出的短信都不带链接$`, w.sentClean)
	c.Step(`^办理过程中每一时刻都是受理不少于制卡、制卡不少于发放$`, func() error { return w.order })
	c.Step(`^新版政策缩短了时限并去掉一家银行之后,旧申领仍按旧版办,新申领按新版办$`, w.editions)
}

// pairs is everybody with an application, and the card if there is one.
func (w *whole) pairs() (out []holder, err error) {
	for _, e := range w.World.Employers {
		all, err := application.OfEmployer(w.ctx, w.House.Store, e.ID)
		if err != nil {
			return nil, err
		}
		for _, c := range all {
			states, err := application.CountIn(w.ctx, w.House.Store, c.ID)
			if err != nil {
				return nil, err
			}
			for s := range states {
				apps, err := application.In(w.ctx, w.House.Store, c.ID, s, "", 1000)
				if err != nil {
					return nil, err
				}
				for _, a := range apps {
					x, err := w.holder(a)
					if err != nil {
						return nil, err
					}
					out = append(out, x)
				}
			}
		}
	}
	return out, nil
}

// each visits everybody who has a card; there must be many.
func (w *whole) each(visit func(x holder) error) error {
	all, err := w.pairs()
	if err != nil {
		return err
	}
	n := 0
	for _, x := range all {
		if x.card.ID == "" {
			continue
		}
		n++
		if err := visit(x); err != nil {
			return fmt.Errorf("%s: %w", x.ID, err)
		}
	}
	return want(fmt.Sprintf("%d have cards", n), n > people/2)
}

func (w *whole) certified() error {
	return w.each(func(x holder) error {
		all, err := certificate.Of(w.ctx, w.House.Store, x.card.ID)
		var usages []string
		for _, c := range all {
			usages = append(usages, c.Usage)
		}
		slices.Sort(usages)
		return errors.Join(err, want("generation 3", x.card.Generation == 3, fmt.Sprintf("certificates %v", usages), slices.Equal(usages, []string{"encrypt", "sign"})))
	})
}

// uncertified puts a card that was only made beside the others, and tries to load its keys.
func (w *whole) uncertified() error {
	all, err := w.pairs()
	if err != nil {
		return err
	}
	i := slices.IndexFunc(all, func(x holder) bool { return x.card.ID != "" })
	c := all[i].card
	c.ID, c.Number, c.Making, c.Social, c.Application = "crd_without", "B99999999", card.Made, card.Sealed, ""
	undo := errors.New("undo")
	err = w.House.Desk.Sit(w.ctx, desk.Clockwork("rules"), desk.SetUp, func(s *desk.Sitting) error {
		s.About("rules", 1)
		if err := card.Put(w.ctx, s.Tx, []card.Card{c}); err != nil {
			return err
		}
		for _, e := range []state.Event{"load_social", "load_bank", "hand"} {
			if can, _, err := state.Split(w.ctx, s.Tx, card.Making, e, []ref.Card{c.ID}); err != nil || len(can) > 0 {
				return fmt.Errorf("a card without a certificate may %s: %v", e, err)
			}
		}
		return undo
	})
	if errors.Is(err, undo) {
		return nil
	}
	return err
}

func (w *whole) facets() error {
	return w.each(func(x holder) error {
		return want("two states", x.card.Social != "" && x.card.Financial != "")
	})
}

func (w *whole) incomplete() error {
	all, err := w.pairs()
	if err != nil {
		return err
	}
	n := 0
	for _, x := range all {
		switch x.State {
		case application.Refused, application.Notified, application.Held:
			n++
			if x.card.ID != "" {
				return fmt.Errorf("%s is %s and has a card", x.ID, x.State)
			}
		}
	}
	return want(fmt.Sprintf("%d are incomplete", n), n >= 3)
}

// batches: one batch holds one channel, day and bank; the bank that got applications of several has
// one batch for each; and inside a channel the earlier day is made first.
func (w *whole) batches() error {
	bound, of := map[ref.Batch]string{}, map[string]map[ref.Batch]production.Batch{}
	err := w.each(func(x holder) error {
		b, err := production.Get(w.ctx, w.House.Store, x.card.Batch)
		if err != nil {
			return err
		}
		if x.card.Remakes > 0 {
			return want("what is made again is a batch of its own", b.Channel == "remake")
		}
		day := x.SubmittedAt.In(clock.Zone).Format(time.DateOnly)
		one := x.Channel + day + string(x.Bank)
		if bound[b.ID] == "" {
			bound[b.ID] = one
		}
		if of[string(b.Bank)] == nil {
			of[string(b.Bank)] = map[ref.Batch]production.Batch{}
		}
		of[string(b.Bank)][b.ID] = b
		return want(fmt.Sprintf("the batch %+v is of one channel, day and bank: %s", b, one), bound[b.ID] == one && b.Channel == x.Channel && b.CollectedOn == day && b.Bank == x.Bank)
	})
	drawn := map[ref.Batch]int64{} // place in the trail: ids of the same moment are in no order
	for id := range bound {
		lines, again := audit.About(w.ctx, w.House.Store, string(id), 100)
		if again != nil {
			return again
		}
		for _, l := range lines {
			if l.Act == string(desk.DrawBatch) && (drawn[id] == 0 || l.Seq < drawn[id]) {
				drawn[id] = l.Seq
			}
		}
		if drawn[id] == 0 {
			return fmt.Errorf("nobody drew the batch %s", id)
		}
	}
	most := 0
	for _, batches := range of {
		most = max(most, len(batches))
		for _, a := range batches {
			for _, b := range batches {
				if a.Channel == b.Channel && drawn[a.ID] < drawn[b.ID] && a.CollectedOn > b.CollectedOn {
					return fmt.Errorf("the batch of %s is made before that of %s", a.CollectedOn, b.CollectedOn)
				}
			}
		}
	}
	return errors.Join(err, want(fmt.Sprintf("one bank has %d batches", most), most == 3))
}

// stages: confirmed, account open, ordered, keys loaded, at its place: each in the history with its time.
func (w *whole) stages() error {
	return w.each(func(x holder) error {
		steps, err := state.History(w.ctx, w.House.Store, []string{string(x.ID), string(x.card.ID)})
		if err != nil {
			return err
		}
		when := map[state.Event]time.Time{}
		for _, s := range steps {
			if s.Event != "make" || s.Cycle == card.Making.Name { // the application is made when its card is finished
				when[s.Event] = s.At
			}
		}
		last := time.Time{}
		for _, e := range []state.Event{"confirm", "open", "order", "make", "load_social", "load_bank"} {
			if when[e].IsZero() || when[e].Before(last) {
				return fmt.Errorf("%s is missing or too early", e)
			}
			last = when[e]
		}
		return nil
	})
}

func (w *whole) intime() error {
	return w.each(func(x holder) error {
		return want(fmt.Sprintf("made at %s by %s", x.MadeAt, x.DueDay), !x.MadeAt.IsZero() && x.MadeAt.In(clock.Zone).Format(time.DateOnly) <= x.DueDay)
	})
}

// late asks for what is overdue on a day far ahead: cards that lie with the post or an outlet are not.
func (w *whole) late() error {
	all, err := report.Overdue(w.ctx, w.House.Store, w.House.City, "2025-01-01", 1000)
	if err != nil {
		return err
	}
	for _, l := range all {
		if l.Card != "" {
			return fmt.Errorf("%s is made and called overdue", l.Application)
		}
	}
	return want("those without a card are overdue", len(all) > 0)
}

func (w *whole) signed() error {
	all, err := custody.LatestLists(w.ctx, w.House.Store, w.House.City, 1000)
	if err != nil {
		return err
	}
	for _, l := range all {
		if l.GiverBy == "" || l.GiverSign == "" || l.TakerBy == "" || l.TakerSign == "" || l.TakenAt.Before(l.GivenAt) {
			return fmt.Errorf("%s (%s, %s) lacks a signature", l.ID, l.Purpose, l.State)
		}
	}
	return want("there are lists", len(all) >= 3)
}

func (w *whole) mismatch() error {
	lines, err := custody.Lines(w.ctx, w.House.Store, w.lost)
	if err != nil {
		return err
	}
	missing := 0
	for _, f := range lines {
		if f == custody.Missing {
			missing++
		}
	}
	about, err := trouble.About(w.ctx, w.House.Store, string(w.lost))
	return errors.Join(err, want(fmt.Sprintf("%d are listed as missing", missing), missing == 1, "somebody was to act, and did",
		len(about) == 1 && about[0].Kind == trouble.HandoverDiffers && !about[0].SettledAt.IsZero()))
}

// skipped takes a list that nobody gave, and hands out a card that is not at the outlet.
func (w *whole) skipped() error {
	all, err := w.pairs()
	if err != nil {
		return err
	}
	i := slices.IndexFunc(all, func(x holder) bool { return x.State == application.Ready && x.Mode == application.OnSite })
	x := all[i]
	early := w.House.Flows.HandOut.Counter(w.ctx, clerk(w.house, x.Bank, x.Outlet), x.card.ID, x.Number.Reveal(), handout.Switches{})
	l := custody.Handover{ID: "hov_rules", City: w.House.City, Giver: ref.Holder{Kind: ref.HeldByBank, Name: string(x.Bank)},
		Taker: ref.Holder{Kind: ref.HeldByOutlet, Name: string(x.Outlet)}, Purpose: handover.ToOutlet, N: 1}
	undo := errors.New("undo")
	err = w.House.Desk.Sit(w.ctx, desk.Clockwork("rules"), desk.SetUp, func(s *desk.Sitting) error {
		s.About("rules", 1)
		if err := custody.Draw(w.ctx, s.Tx, l, []ref.Card{x.card.ID}); err != nil {
			return err
		}
		can, _, err := state.Split(w.ctx, s.Tx, custody.Lists, "take", []ref.Handover{l.ID})
		if err != nil || len(can) > 0 {
			return fmt.Errorf("a list that nobody gave can be taken: %v", err)
		}
		return undo
	})
	if errors.Is(err, undo) {
		err = nil
	}
	return errors.Join(err, refused(early, "handout.not_here"))
}

func (w *whole) unbroken() error {
	gaps, err := custody.Gaps(w.ctx, w.House.Store)
	return errors.Join(err, want("there are no gaps", len(gaps) == 0))
}

func (w *whole) unsendable(code string, t *godog.Table) error {
	var all []error
	for i, r := range t.Rows {
		err := w.House.Desk.Sit(w.ctx, desk.Clockwork("rules"), desk.SetUp, func(s *desk.Sitting) error {
			s.About("rules", 1)
			p := w.World.Staff[0]
			return notice.Queue(w.ctx, s.Tx, []notice.Message{{Person: p.ID, Template: "sms.rules", Mobile: p.Mobile, Text: r.Cells[0].Value}})
		})
		if err := refused(err, code); err != nil {
			all = append(all, fmt.Errorf("line %d: %w", i+1, err))
		}
	}
	return errors.Join(all...)
}

func (w *whole) sentClean() error {
	if err := w.make(); err != nil {
		return err
	}
	all, err := notice.Latest(w.ctx, w.House.Store, 10_000)
	if err != nil {
		return err
	}
	for _, m := range all {
		low := strings.ToLower(m.Text)
		for _, link := range []string{"http", "://", "www.", ".com", ".cn", ".gov"} {
			if strings.Contains(low, link) {
				return fmt.Errorf("%s holds a link", m.Template)
			}
		}
	}
	return want("messages were sent", len(all) > people)
}
