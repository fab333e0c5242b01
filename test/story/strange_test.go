package story

import (
	"bytes"
	"context"
	"net/http"
	"testing"

	"kawu/app/demo"
	"kawu/domain/trouble"
	"kawu/kit/db/dbtest"
)

// tell gives a simulator orders beside those of the demo.
func tell(t *testing.T, d *demo.Demo, family, orders string) {
	t.Helper()
	r, err := http.Post(d.House.Partners[family]+"/control/orders", "application/json", bytes.NewReader([]byte(orders)))
	if err != nil {
		t.Fatal(err)
	}
	defer r.Body.Close()
	if r.StatusCode >= 300 {
		t.Fatalf("%s refused its orders: %s", family, r.Status)
	}
}

// TestStrange: partners send answers that nobody asked for, the same file twice, and files with a
// wrong signature. Nothing of it changes a card or a case; each is listed for its sender, and
// everybody's card is enabled all the same.
func TestStrange(t *testing.T) {
	t.Parallel()
	d := found(t, dbtest.Made(t, dbtest.Engines[0]), 30)
	tell(t, d, "bank", `{"unordered": 1, "replay": 2, "bad_message": 1}`)
	tell(t, d, "factory", `{"unordered": 1, "replay": 2, "bad_message": 1}`)
	tell(t, d, "courier", `{"unbooked": 1, "replay": 2, "bad_message": 1}`)
	tell(t, d, "ca", `{"bad_answer": 1}`)
	steps(t, d.Apply, d.Journey)
	s, err := d.Sum(context.Background(), 0)
	if err != nil {
		t.Fatal(err)
	}
	if s.Confirmed == 0 || s.SocialEnabled != s.Confirmed || s.OldVoided != s.Confirmed || s.CardsMade != s.Confirmed || s.Accounts != s.Confirmed {
		t.Errorf("strange answers changed something: %+v", s)
	}
	open := map[string]int{}
	for _, e := range s.Exceptions {
		if !e.Settled {
			open[e.Kind]++
		}
	}
	for _, k := range []trouble.Kind{trouble.WrongAccount, trouble.UnknownReturn, trouble.UnknownParcel} {
		if open[string(k)] != 1 {
			t.Errorf("%s was listed %d times, not once", k, open[string(k)])
		}
		delete(open, string(k))
	}
	if len(open) > 0 {
		t.Errorf("left open: %v", open)
	}
}
