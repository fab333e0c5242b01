// Package conform is what every factory behind production.Factory must keep, whether it is our
// adapter with the simulator or a real factory's test system. Only tests import it.
package conform

import (
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"strings"
	"testing"

	"kawu/domain/production"
	"kawu/kit/pki"
	"kawu/kit/sm"
	"kawu/partner/wire"
	"kawu/partner/wire/trial"
)

// Party is a factory under trial, with orders for four cards that it can make.
type Party struct {
	production.Factory
	trial.Outside
	Look   production.Look
	Orders []production.Order
	Photo  []byte // a JPEG that can be printed
	Wait   int    // days after which a batch of four is made
	Blank  bool   // it prints nothing, for want of fonts
}

func (p Party) work(batch string, orders []production.Order) production.Work {
	return production.Work{Batch: batch, Look: p.Look, Orders: orders}
}

// Conform runs the suite; start gives a fresh party.
func Conform(t *testing.T, start func(t *testing.T) Party) {
	ctx := context.Background()
	t.Run("making", func(t *testing.T) { making(t, start) })
	t.Run("refusals", func(t *testing.T) { refusals(t, start) })
	t.Run("results", func(t *testing.T) { results(t, start) })
	t.Run("photos", func(t *testing.T) { photos(t, start) })
	t.Run("loading", func(t *testing.T) { loading(t, start) })
	t.Run("send", func(t *testing.T) {
		trial.Asking(t, func(t *testing.T) (trial.Outside, trial.Ask, trial.Ask) {
			p := start(t)
			return p, func(key string) (any, error) {
					return nil, p.Send(ctx, key, p.work("b1", p.Orders))
				},
				func(key string) (any, error) {
					return nil, p.Send(ctx, key, p.work("b1", p.Orders[1:]))
				}
		})
	})
	t.Run("returns", func(t *testing.T) {
		trial.Collecting(t, func(t *testing.T) (trial.Outside, func(), int, trial.Collect) {
			p := start(t)
			return p, func() {
				for i, o := range p.Orders {
					b := fmt.Sprint("b", i)
					must(t, p.Send(ctx, b, p.work(b, []production.Order{o})))
				}
			}, p.Wait, p.files
		})
	})
}

// making: one answer for each card, with a chip and a key of its own.
func making(t *testing.T, start func(t *testing.T) Party) {
	p := start(t)
	lines := p.make(t, "b1", p.Orders)
	seen := map[string]bool{}
	for i, l := range lines {
		o := p.Orders[i]
		if l.Key != o.Key || l.Result != production.Made || l.Reason != "" {
			t.Errorf("line %d: %s %s %s", i+1, l.Key, l.Result, l.Reason)
		}
		chip, err := hex.DecodeString(l.Chip)
		if err != nil || len(chip) != 16 || !strings.HasPrefix(l.Chip, o.City+"D156000005") {
			t.Errorf("line %d: card identification code %s", i+1, l.Chip)
		}
		if atr, err := hex.DecodeString(l.ATR); err != nil || len(atr) != 13 {
			t.Errorf("line %d: historical bytes %s", i+1, l.ATR)
		}
		point, err := hex.DecodeString(l.PublicKey)
		if err == nil {
			_, err = sm.NewPublicKey(point)
		}
		if err != nil {
			t.Errorf("line %d: public key: %v", i+1, err)
		}
		if seen[l.Chip] || seen[l.ATR] || seen[l.PublicKey] {
			t.Errorf("line %d: something was given twice", i+1)
		}
		seen[l.Chip], seen[l.ATR], seen[l.PublicKey] = true, true, true
	}
}

