// Package conform is what every gateway behind notice.Gateway must keep, whether it is our adapter
// with the simulator or a real carrier's test system. Only tests import it.
package conform

import (
	"context"
	"strings"
	"testing"

	"kawu/domain/notice"
	"kawu/partner/wire/trial"
)

// Party is a gateway under trial and a mobile number that it reaches.
type Party struct {
	notice.Gateway
	trial.Outside
	Mobile string
}

// Conform runs the suite; start gives a fresh party.
func Conform(t *testing.T, start func(t *testing.T) Party) {
	ctx := context.Background()
	t.Run("every message has its receipt, in the order sent", func(t *testing.T) {
		p := start(t)
		got, err := p.Send(ctx, "k1", []notice.Text{
			{Key: "a", Mobile: p.Mobile, Text: "您的社保卡已制成"},
			{Key: "b", Mobile: "12345", Text: "您的社保卡已制成"},
			{Key: "c", Mobile: p.Mobile, Text: "请点 http://example.invalid"},
			{Key: "d", Mobile: p.Mobile, Text: strings.Repeat("长", 501)},
			{Key: "e", Mobile: p.Mobile, Text: "请带身份证到网点"},
		})
		want := []notice.Receipt{{Key: "a"}, {Key: "b", Fault: "bad_number"}, {Key: "c", Fault: "blocked"}, {Key: "d", Fault: "too_long"}, {Key: "e"}}
		if err != nil || len(got) != len(want) {
			t.Fatal(got, err)
		}
		for i := range want {
			if got[i] != want[i] {
				t.Errorf("got %v, want %v", got[i], want[i])
			}
		}
	})
	trial.Asking(t, func(t *testing.T) (trial.Outside, trial.Ask, trial.Ask) {
		p := start(t)
		sending := func(text string) trial.Ask {
			return func(key string) (any, error) {
				return p.Send(ctx, key, []notice.Text{{Key: "a", Mobile: p.Mobile, Text: text}})
			}
		}
		return p, sending("一"), sending("二")
	})
}
