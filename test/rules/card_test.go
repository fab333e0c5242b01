package rules

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync/atomic"

	"github.com/cucumber/godog"

	"kawu/domain/application"
	"kawu/domain/card"
	"kawu/domain/custody"
	"kawu/domain/exchange"
	"kawu/domain/notice"
	"kawu/domain/outlet"
	"kawu/domain/parcel"
	"kawu/domain/person"
	"kawu/domain/ref"
	"kawu/flow/desk"
	"kawu/flow/handout"
	"kawu/flow/sendparcel"
	"kawu/kit/state"
)

// hand is a scenario about one person's card, or two.
type hand struct {
	*house
	x, y  holder
	looks atomic.Int64
	wrong atomic.Int64
}

func (s *hand) steps(c *godog.ScenarioContext) {
	c.Step(`^各单位的卡已经制好$`, s.make)
	c.Step(`^一名网点领卡职工的卡已到网点$`, func() error { return s.pick(&s.x, application.Outlet, application.Ready) })
	c.Step(`^一名邮寄领卡职工已收到卡$`, func() error { return s.pick(&s.x, application.Mail, application.Handed) })
	c.Step(`^上门发放的卡已在银行手里$`, func() error {
		return errors.Join(s.pick(&s.x, application.OnSite, application.Ready), s.pick(&s.y, application.OnSite, application.Ready))
	})
	c.Step(`^他收到了这个网点的短信,有网点电话$`, s.told)
	c.Step(`^在同一银行的别的网点领不到$`, s.elsewhere)
	c.Step(`^他在所选网点领卡,不启用任何功能$`, func() error { return s.collect(handout.Switches{}) })
	c.Step(`^他在网点领卡,社保和金融都启用$`, func() error { return s.collect(handout.Switches{Social: true, Bank: true}) })
	c.Step(`^他在网点领卡,只启用社保$`, func() error { return s.collect(handout.Switches{Social: true}) })
	c.Step(`^新卡在他手里$`, func() error { return s.with(s.x.card.ID, ref.Holder{Kind: ref.HeldByPerson, Name: string(s.x.Person)}) })
	c.Step(`^新卡还不能用,原卡照常可用$`, func() error {
		return want("the new card is sealed", s.x.card.Social == card.Sealed, "the old card works", s.x.old.Social == card.Normal)
	})
	c.Step(`^启用时系统中途出错$`, s.breaks)
	c.Step(`^他在网点启用社保功能,同时有人不停地查询$`, s.watched)
	c.Step(`^新卡可用,原卡失效,是同一时刻$`, func() error {
		return want("the new card works", s.x.card.Social == card.Normal, "the old card is void", s.x.old.Social == card.Void,
			"both at one time", !s.x.card.EnabledAt.IsZero() && s.x.card.EnabledAt.Equal(s.x.old.VoidedAt))
	})
	c.Step(`^每次查询都恰好有一张卡可用$`, func() error {
		return want("somebody looked", s.looks.Load() > 0, "nobody saw both or neither", s.wrong.Load() == 0)
	})
	c.Step(`^原卡还在他手里,原卡的银行账户照旧$`, func() error {
		return errors.Join(s.with(s.x.old.ID, ref.Holder{Kind: ref.HeldByPerson, Name: string(s.x.Person)}),
			want("the old card is void", s.x.old.Social == card.Void, "its account is there", s.x.old.Financial == card.Active))
	})
	c.Step(`^他的记录里二代卡和三代卡都在$`, func() error {
		return want("the old one is of generation 2", s.x.old.Generation == 2, "the new one of 3", s.x.card.Generation == 3)
	})
	c.Step(`^他的参保信息没有变,原卡的经历只多不少$`, s.kept)
	c.Step(`^社保已启用,金融已激活$`, func() error { return on(s.x) })
	c.Step(`^社保已启用,金融没有激活,申领已办结$`, func() error {
		return want("social security is on", s.x.card.Social == card.Normal, "the bank's is off", s.x.card.Financial == card.Inactive,
			"the application is done", s.x.State == application.Enabled)
	})
	c.Step(`^卡由发卡银行交寄,邮费由寄件人付$`, s.posted)
	c.Step(`^他在线上激活不了金融功能$`, func() error {
		return refused(s.House.Flows.HandOut.Activate(s.ctx, citizen(s.x.Person), []ref.Card{s.x.card.ID}), "handout.bank_in_person")
	})
	c.Step(`^他在线上启用社保功能$`, func() error {
		return errors.Join(s.House.Flows.HandOut.Enable(s.ctx, citizen(s.x.Person), []ref.Card{s.x.card.ID}, "online"), s.x.again(s.house))
	})
	c.Step(`^别家银行的网点激活不了$`, func() error {
		return refused(s.House.Flows.HandOut.Activate(s.ctx, clerk(s.house, "boc", "out_boc_110107"), []ref.Card{s.x.card.ID}), "handout.bank_in_person")
	})
	c.Step(`^发卡银行的任一网点可以激活$`, func() error {
		o := ref.Outlet("out_" + string(s.x.Bank) + "_110116") // not the one of the application
		return errors.Join(s.House.Flows.HandOut.Activate(s.ctx, clerk(s.house, s.x.Bank, o), []ref.Card{s.x.card.ID}), s.x.again(s.house), on(s.x))
	})
	c.Step(`^银行到单位一次发放两张$`, func() error {
		return s.House.Flows.HandOut.OnSite(s.ctx, banker(s.house, s.x.Bank), []ref.Card{s.x.card.ID, s.y.card.ID})
	})
	c.Step(`^两张卡社保都已启用,金融都已激活$`, func() error {
		return errors.Join(s.x.again(s.house), s.y.again(s.house), on(s.x), on(s.y))
	})
	c.Step(`^投递失败的那张卡在登记的网点,短信告诉了本人$`, s.fellBack)
	c.Step(`^本人可以在那里领取$`, func() error { return s.collect(handout.Switches{Social: true, Bank: true}) })
}

