package sim

import (
	"fmt"
	"net/http"
	"strings"
	"time"

	room "kawu/domain/parcel"
	"kawu/kit/clock"
	"kawu/kit/ident"
	"kawu/kit/phone"
	"kawu/partner/courier"
	"kawu/partner/wire/host"
)

// Sim is a running courier.
type Sim struct {
	*host.Host
	orders  *Orders
	parcels *host.Table[parcel] // by waybill
	byRef   *host.Table[string] // ref to waybill
}

type parcel struct {
	Ref     string `json:"ref"`
	Waybill string `json:"waybill"`
	Mobile  string `json:"mobile"`
	State   string `json:"state"` // the room's word for the last scan; "" before the first
}

// due is the next step of parcels that were booked together.
type due struct {
	Step     string   `json:"step"`
	Waybills []string `json:"waybills"`
}

// New starts it on the memory in o.Data.
func New(o host.Options) (*Sim, error) {
	h, err := host.Open("courier", o)
	if err != nil {
		return nil, err
	}
	s := &Sim{Host: h, parcels: host.NewTable[parcel](h, "parcels"), byRef: host.NewTable[string](h, "refs")}
	s.orders = host.Orders(h, func(o *Orders) *host.Faults { return &o.Faults })
	host.Handle(h, courier.KindBook, s.book)
	host.OnDue(h, s.step)
	h.Show("parcels", func(*http.Request) any { return map[string]int{"parcels": s.parcels.Len()} })
	return s, h.Start(o)
}

func (s *Sim) book(t *host.Turn, q courier.Bookings) (courier.Waybills, error) {
	out := courier.Waybills{Results: make([]courier.Waybill, len(q.Lines))}
	var taken []string
	for i, l := range q.Lines {
		r := courier.Waybill{Ref: l.Ref, Code: refusal(l)}
		if had, ok := s.byRef.Get(l.Ref); ok && r.Code == "" {
			r.Waybill = had
		} else if r.Code == "" {
			r.Waybill = s10(t.Next("waybill"))
			s.parcels.Put(r.Waybill, parcel{Ref: l.Ref, Waybill: r.Waybill, Mobile: l.Mobile})
			s.byRef.Put(l.Ref, r.Waybill)
			taken = append(taken, r.Waybill)
		}
		out.Results[i] = r
	}
	if len(taken) == 0 {
		return out, nil
	}
	t.Worked(len(taken))
	day := clock.Day(t.Now()).AddDate(0, 0, 1+s.orders.LateDays)
	return out, t.Schedule(day.Add(10*time.Hour), due{room.Collected, taken})
}

func refusal(l courier.Booking) string {
	_, _, mobile := phone.Parse(l.Mobile)
	switch {
	case strings.TrimSpace(l.Name) == "" || l.Ref == "":
		return "E01"
	case strings.TrimSpace(l.Address) == "":
		return "E02"
	case mobile != nil:
		return "E03"
	case l.Pay != "1" && l.Pay != "2":
		return "E04"
	}
	return ""
}

// s10 writes a waybill number: two letters, eight digits, their check digit, two letters.
func s10(n int64) string {
	body := fmt.Sprintf("%08d", n)
	return fmt.Sprintf("EK%s%cCN", body, ident.S10Check(body))
}
