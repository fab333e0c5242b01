package rules

import (
	"errors"
	"time"

	"github.com/cucumber/godog"

	"kawu/domain/cancellation"
	"kawu/domain/card"
	"kawu/domain/certificate"
	"kawu/domain/loss"
	"kawu/domain/ref"
	"kawu/flow/cancelcard"
	"kawu/flow/desk"
	"kawu/flow/reportloss"
	"kawu/kit/state"
)

// losing is a scenario about a card that its holder lost.
type losing struct{ *hand }

func (s *losing) steps(c *godog.ScenarioContext) {
	c.Step(`^他挂失原卡$`, func() error {
		return errors.Join(s.House.Flows.Loss.Temporarily(s.ctx, citizen(s.x.Person), s.x.old.ID), s.x.again(s.house))
	})
	c.Step(`^原卡停用,新卡不受影响$`, func() error {
		return want("the old card is reported", s.x.old.Social == card.TempLost, "the new card waits as before", s.x.card.Social == card.Sealed)
	})
	c.Step(`^原卡失效,挂失随之结束$`, func() error {
		all, err := loss.Of(s.ctx, s.House.Store, s.x.old.ID)
		return errors.Join(err, want("the old card is void", s.x.old.Social == card.Void, "the report ended with it", len(all) == 1 && all[0].Ending == loss.Replaced))
	})
	c.Step(`^他的原卡可以临时挂失、解挂、正式挂失,再凭证件和卡解挂$`, func() error { return s.round(s.x.old) })
	c.Step(`^他的新卡可以临时挂失、解挂、正式挂失,再凭证件和卡解挂$`, func() error { return s.round(s.x.card) })
	c.Step(`^他的新卡可以注销,银行账户还在$`, s.cancel)
	c.Step(`^他为更换银行在网点挂失原卡$`, s.changeBank)
	c.Step(`^挂失原因是更换银行,丢失的数字没有变$`, s.noLoss)
	c.Step(`^他的原卡现在不能注销,说明了原因$`, func() error {
		_, err := s.House.Flows.Cancel.Cancel(s.ctx, clerk(s.house, s.x.Bank, s.x.Outlet), s.x.old.ID, s.order())
		return refused(err, "cancel.under_way")
	})
}

// round takes a card through both reports and back.
func (s *losing) round(c card.Card) error {
	f, me, at := s.House.Flows.Loss, citizen(s.x.Person), clerk(s.house, s.x.Bank, s.x.Outlet)
	saw := reportloss.Shown{Document: s.x.Number.Reveal(), Number: c.Number}
	is := func(social, certs state.State) error {
		now, err := card.Get(s.ctx, s.House.Store, c.ID)
		all, err2 := certificate.Of(s.ctx, s.House.Store, c.ID)
		err3 := want("the card is in state "+string(social), now.Social == social, "generation 3 has certificates", c.Generation < 3 || len(all) >= 2)
		for _, x := range all[:min(2, len(all))] {
			err3 = errors.Join(err3, want("its certificates are "+string(certs), x.State == certs))
		}
		return errors.Join(err, err2, err3)
	}
	return errors.Join(
		f.Temporarily(s.ctx, me, c.ID), is(card.TempLost, certificate.Held),
		f.Release(s.ctx, me, c.ID, reportloss.Shown{}), is(card.Normal, certificate.Good),
		f.Formally(s.ctx, at, c.ID, loss.Lost, saw), is(card.Lost, certificate.Held),
		refused(f.Release(s.ctx, me, c.ID, reportloss.Shown{}), "loss.in_person"),
		refused(f.Release(s.ctx, at, c.ID, reportloss.Shown{Document: saw.Document}), "loss.no_card"),
		refused(f.Release(s.ctx, at, c.ID, reportloss.Shown{Document: saw.Document, Number: "X00000019"}), "loss.other_card"),
		f.Release(s.ctx, at, c.ID, saw), is(card.Normal, certificate.Good))
}

func (s *losing) order() cancelcard.Order {
	return cancelcard.Order{Reason: cancellation.Abroad, Proof: "settlement_abroad", Document: s.x.Number.Reveal()}
}

func (s *losing) cancel() error {
	before := s.x.card.Financial
	_, err := s.House.Flows.Cancel.Cancel(s.ctx, clerk(s.house, s.x.Bank, s.x.Outlet), s.x.card.ID, s.order())
	past, err2 := state.History(s.ctx, s.House.Store, []ref.Card{s.x.card.ID})
	return errors.Join(err, err2, s.x.again(s.house), want("the card is void", s.x.card.Social == card.Void, "its account is as before", s.x.card.Financial == before,
		"what it went through is kept", len(past) > 5))
}

// figures are the city's losses of the last day.
func (s *losing) figures() (loss.Figures, error) {
	return loss.Count(s.ctx, s.House.Store, s.House.City, s.Clock.Now().Add(-24*time.Hour))
}

func (s *losing) changeBank() error {
	at := clerk(s.house, s.x.Bank, s.x.Outlet)
	before, err := s.figures()
	if err != nil {
		return err
	}
	err = s.House.Flows.Loss.Formally(s.ctx, at, s.x.old.ID, loss.ChangeBank, reportloss.Shown{Document: s.x.Number.Reveal()})
	after, err2 := s.figures()
	after.ChangeBank, after.Open = after.ChangeBank-1, after.Open-1
	return errors.Join(err, err2, s.x.again(s.house), want("no figure of losses changed", after == before))
}

func (s *losing) noLoss() error {
	open, err := loss.Open(s.ctx, s.House.Store, []ref.Card{s.x.old.ID})
	may := s.House.Flows.Loss.MayRelease(s.ctx, desk.Actor{Role: desk.Clerk}, s.x.old)
	return errors.Join(err, may, want("the reason is kept", open[s.x.old.ID].Reason == loss.ChangeBank, "the card is stopped", s.x.old.Social == card.Lost))
}
