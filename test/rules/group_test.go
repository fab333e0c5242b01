package rules

import (
	"bytes"
	"errors"
	"fmt"
	"time"

	"github.com/cucumber/godog"

	"kawu/domain/account"
	"kawu/domain/application"
	"kawu/domain/ref"
	"kawu/domain/trouble"
	"kawu/flow/applygroup"
	"kawu/flow/confirm"
	"kawu/kit/state"
)

// group is a scenario about one employer's collective application.
type group struct {
	*house
	who ref.Employer
	id  ref.Collective
}

func (g *group) steps(s *godog.ScenarioContext) {
	g.who = g.World.Employers[4].ID
	s.Step(`^一家试点单位开通了集体申领$`, g.open)
	s.Step(`^单位上传职工名册$`, g.upload)
	s.Step(`^单位选择一家合作银行及其网点,约定网点领卡的日子$`, g.choose)
	s.Step(`^单位通知职工确认$`, g.notify)
	s.Step(`^(\d+)名职工在线确认了本人信息$`, g.confirm)
	s.Step(`^单位统一提交$`, g.submitted)
	s.Step(`^还不能(\S+)$`, g.notYet)
	s.Step(`^选择(\S+)被拒绝$`, g.badChoice)
	s.Step(`^这一批只有一家银行和一个约定的日子$`, g.oneBank)
	s.Step(`^只有(\d+)名已确认的职工被提交,其余(\d+)名仍在名单上$`, g.onlyConfirmed)
	s.Step(`^没有一名职工已被送去开户或制卡$`, g.nothingAsked)
	s.Step(`^承诺的最后一天是提交后第30个自然日$`, g.promised)
	s.Step(`^姓名与公安人口库不一致的那名职工,申领被搁置并列为待办$`, g.held)
}

func (g *group) open() (err error) {
	g.id, err = g.House.Flows.Apply.Open(g.ctx, agent(g.house, g.who), g.who, "rules")
	return err
}

func (g *group) upload() error {
	var b bytes.Buffer
	b.WriteString("姓名,身份证号码,手机号码\n")
	for _, p := range g.World.Hand {
		fmt.Fprintf(&b, "%s,%s,%s\n", p.Name.Reveal(), p.Number.Reveal(), p.Mobile.Reveal())
	}
	res, err := g.House.Flows.Apply.Upload(g.ctx, agent(g.house, g.who), g.id, "roster.csv", bytes.NewReader(b.Bytes()), int64(b.Len()))
	if err == nil && len(res.Entries) != len(g.World.Hand) {
		err = fmt.Errorf("%d rows are good: %v", len(res.Entries), res.Problems)
	}
	return err
}

func (g *group) choice() applygroup.Choice {
	p := g.World.Plans[g.who]
	return applygroup.Choice{Bank: p.Bank, Mode: application.Outlet, Outlet: p.Outlet, Day: g.Clock.Now().AddDate(0, 0, 33).Format(time.DateOnly)}
}

func (g *group) choose() error {
	return g.House.Flows.Apply.Choose(g.ctx, agent(g.house, g.who), g.id, g.choice())
}

func (g *group) notify() error {
	_, err := g.House.Flows.Apply.Notify(g.ctx, agent(g.house, g.who), g.id)
	return err
}

func (g *group) submitted() error {
	_, err := g.House.Flows.Apply.Submit(g.ctx, agent(g.house, g.who), g.id)
	return err
}

// notYet tries a step before its turn; nothing may change.
func (g *group) notYet(step string) error {
	before, err := application.GetCollective(g.ctx, g.House.Store, g.id)
	if err != nil {
		return err
	}
	do := map[string]func() error{"选择银行和网点": g.choose, "通知职工": g.notify, "统一提交": g.submitted, "上传名册": g.upload}[step]
	if do == nil {
		return fmt.Errorf("there is no step %s", step)
	}
	if err := do(); err == nil {
		return errors.New("the step was taken out of order")
	}
	after, err := application.GetCollective(g.ctx, g.House.Store, g.id)
	return errors.Join(err, want("nothing has changed", before == after))
}

