package sms_test

import (
	"context"
	"encoding/json"
	"net/http"
	"testing"

	"kawu/domain/notice"
	"kawu/partner/sms"
	"kawu/partner/sms/conform"
	"kawu/partner/sms/sim"
	"kawu/partner/wire/trial"
)

func start(t *testing.T) (*trial.Ground[*sim.Sim], *sms.Carrier) {
	g := trial.Start(t, sim.New)
	return g, sms.New(g.Client("sms"))
}

func TestConform(t *testing.T) {
	conform.Conform(t, func(t *testing.T) conform.Party {
		g, c := start(t)
		return conform.Party{Gateway: c, Outside: g, Mobile: trial.Mobile(1)}
	})
}

// TestInbox: newest first, for one number or for all, by Go and over HTTP, also after a restart.
func TestInbox(t *testing.T) {
	g, c := start(t)
	g.Tell(`{"off":{"` + trial.Mobile(3) + `":true}}`)
	got, err := c.Send(context.Background(), "k1", []notice.Text{{Key: "a", Mobile: trial.Mobile(1), Text: "一"},
		{Key: "b", Mobile: trial.Mobile(2), Text: "二"}, {Key: "c", Mobile: trial.Mobile(1), Text: "三"}, {Key: "d", Mobile: trial.Mobile(3), Text: "四"}})
	if err != nil || got[3].Fault != "out_of_service" {
		t.Fatal(got, err)
	}
	g.Restart()
	one, err := g.Sim.Inbox(trial.Mobile(1))
	if err != nil || len(one) != 2 || one[0].Text != "三" || one[1].Text != "一" || !one[0].At.Equal(g.Clock.Now()) {
		t.Fatal(one, err)
	}
	res, err := http.Get(g.Address() + "/control/inbox")
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	var all []sim.Received
	if err := json.NewDecoder(res.Body).Decode(&all); err != nil || len(all) != 3 {
		t.Fatal(all, err)
	}
}
