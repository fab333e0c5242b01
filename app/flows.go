package app

import (
	"context"
	"time"

	"kawu/chip/photo"
	"kawu/domain/outlet"
	"kawu/domain/ref"
	"kawu/flow/applygroup"
	"kawu/flow/balance"
	"kawu/flow/cancelcard"
	"kawu/flow/compare"
	"kawu/flow/confirm"
	"kawu/flow/handout"
	"kawu/flow/handover"
	"kawu/flow/makecard"
	"kawu/flow/openaccount"
	"kawu/flow/oversee"
	"kawu/flow/post"
	"kawu/flow/publish"
	"kawu/flow/readcard"
	"kawu/flow/reportloss"
	"kawu/flow/revoke"
	"kawu/flow/sendparcel"
	"kawu/flow/settle"
	"kawu/flow/takephoto"
	"kawu/flow/tell"
	"kawu/kit/cal"
	"kawu/kit/clock"
	"kawu/kit/wording"
)

// Flows are the verbs, in the order of the journey.
type Flows struct {
	Apply    *applygroup.Flow
	Confirm  *confirm.Flow
	Compare  *compare.Flow
	Accounts *openaccount.Flow
	Make     *makecard.Flow
	Handover *handover.Flow
	Parcels  *sendparcel.Flow
	HandOut  *handout.Flow
	Revoke   *revoke.Flow
	Tell     *tell.Flow
	Oversee  *oversee.Flow
	Post     *post.Office
	Settle   *settle.Flow
	Balance  *balance.Flow
	Read     *readcard.Flow
	Photos   *takephoto.Flow
	Publish  *publish.Flow
	Loss     *reportloss.Flow
	Cancel   *cancelcard.Flow
}

// The installation's partners by name; one factory and one courier until a city has more.
const (
	factoryName = "factory"
	courierName = "courier"
)

// Authority is the name of the certificate authority among the partners.
const Authority = "ca"

func (h *House) flows() Flows {
	bank := h.BankName
	return Flows{
		Apply:   &applygroup.Flow{Desk: h.Desk, City: h.City, Policy: h.Shelf, Compare: compare.Start},
		Confirm: &confirm.Flow{Desk: h.Desk},
		Compare: &compare.Flow{Desk: h.Desk, City: h.City, AskBanks: openaccount.Export, Photos: takephoto.Ask, Export: evening, Close: oversee.Close},
		Accounts: &openaccount.Flow{Desk: h.Desk, City: h.City, Draw: makecard.Draw, DrawAt: night,
			ExportAt: evening, BankName: bank},
		Make: &makecard.Flow{Desk: h.Desk, City: h.City, Division: string(h.Here.Division), Terms: h.terms,
			Factory: factoryName, Handover: handover.Draw, Delivery: handover.Deliver, RemakeAt: morning,
			DrawAt: night, SeenBy: dayAfter, Rare: rare, Look: h.look, Sample: h.sample,
			Revoke: revoke.Tell, Chain: revoke.Fetch},
		Handover: &handover.Flow{Desk: h.Desk, City: h.City, Factory: factoryName, Sign: h.sign, Loads: makecard.Loads(),
			LoadAt: morning, Book: sendparcel.Book, Texts: texts{h, "sms.ready"}},
		Parcels: &sendparcel.Flow{Desk: h.Desk, City: h.City, Courier: courierName, Payer: "sender", BankName: bank,
			PostBack: texts{h, "sms.post_failed"}.Ready},
		HandOut: &handout.Flow{Desk: h.Desk, City: h.City, BankName: bank, Route: h.route, Close: oversee.Close, Revoke: revoke.Tell},
		Revoke:  &revoke.Flow{Desk: h.Desk, Authority: Authority},
		Tell:    &tell.Flow{Desk: h.Desk, City: h.City},
		Oversee: &oversee.Flow{Desk: h.Desk, City: h.City, Key: h.Key},
		Post:    &post.Office{Desk: h.Desk, City: h.City},
		Settle:  &settle.Flow{Desk: h.Desk},
		Balance: &balance.Flow{Desk: h.Desk},
		Read:    &readcard.Flow{Desk: h.Desk, City: h.City, Keys: h.Cards.Keys, Masters: h.cityMasters},
		Photos:  &takephoto.Flow{Desk: h.Desk, City: h.City, Rules: photo.Default, Under: h.noPhotoUnder},
		Publish: &publish.Flow{Desk: h.Desk, City: h.City, Shelf: h.Shelf},
		Loss:    &reportloss.Flow{Desk: h.Desk, City: h.City, Period: h.lossPeriod, BankName: bank, BankPhone: h.BankPhone, Revoke: revoke.Tell},
		Cancel:  &cancelcard.Flow{Desk: h.Desk, City: h.City, BankName: bank, BankPhone: h.BankPhone, Revoke: revoke.Tell, Close: oversee.Close},
	}
}

func (h *House) sign(statement []byte) (string, error) {
	sig, err := h.Key.Sign(statement)
	return hexOf(sig), err
}

// BankName is a bank's Chinese name, or its code for a bank the city does not list.
func (h *House) BankName(code ref.Bank) string {
	if b, ok := h.Here.Bank(string(code)); ok {
		return b.Name.ZH
	}
	return string(code)
}

// BankPhone is a bank's hotline; "" for a bank the city does not list.
func (h *House) BankPhone(code ref.Bank) string {
	b, _ := h.Here.Bank(string(code))
	return b.Hotline
}

// texts words a message about an outlet.
type texts struct {
	house *House
	key   string
}

// Ready is the message with the outlet's name and phone.
func (t texts) Ready(id ref.Outlet) (string, error) {
	o, err := outlet.Get(context.Background(), t.house.Store, id)
	if err != nil {
		return "", err
	}
	return wording.T(wording.ZH, t.key, "outlet", o.Name, "phone", o.Phone), nil
}

// The hours of the working day's batches.
func evening(now time.Time) time.Time { return at(now, 17) }
func night(now time.Time) time.Time   { return at(now, 20) }

// morning is ten o'clock on the next working day; beyond the published calendar it is the next day.
func morning(now time.Time) time.Time {
	day, err := cal.AddWorkingDays(clock.Day(now), 1)
	if err != nil {
		day = clock.Day(now).AddDate(0, 0, 1)
	}
	return clock.Day(day).Add(10 * time.Hour)
}

// dayAfter is the end of the next working day.
func dayAfter(now time.Time) time.Time { return morning(now).Add(8 * time.Hour) }

// at is the next time the clock in China shows an hour.
func at(now time.Time, hour int) time.Time {
	t := clock.Day(now).Add(time.Duration(hour) * time.Hour)
	if t.Before(now) {
		t = t.AddDate(0, 0, 1)
	}
	return t
}

// early is half past eight, when returns are collected.
func early(now time.Time) time.Time {
	t := clock.Day(now).Add(8*time.Hour + 30*time.Minute)
	if !t.After(now) {
		t = t.AddDate(0, 0, 1)
	}
	return t
}

// hourly is the next full hour, for scans of parcels.
func hourly(now time.Time) time.Time { return now.Truncate(time.Hour).Add(time.Hour) }