func refusals(t *testing.T, start func(t *testing.T) Party) {
	ctx := context.Background()
	for name, spoil := range map[string]func(*production.Order){
		"a wrong card number":     func(o *production.Order) { o.CardNumber = "BA0000001" },
		"a wrong identity number": func(o *production.Order) { o.Number = "110102199001010010" },
		"a wrong account number":  func(o *production.Order) { o.Account = o.Account[:18] + string('0'+(o.Account[18]-'0'+1)%10) },
		"a date that is none":     func(o *production.Order) { o.Expires = "20340231" },
		"no name":                 func(o *production.Order) { o.Name = "" },
		"no city":                 func(o *production.Order) { o.City = "" },
	} {
		t.Run(name, func(t *testing.T) {
			p := start(t)
			bad := append([]production.Order(nil), p.Orders...)
			spoil(&bad[1])
			before := p.Work()
			if err := p.Send(ctx, "k1", p.work("b1", bad)); !errors.Is(err, wire.Refused) || p.Work() != before {
				t.Fatal(err)
			}
			must(t, p.Send(ctx, "k1", p.work("b1", p.Orders)))
		})
	}
	t.Run("a batch twice", func(t *testing.T) {
		p := start(t)
		must(t, p.Send(ctx, "k1", p.work("b1", p.Orders)))
		before := p.Work()
		must(t, p.Send(ctx, "k2", p.work("b1", p.Orders)))
		err := p.Send(ctx, "k3", p.work("b1", p.Orders[1:]))
		if !errors.Is(err, wire.Refused) || p.Work() != before {
			t.Fatal(err)
		}
	})
	t.Run("a card that was made", func(t *testing.T) {
		p := start(t)
		p.make(t, "b1", p.Orders)
		if err := p.Send(ctx, "k2", production.Work{Batch: "b2", Orders: p.Orders}); !errors.Is(err, wire.Refused) {
			t.Fatal(err)
		}
	})
}

// results: a failed card is made at the next try, one that cannot be made from its data is not.
func results(t *testing.T, start func(t *testing.T) Party) {
	for reason, want := range map[string]production.Result{"chip_failure": production.Failed, "no_photo": production.Exception,
		"bad_photo": production.Exception, "unprintable": production.Exception} {
		t.Run(reason, func(t *testing.T) {
			p := start(t)
			p.Tell(fmt.Sprintf(`{"fail_once":{%q:%q}}`, p.Orders[1].CardNumber, reason))
			p.Restart()
			got := p.make(t, "b1", p.Orders)[1]
			if got.Key != p.Orders[1].Key || got.Result != want || got.Reason != reason || got.PublicKey != "" {
				t.Fatal(got.Result, got.Reason)
			}
			if got.Waste != (reason == "chip_failure") { // only the chip fails after something was written
				t.Error("waste:", got.Waste)
			}
			if got = p.make(t, "b2", p.Orders[1:2])[0]; got.Result != production.Made {
				t.Fatal(got.Result, got.Reason)
			}
		})
	}
}

// photos: a part that comes twice is kept once; an order whose photo never came, is no picture or is not
// the one that it names, is an exception before its chip is written.
func photos(t *testing.T, start func(t *testing.T) Party) {
	ctx := context.Background()
	p := start(t)
	orders := append([]production.Order(nil), p.Orders...)
	set := make([]production.Photo, 2, 3)
	for i, jpeg := range [][]byte{p.Photo, []byte("damaged")} {
		h := sm.Hash(jpeg)
		set[i] = production.Photo{Digest: hex.EncodeToString(h[:]), JPEG: jpeg}
		orders[i].Photo = set[i].Digest
	}
	orders[2].Photo, orders[3].Photo = strings.Repeat("0", 64), strings.Repeat("1", 64)
	set = append(set, production.Photo{Digest: orders[3].Photo, JPEG: p.Photo}) // somebody else's, perhaps
	before := p.Work()
	for range 2 {
		must(t, p.Photos(ctx, "p1", "b1", set))
		p.Restart()
	}
	if p.Work() != before+len(set) {
		t.Error("photos were taken twice")
	}
	lines := p.make(t, "b1", orders)
	for i, want := range []string{"", "bad_photo", "no_photo", "bad_photo"} {
		if lines[i].Reason != want || lines[i].Waste || (want != "") != (lines[i].Result == production.Exception) {
			t.Errorf("line %d: %s %q, not %q", i+1, lines[i].Result, lines[i].Reason, want)
		}
	}
}

