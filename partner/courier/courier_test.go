package courier_test

import (
	"context"
	"fmt"
	"testing"

	"kawu/domain/parcel"
	"kawu/partner/courier"
	"kawu/partner/courier/conform"
	"kawu/partner/courier/sim"
	"kawu/partner/wire/trial"
)

func start(t *testing.T) (*trial.Ground[*sim.Sim], *courier.Post) {
	g := trial.Start(t, sim.New)
	return g, courier.New(g.Client("courier"))
}

func bookings(n int) []parcel.Booking {
	out := make([]parcel.Booking, n)
	for i := range out {
		out[i] = parcel.Booking{Key: fmt.Sprintf("par_%d", i), Bank: "icbc", Name: trial.Name(i), Mobile: trial.Mobile(i),
			Address: "北京市西城区样板街 1 号", Own: i%2 == 0, Payer: "sender"}
	}
	return out
}

func book(t *testing.T, p *courier.Post, list []parcel.Booking) []parcel.Booked {
	t.Helper()
	got, err := p.Book(context.Background(), "k1", list)
	if err != nil {
		t.Fatal(err)
	}
	return got
}

func track(t *testing.T, p *courier.Post, after string) []parcel.Event {
	t.Helper()
	events, err := p.Track(context.Background(), after)
	if err != nil {
		t.Fatal(err)
	}
	return events
}

func TestConform(t *testing.T) {
	conform.Conform(t, func(t *testing.T) conform.Party {
		g, p := start(t)
		return conform.Party{Courier: p, Outside: g, Bookings: bookings(3), Wait: 7}
	})
}

// TestMiddle: a file of scans that was worked off in part gives the rest, and only the rest.
func TestMiddle(t *testing.T) {
	g, p := start(t)
	book(t, p, bookings(5))
	g.Days(7)
	all := track(t, p, "")
	for i := range all {
		rest := track(t, p, all[i].No)
		if len(rest) != len(all)-i-1 || len(rest) > 0 && rest[0] != all[i+1] {
			t.Fatalf("after scan %d of %d came %d", i+1, len(all), len(rest))
		}
	}
}

// TestTold: who signs, the next failure, and a scan for a waybill never given.
func TestTold(t *testing.T) {
	g, p := start(t)
	b := book(t, p, bookings(3))
	g.Tell(`{"fail_next":1,"unbooked":1,"sign":{"par_1":"desk"}}`)
	g.Days(2)
	signer, ours := map[string]string{}, map[string]bool{b[0].Waybill: true, b[1].Waybill: true, b[2].Waybill: true}
	strangers, failures := 0, 0
	g.Days(5)
	for _, e := range track(t, p, "") {
		if !ours[e.Waybill] {
			strangers++
		}
		if e.What == parcel.Failed {
			failures++
		}
		if e.What == parcel.Delivered {
			signer[e.Waybill] = e.Signer
		}
	}
	if strangers != 1 || failures != 1 || signer[b[1].Waybill] != "desk" || signer[b[2].Waybill] != "self" {
		t.Fatal(strangers, failures, signer)
	}
}

// TestFiftyThousand: a peak day's parcels, booked at once and tracked to the end.
func TestFiftyThousand(t *testing.T) {
	if testing.Short() {
		t.Skip("50,000 lines")
	}
	g, p := start(t)
	book(t, p, bookings(50_000))
	g.Days(3)
	n := 0
	for events := track(t, p, ""); len(events) > 0; events = track(t, p, events[len(events)-1].No) {
		n += len(events)
	}
	if n != 150_000 {
		t.Fatal(n)
	}
}
