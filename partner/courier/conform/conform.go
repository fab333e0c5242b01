// Package conform is what every courier behind parcel.Courier must keep, whether it is our adapter
// with the simulator or a real courier's test system. Only tests import it.
package conform

import (
	"context"
	"fmt"
	"testing"
	"time"

	"kawu/domain/parcel"
	"kawu/kit/ident"
	"kawu/partner/wire/trial"
)

// Party is a courier under trial, with three bookings that it accepts.
type Party struct {
	parcel.Courier
	trial.Outside
	Bookings []parcel.Booking
	Wait     int // days after which a parcel is delivered, or is back after a failure
}

// Conform runs the suite; start gives a fresh party.
func Conform(t *testing.T, start func(t *testing.T) Party) {
	ctx := context.Background()
	t.Run("way", func(t *testing.T) { way(t, start) })
	t.Run("refusals", func(t *testing.T) { refusals(t, start) })
	t.Run("failures", func(t *testing.T) { failures(t, start) })
	t.Run("book", func(t *testing.T) {
		trial.Asking(t, func(t *testing.T) (trial.Outside, trial.Ask, trial.Ask) {
			p := start(t)
			asking := func(list []parcel.Booking) trial.Ask {
				return func(key string) (any, error) { return p.Book(ctx, key, list) }
			}
			return p, asking(p.Bookings), asking(p.Bookings[1:])
		})
	})
	t.Run("scans", func(t *testing.T) {
		trial.Collecting(t, func(t *testing.T) (trial.Outside, func(), int, trial.Collect) {
			p := start(t)
			return p, func() { p.book(t, "k1", p.Bookings) }, p.Wait, p.files
		})
	})
}

// way: every parcel gets a waybill of its own and is collected, out and delivered, in this order; a
// second booking of the same parcel gives the first waybill.
func way(t *testing.T, start func(t *testing.T) Party) {
	p := start(t)
	booked := p.book(t, "k1", p.Bookings)
	of := map[string]string{}
	for i, b := range booked {
		if b.Key != p.Bookings[i].Key || of[b.Waybill] != "" {
			t.Errorf("parcel %d: key %s, waybill %s", i+1, b.Key, b.Waybill)
		}
		if _, _, err := ident.ParseMail(b.Waybill); err != nil {
			t.Errorf("parcel %d: %v", i+1, err)
		}
		of[b.Waybill] = b.Key
	}
	p.Restart()
	for i, b := range p.book(t, "k2", p.Bookings) {
		if b != booked[i] {
			t.Errorf("parcel %d has a second waybill", i+1)
		}
	}
	p.Days(p.Wait)
	last := time.Time{}
	steps := map[string][]string{}
	for _, e := range p.track(t) {
		at, err := time.Parse(time.RFC3339, e.At)
		if err != nil || at.Before(last) || of[e.Waybill] == "" {
			t.Errorf("scan %s at %s: %v", e.No, e.At, err)
		}
		last = at
		steps[e.Waybill] = append(steps[e.Waybill], e.What)
		if e.What == parcel.Delivered && e.Signer == "" || e.Reason != "" {
			t.Errorf("scan %s: signer %q, reason %q", e.No, e.Signer, e.Reason)
		}
	}
	for waybill := range of {
		if got := fmt.Sprint(steps[waybill]); got != "[collected out delivered]" {
			t.Errorf("parcel went %s", got)
		}
	}
}

func refusals(t *testing.T, start func(t *testing.T) Party) {
	for want, spoil := range map[string]func(*parcel.Booking){
		"no_addressee": func(b *parcel.Booking) { b.Name = " " },
		"no_address":   func(b *parcel.Booking) { b.Address = "" },
		"bad_mobile":   func(b *parcel.Booking) { b.Mobile = "12345" },
		"bad_payer":    func(b *parcel.Booking) { b.Payer = "nobody" },
	} {
		t.Run(want, func(t *testing.T) {
			p := start(t)
			bad := append([]parcel.Booking(nil), p.Bookings...)
			spoil(&bad[1])
			got, err := p.Book(context.Background(), "k1", bad)
			if err != nil {
				t.Fatal(err)
			}
			if got[1] != (parcel.Booked{Key: bad[1].Key, Fault: want}) || got[0].Waybill == "" || got[2].Waybill == "" {
				t.Fatal(got)
			}
		})
	}
}

// failures: a parcel that cannot be delivered says why and comes back.
func failures(t *testing.T, start func(t *testing.T) Party) {
	for _, why := range []string{"nobody_home", "wrong_address", "refused", "wrong_phone"} {
		t.Run(why, func(t *testing.T) {
			p := start(t)
			b := p.book(t, "k1", p.Bookings)
			p.Tell(fmt.Sprintf(`{"fail_delivery":{%q:%q}}`, b[1].Waybill, why))
			p.Restart()
			p.Days(p.Wait)
			end := map[string]parcel.Event{}
			failed := ""
			for _, e := range p.track(t) {
				end[e.Waybill] = e
				if e.What == parcel.Failed {
					failed += e.Waybill + e.Reason
				}
			}
			if failed != b[1].Waybill+why || end[b[1].Waybill].What != parcel.Returned || end[b[0].Waybill].What != parcel.Delivered {
				t.Fatal(failed, end[b[1].Waybill].What, end[b[0].Waybill].What)
			}
		})
	}
}

func (p Party) book(t *testing.T, key string, list []parcel.Booking) []parcel.Booked {
	t.Helper()
	got, err := p.Book(context.Background(), key, list)
	if err != nil || len(got) != len(list) {
		t.Fatalf("%d answers, %v", len(got), err)
	}
	for _, b := range got {
		if b.Waybill == "" {
			t.Fatalf("%s was not taken: %s", b.Key, b.Fault)
		}
	}
	return got
}

func (p Party) track(t *testing.T) []parcel.Event {
	t.Helper()
	events, err := p.Track(context.Background(), "")
	if err != nil {
		t.Fatal(err)
	}
	return events
}

func (p Party) files(after string) ([]trial.File, error) {
	events, err := p.Track(context.Background(), after)
	out := make([]trial.File, len(events))
	for i, e := range events {
		out[i] = trial.File{No: e.No, Content: e}
	}
	return out, err
}