func (s *hand) pick(x *holder, m application.Mode, st state.State) (err error) {
	if err := s.make(); err != nil {
		return err
	}
	*x, err = s.next(m, st)
	return err
}

func on(x holder) error {
	return want("social security is on", x.card.Social == card.Normal, "the bank's application is on", x.card.Financial == card.Active,
		"the old card is void", x.old.Social == card.Void)
}

// with wants a card to be with somebody.
func (s *hand) with(c ref.Card, h ref.Holder) error {
	now, err := custody.Now(s.ctx, s.House.Store, []ref.Card{c})
	return errors.Join(err, want(fmt.Sprintf("the card is with %s %s", now[c].Holder.Kind, now[c].Holder.Name),
		now[c].Holder.Kind == h.Kind && now[c].Holder.Name == h.Name))
}

// told: the card is at its outlet, and the message gives that outlet's name and phone.
func (s *hand) told() error {
	if err := s.with(s.x.card.ID, ref.Holder{Kind: ref.HeldByOutlet, Name: string(s.x.Outlet)}); err != nil {
		return err
	}
	return s.heard("sms.ready", s.x.Outlet)
}

func (s *hand) heard(template string, at ref.Outlet) error {
	o, err := outlet.Get(s.ctx, s.House.Store, at)
	if err != nil {
		return err
	}
	all, err := notice.OfPerson(s.ctx, s.House.Store, s.x.Person, 100)
	if err != nil {
		return err
	}
	for _, m := range all {
		if m.Template == template && strings.Contains(m.Text, o.Name) && strings.Contains(m.Text, o.Phone) {
			return nil
		}
	}
	return fmt.Errorf("no %s names the outlet and its phone", template)
}

func (s *hand) elsewhere() error {
	other := ref.Outlet("out_" + string(s.x.Bank) + "_110116")
	err := s.House.Flows.HandOut.Counter(s.ctx, clerk(s.house, s.x.Bank, other), s.x.card.ID, s.x.Number.Reveal(), handout.Switches{})
	return refused(err, "handout.not_here")
}

func (s *hand) collect(on handout.Switches) error {
	err := s.House.Flows.HandOut.Counter(s.ctx, clerk(s.house, s.x.Bank, s.x.Outlet), s.x.card.ID, s.x.Number.Reveal(), on)
	return errors.Join(err, s.x.again(s.house))
}