// loading: certificates go on the cards of a box and their faces are printed; the same question again is
// not done again; a chip or a print that fails is waste and can be ordered again; a card that is not
// there refuses all.
func loading(t *testing.T, start func(t *testing.T) Party) {
	ctx := context.Background()
	p := start(t)
	p.Tell(fmt.Sprintf(`{"fail_once":{%q:"print_failure"}}`, p.Orders[1].CardNumber))
	made := p.make(t, "b1", p.Orders)
	other := Certify(t, made[3:])
	other[0].Envelope = Certify(t, made[:1])[0].Envelope
	if got, err := p.Load(ctx, "k0", other); err != nil || got[0].Result != production.Failed || !got[0].Waste {
		t.Error("another card's pair was taken", err)
	}
	set := Certify(t, made[:3])
	p.Tell(fmt.Sprintf(`{"fail_load":{%q:true}}`, made[2].Key))
	before := p.Work()
	for range 2 {
		got, err := p.Load(ctx, "k1", set)
		must(t, err)
		for i, want := range []production.Return{{Result: production.Made}, {Result: production.Failed, Reason: "print_failure", Waste: true},
			{Result: production.Failed, Reason: "chip_failure", Waste: true}} {
			r := got[i]
			if printed := len(r.Print) == 64; printed != (i == 0 && !p.Blank) {
				t.Errorf("line %d: digest %q", i+1, r.Print)
			}
			if r.Key != made[i].Key || r.Result != want.Result || r.Reason != want.Reason || r.Waste != want.Waste {
				t.Errorf("line %d: %s %s", i+1, r.Result, r.Reason)
			}
		}
		p.Restart()
	}
	if p.Work() != before+len(set) {
		t.Error("loaded twice")
	}
	if _, err := p.Load(ctx, "k2", set); !errors.Is(err, wire.Refused) {
		t.Error("certificates for a card that was scrapped:", err)
	}
	if again := p.make(t, "b2", p.Orders[2:3]); again[0].Result != production.Made || again[0].PublicKey == made[2].PublicKey {
		t.Error("the scrapped card was not made again")
	}
}

// Certify is an authority of nobody: certificates that chain to nothing, for cards that were made.
func Certify(t *testing.T, made []production.Return) []production.Loading {
	t.Helper()
	set := make([]production.Loading, len(made))
	for i, l := range made {
		point, err := hex.DecodeString(l.PublicKey)
		must(t, err)
		k, err := sm.NewPublicKey(point)
		must(t, err)
		pair, err := sm.GenerateKey()
		must(t, err)
		envelope, err := sm.Envelope(k, pair)
		must(t, err)
		set[i] = production.Loading{Key: l.Key, Sign: authority.sign(t, pki.Signing, k), Encrypt: authority.sign(t, pki.Encryption, pair.Public()), Envelope: envelope}
	}
	return set
}

// make sends a batch and waits for its return, which is the factory's last.
func (p Party) make(t *testing.T, batch string, orders []production.Order) []production.Return {
	t.Helper()
	must(t, p.Send(context.Background(), batch, p.work(batch, orders)))
	p.Days(p.Wait)
	files, err := p.Collect(context.Background(), "")
	must(t, err)
	if len(files) == 0 {
		t.Fatal("no return")
	}
	last := files[len(files)-1]
	if last.Batch != batch || len(last.Lines) != len(orders) {
		t.Fatalf("return for %s with %d lines", last.Batch, len(last.Lines))
	}
	return last.Lines
}

func (p Party) files(after string) ([]trial.File, error) {
	list, err := p.Collect(context.Background(), after)
	out := make([]trial.File, len(list))
	for i, f := range list {
		out[i] = trial.File{No: f.No, Content: f}
	}
	return out, err
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
