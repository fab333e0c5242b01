package own

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"kawu/chip/ceremony"
	"kawu/domain/certificate"
	"kawu/kit/fault"
)

// hold opens the root for a plan.
func (p *place) hold(text string, now time.Time) []ceremony.Act {
	p.t.Helper()
	plan, err := ParsePlan([]byte(text))
	if err != nil {
		p.t.Fatal(err)
	}
	p.clock.To(now)
	acts, err := Hold(p.dir, p.safe, plan, p.parts, now)
	if err != nil {
		p.t.Fatal(err)
	}
	return acts
}

// An issuing authority that the root has revoked issues nothing: not for a program that was running
// all the time either, and not before a successor has been made. What it gave before is given again.
func TestEndedAuthorityIssuesNothing(t *testing.T) {
	p := found(t)
	running := p.open()
	old := request(t, "crd_1")
	had := issue(t, running, old)
	_, serial := parse(t, running.mustChain(t).Issuing)
	p.hold(fmt.Sprintf("ceremony: end\nlist_days: 400\nrevoke: [{serial: %s, reason: keyCompromise}]\n", serial), start.Add(time.Hour))

	for name, a := range map[string]*Authority{"running": running, "restarted": p.open()} {
		got, err := a.Issue(ctx, "", []certificate.Request{old, request(t, "crd_2")})
		if f := fault.Of(err); f == nil || !errors.Is(f, Ended) || f.Args["authority"] != "签发证书 1" || !f.Args["since"].(time.Time).Equal(start.Add(time.Hour)) {
			t.Errorf("%s: %v %v", name, got, err)
		}
		if again := issue(t, a, old); again[0].Sign != had[0].Sign {
			t.Errorf("%s: a card does not get its certificates again", name)
		}
		s, err := a.Status(ctx)
		if err != nil || s.Signed != 2 || s.Members[1].Ready || !s.Members[1].Ended.Equal(start.Add(time.Hour)) ||
			len(s.Warnings) != 1 || !strings.Contains(s.Warnings[0].String(), "revoked on 1 Mar 2026") {
			t.Errorf("%s: %+v %v", name, s, err)
		}
	}

	p.hold("ceremony: next\nlist_days: 400\nissuing: true\n", start.Add(2*time.Hour))
	a := p.open()
	got := issue(t, a, request(t, "crd_2"))
	c, _ := parse(t, got[0].Sign)
	by, _ := parse(t, a.mustChain(t).Issuing)
	if !c.SignedBy(by) || by.Common() != "签发证书 2" {
		t.Error("the successor does not issue:", by.Common())
	}
	if s, err := a.Status(ctx); err != nil || len(s.Warnings) != 0 || s.Members[1].Ready || !s.Members[2].Ready {
		t.Errorf("with a successor: %+v %v", s, err)
	}
}