// kept: who somebody is, and what the old card went through, outlive the old card.
func (s *hand) kept() error {
	now, err := person.Get(s.ctx, s.House.Store, s.x.Person)
	if err != nil {
		return err
	}
	i := slices.IndexFunc(s.World.Staff, func(p person.Person) bool { return p.ID == now.ID })
	was := s.World.Staff[i]
	past, err := state.History(s.ctx, s.House.Store, []ref.Card{s.x.old.ID})
	return errors.Join(err, want("the person is insured as before", now.Category == was.Category && now.Employer == was.Employer && now.District == was.District,
		fmt.Sprintf("the old card has %d steps", len(past)), len(past) > 0 && past[len(past)-1].To == card.Void))
}

// breaks enables inside a sitting that fails after the last statement.
func (s *hand) breaks() error {
	fails := errors.New("the power went")
	err := s.House.Desk.Sit(s.ctx, clerk(s.house, s.x.Bank, s.x.Outlet), desk.EnableCard, func(sit *desk.Sitting) error {
		sit.About(string(s.x.card.ID), 1)
		if _, err := card.Enable(s.ctx, sit.Tx, []ref.Card{s.x.card.ID}, sit.ID); err != nil {
			return err
		}
		return fails
	})
	if !errors.Is(err, fails) {
		return fmt.Errorf("the sitting did not fail: %v", err)
	}
	return s.x.again(s.house)
}

// watched enables while somebody counts the person's working cards without pause, also inside the
// transaction that enables and after it.
func (s *hand) watched() error {
	ctx, stop := context.WithCancel(s.ctx)
	done, ready := make(chan error, 1), make(chan struct{})
	go func() {
		for first := true; ctx.Err() == nil; first = false {
			n, err := s.inUse(s.x.Person)
			if err != nil {
				done <- err
				return
			}
			if s.looks.Add(1); n != 1 {
				s.wrong.Add(1)
			}
			if first {
				close(ready)
			}
		}
		done <- nil
	}()
	<-ready
	err := s.House.Flows.HandOut.Enable(s.ctx, clerk(s.house, s.x.Bank, s.x.Outlet), []ref.Card{s.x.card.ID}, "bank_outlet")
	n, err2 := s.inUse(s.x.Person)
	stop()
	return errors.Join(err, err2, <-done, want("one card works afterwards", n == 1), s.x.again(s.house))
}

// posted looks at the parcel and at what the courier was sent.
func (s *hand) posted() error {
	all, err := parcel.Of(s.ctx, s.House.Store, s.x.card.ID)
	if err != nil || len(all) != 1 {
		return fmt.Errorf("%d parcels: %v", len(all), err)
	}
	sent, err := exchange.Latest(s.ctx, s.House.Store, "courier", 100)
	if err != nil {
		return err
	}
	for _, m := range sent {
		if m.Kind != sendparcel.Booked {
			continue
		}
		var lines []parcel.Booking
		if err := exchange.Body(s.ctx, s.House.Store, m.ID, &lines); err != nil {
			return err
		}
		for _, l := range lines {
			if l.Key == string(all[0].ID) {
				return want("the issuing bank sends it", l.Bank == string(s.x.Bank) && all[0].Bank == s.x.Bank, "the sender pays", l.Payer == "sender")
			}
		}
	}
	return errors.New("the parcel was not booked")
}

// fellBack: the parcel that failed waits at the outlet that was registered.
func (s *hand) fellBack() error {
	apps, err := application.OfPerson(s.ctx, s.House.Store, s.mailed().ID)
	if err != nil || len(apps) != 1 {
		return fmt.Errorf("%d applications: %v", len(apps), err)
	}
	if s.x, err = s.holder(apps[0]); err != nil {
		return err
	}
	return errors.Join(want(fmt.Sprintf("%s is ready", s.x.State), s.x.State == application.Ready),
		s.with(s.x.card.ID, ref.Holder{Kind: ref.HeldByOutlet, Name: string(s.x.Outlet)}), s.heard("sms.post_failed", s.x.Outlet))
}
