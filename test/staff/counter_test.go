package staff_test

import (
	"maps"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"testing"

	"kawu/domain/card"
	"kawu/domain/custody"
	"kawu/domain/ref"
	"kawu/domain/trouble"
)

// From the list that came with the bank's driver to the receipt in the person's hand.
func TestCounter(t *testing.T) { each(t, atTheCounter) }

func atTheCounter(t *testing.T, s *stand) {
	list := s.lists(s.clerk())[0]
	lines, err := custody.Lines(ctx, s.house.Store, list.ID)
	if err != nil {
		t.Fatal(err)
	}
	cards := slices.Sorted(maps.Keys(lines))
	missing := cards[0]
	page := "/counter/handovers/" + string(list.ID)
	clerk := s.as("clerk")

	t.Run("a list of another outlet is not there", func(t *testing.T) {
		s.as("other").get(page).want(t, http.StatusNotFound)
		s.as("other").post(page, "counted", strconv.Itoa(int(list.N)), "agree", "yes").want(t, http.StatusNotFound)
	})
	t.Run("the count must be the list's", func(t *testing.T) {
		clerk.get("/counter/").want(t, http.StatusOK, string(list.ID))
		clerk.get(page).want(t, http.StatusOK, short(cards[1]))
		a := clerk.post(page, "counted", strconv.Itoa(int(list.N)-1)).want(t, http.StatusUnprocessableEntity)
		if n := strings.Count(a.body, "has-err"); n != 2 {
			t.Errorf("%d fields are marked, want the count and the tick", n)
		}
		clerk.post(page, "counted", "0", "missing", "NOSUCH99", "agree", "yes").want(t, http.StatusUnprocessableEntity, `id="e-missing"`)
	})
	t.Run("a missing card is listed and stays with the giver", func(t *testing.T) {
		form := []string{"once", "t1", "counted", strconv.Itoa(int(list.N) - 1), "gone", short(missing), "agree", "yes"}
		first := clerk.post(page, form...).want(t, http.StatusSeeOther)
		if again := clerk.post(page, form...).want(t, http.StatusSeeOther); again.to != first.to {
			t.Errorf("pressed twice: %s, %s", first.to, again.to)
		}
		clerk.post(page, "once", "t2", "counted", "1", "agree", "yes").want(t, http.StatusConflict)
		if h := s.holder(missing); h.Kind != ref.HeldByBank {
			t.Errorf("the missing card is with %v", h)
		}
		if h := s.holder(cards[1]); h.Kind != ref.HeldByOutlet || h.Name != s.clerk().Place {
			t.Errorf("a card that was there is with %v", h)
		}
		about, err := trouble.About(ctx, s.house.Store, string(list.ID))
		if err != nil || len(about) != 1 || about[0].Kind != trouble.HandoverDiffers || about[0].OwnerKind != ref.HeldByBank {
			t.Errorf("%v %v", about, err)
		}
		clerk.get(page).want(t, http.StatusOK, "tag--danger")
	})
	c, a := s.card(cards[1])
	number := a.Number.Reveal()
	collect := "/counter/collect/" + string(c.ID)

	t.Run("find by document, card number and envelope", func(t *testing.T) {
		for _, typed := range []string{number, strings.ToLower(number), c.Number, short(c.ID), strings.ToLower(short(c.ID))} {
			if x := clerk.post("/counter/find", "find", typed).want(t, http.StatusSeeOther); x.to != collect {
				t.Errorf("%q leads to %s", typed, x.to)
			}
		}
		clerk.post("/counter/find", "find", "ZZZZZZZZ").want(t, http.StatusOK, "notice--warn")
		_, gone := s.card(missing)
		x := clerk.post("/counter/find", "find", gone.Number.Reveal()).want(t, http.StatusOK, "工商银行", "95588")
		if strings.Contains(x.body, gone.Name.Reveal()) || strings.Contains(x.body, "/counter/collect/"+string(missing)) {
			t.Error("a card that is elsewhere shows its person's name or can be handed out")
		}
	})
	t.Run("another outlet cannot open it", func(t *testing.T) {
		other := s.as("other")
		other.get(collect).want(t, http.StatusNotFound)
		other.post(collect+"/identity", "number", number, "here", "self").want(t, http.StatusNotFound)
		other.post("/counter/find", "find", number).want(t, http.StatusOK, "010-5550")
		s.as("centre").get(collect).want(t, http.StatusForbidden)
	})
	t.Run("the wrong document hands nothing out", func(t *testing.T) {
		_, stranger := s.card(cards[2])
		clerk.post(collect+"/identity", "number", stranger.Number.Reveal(), "here", "self").want(t, http.StatusUnprocessableEntity, `id="e-number"`)
		clerk.post(collect+"/sign", "agree", "yes").want(t, http.StatusSeeOther) // a step that is not the one that runs
		if h := s.holder(c.ID); h.Kind != ref.HeldByOutlet {
			t.Errorf("with %v", h)
		}
	})
	t.Run("hand out and switch on", func(t *testing.T) {
		x := clerk.get(collect).want(t, http.StatusOK, a.Number.Masked())
		if strings.Contains(x.body, number) || strings.Contains(x.body, a.Name.Reveal()) || strings.Contains(x.body, a.Mobile.Reveal()) {
			t.Error("the page shows what it should mask")
		}
		clerk.post(collect+"/identity", "number", number, "here", "self").want(t, http.StatusSeeOther)
		clerk.post(collect+"/found", "envelope", short(cards[2])).want(t, http.StatusUnprocessableEntity, short(c.ID))
		clerk.post(collect+"/found", "envelope", short(c.ID)).want(t, http.StatusSeeOther)
		clerk.post(collect+"/sign").want(t, http.StatusUnprocessableEntity)
		clerk.post(collect+"/sign", "agree", "yes", "once", "s").want(t, http.StatusSeeOther)
		clerk.post(collect+"/sign", "agree", "yes", "once", "s").want(t, http.StatusSeeOther)
		if got, _ := s.card(c.ID); got.Making != card.Handed || got.Social != card.Sealed || got.Financial != card.Inactive {
			t.Errorf("after the signature: %s %s %s", got.Making, got.Social, got.Financial)
		}
		clerk.post(collect+"/enable").want(t, http.StatusUnprocessableEntity)
		clerk.post(collect+"/enable", "agree", "yes").want(t, http.StatusSeeOther)
		if got, _ := s.card(c.ID); got.Social != card.Normal || got.Financial != card.Inactive {
			t.Errorf("after the first switch: %s %s", got.Social, got.Financial)
		}
		clerk.post(collect+"/bank", "agree", "yes").want(t, http.StatusSeeOther)
		if got, _ := s.card(c.ID); got.Financial != card.Active {
			t.Errorf("after the second switch: %s", got.Financial)
		}
		r := clerk.get("/counter/receipt/"+string(c.ID)).want(t, http.StatusOK, a.Number.Masked(), c.MaskedNumber(), short(c.ID))
		if strings.Contains(r.body, number) || strings.Contains(r.body, c.Number) {
			t.Error("the receipt shows a whole number")
		}
	})
	t.Run("somebody else collects: named, and the bank half stays", func(t *testing.T) {
		c, a := s.card(cards[2])
		collect := "/counter/collect/" + string(c.ID)
		clerk.get(collect).want(t, http.StatusOK)
		clerk.post(collect+"/identity", "number", a.Number.Reveal(), "here", "proxy").want(t, http.StatusUnprocessableEntity, `id="e-proxy"`, `id="e-relation"`)
		clerk.post(collect+"/identity", "number", a.Number.Reveal(), "here", "proxy", "proxy", "周小满", "relation", "配偶").want(t, http.StatusSeeOther)
		clerk.post(collect+"/found", "missing", "yes").want(t, http.StatusSeeOther)
		if got := s.open(trouble.CardMissing, string(c.ID)); got.Owner != s.clerk().Place {
			t.Errorf("a card that is not in the drawer is %+v", got)
		}
		clerk.post(collect+"/identity", "number", a.Number.Reveal(), "here", "proxy", "proxy", "周小满", "relation", "配偶").want(t, http.StatusSeeOther)
		clerk.post(collect+"/found", "envelope", short(c.ID)).want(t, http.StatusSeeOther)
		clerk.post(collect+"/sign", "agree", "yes").want(t, http.StatusSeeOther)
		if got := s.open(trouble.CardMissing, string(c.ID)); got.ID != "" {
			t.Error("found and handed out, and still missing")
		}
		clerk.post(collect+"/enable", "later", "yes").want(t, http.StatusSeeOther)
		clerk.post(collect+"/bank", "agree", "yes").want(t, http.StatusUnprocessableEntity)
		if got, _ := s.card(c.ID); got.Social != card.Sealed || got.Financial != card.Inactive {
			t.Errorf("%s %s", got.Social, got.Financial)
		}
	})
	t.Run("the day balances", func(t *testing.T) {
		clerk.get("/counter/tally").want(t, http.StatusOK)
		have, err := custody.CountWith(ctx, s.house.Store, ref.Holder{Kind: ref.HeldByOutlet, Name: s.clerk().Place})
		if err != nil {
			t.Fatal(err)
		}
		clerk.post("/counter/tally", "counted", strconv.Itoa(have-1)).want(t, http.StatusUnprocessableEntity, `id="e-why"`)
		clerk.post("/counter/tally", "counted", strconv.Itoa(have)).want(t, http.StatusSeeOther)
		clerk.post("/counter/tally", "counted", strconv.Itoa(have)).want(t, http.StatusConflict)
		clerk.get("/counter/tally").want(t, http.StatusOK, "notice--ok")
	})
	t.Run("the bank hands out at the employer", func(t *testing.T) {
		bank := s.as("banker")
		if x := bank.get("/counter/").want(t, http.StatusSeeOther); x.to != "/counter/bank" {
			t.Errorf("leads to %s", x.to)
		}
		s.until("cards for an employer", func() bool { return strings.Contains(bank.get("/counter/bank").body, "/counter/bank/site/") })
		x := bank.get("/counter/bank").want(t, http.StatusOK)
		site := x.body[strings.Index(x.body, "/counter/bank/site/"):]
		site = site[:strings.Index(site, `"`)]
		bank.post(site).want(t, http.StatusUnprocessableEntity)
		clerk.post(site, "agree", "yes").want(t, http.StatusNotFound)
		bank.post(site, "agree", "yes").want(t, http.StatusSeeOther)
		bank.post(site, "agree", "yes").want(t, http.StatusNotFound)
		bank.get("/counter/tally").want(t, http.StatusNotFound)
		bank.get("/counter/handovers").want(t, http.StatusOK)
	})
}