func (g *group) badChoice(what string) error {
	c, code := g.choice(), ""
	switch what {
	case "名单以外的银行":
		c.Bank, code = "bosc", "applygroup.bank"
	case "两家银行":
		c.Bank, code = c.Bank+"、boc", "applygroup.bank"
	case "别家银行的网点":
		c.Outlet, code = "out_boc_110102", "outlet.unknown"
	case "已经过去的日子":
		c.Day, code = g.Clock.Now().AddDate(0, 0, -1).Format(time.DateOnly), "applygroup.day"
	case "早于承诺制卡日的日子":
		c.Day, code = g.Clock.Now().AddDate(0, 0, 20).Format(time.DateOnly), "applygroup.day"
	}
	return refused(g.House.Flows.Apply.Choose(g.ctx, agent(g.house, g.who), g.id, c), code)
}

func (g *group) oneBank() error {
	c, err := application.GetCollective(g.ctx, g.House.Store, g.id)
	return errors.Join(err, want("the bank is the chosen one", c.Bank == g.choice().Bank, "the day is the agreed one", c.PickupDay == g.choice().Day,
		"the way is the agreed one", c.Mode == application.Outlet))
}

func (g *group) in(s state.State) ([]application.Application, error) {
	return application.In(g.ctx, g.House.Store, g.id, s, "", 1000)
}

func (g *group) confirm(n int) error {
	apps, err := g.in(application.Notified)
	if err != nil {
		return err
	}
	for _, a := range apps[:n] {
		if err := g.House.Flows.Confirm.Confirm(g.ctx, citizen(a.Person), confirm.Answer{Application: a.ID}); err != nil {
			return err
		}
	}
	return nil
}

func (g *group) onlyConfirmed(n, rest int) error {
	filed, err := g.in(application.Filed)
	if err != nil {
		return err
	}
	left, err := g.in(application.Notified)
	return errors.Join(err, want(fmt.Sprintf("%d are submitted", len(filed)), len(filed) == n, fmt.Sprintf("%d are left", len(left)), len(left) == rest))
}

// nothingAsked: no bank was asked for an account and no card ordered for anybody on the list.
func (g *group) nothingAsked() error {
	if _, err := g.House.Runner.RunDue(g.ctx); err != nil {
		return err
	}
	for _, s := range []state.State{application.OnList, application.Notified, application.Confirmed} {
		apps, err := g.in(s)
		if err != nil {
			return err
		}
		ids := make([]ref.Application, len(apps))
		for i, a := range apps {
			ids[i] = a.ID
		}
		accounts, err := account.Of(g.ctx, g.House.Store, ids)
		if err != nil {
			return err
		}
		for _, a := range apps {
			x, err := g.holder(a)
			if err := errors.Join(err, want("no account was asked for", accounts[a.ID].ID == "", "no card was ordered", x.card.ID == "")); err != nil {
				return err
			}
		}
	}
	return nil
}

func (g *group) promised() error {
	c, err := application.GetCollective(g.ctx, g.House.Store, g.id)
	due := c.SubmittedAt.In(g.Clock.Now().Location()).AddDate(0, 0, 30).Format(time.DateOnly)
	return errors.Join(err, want(fmt.Sprintf("%s is %s", c.DueDay, due), c.DueDay == due))
}

func (g *group) held() error {
	if err := g.make(); err != nil {
		return err
	}
	all, err := application.OfPerson(g.ctx, g.House.Store, g.World.Hand[0].ID)
	if err != nil || len(all) != 1 {
		return fmt.Errorf("%d applications: %w", len(all), err)
	}
	about, err := trouble.About(g.ctx, g.House.Store, string(all[0].ID))
	return errors.Join(err, want(fmt.Sprintf("%s is held", all[0].State), all[0].State == application.Held,
		"somebody is to act", len(about) == 1 && about[0].Kind == trouble.NameDiffers))
}
