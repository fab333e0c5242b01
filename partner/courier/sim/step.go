package sim

import (
	"time"

	room "kawu/domain/parcel"
	"kawu/kit/clock"
	"kawu/partner/courier"
	"kawu/partner/wire/host"
)

// places where the scans happen.
var places = map[string]string{room.Collected: "收寄局", room.OutNow: "投递部", room.Delivered: "投递部", room.Failed: "投递部", room.Returned: "收寄局"}

// step scans all parcels of a booking and plans their next step.
func (s *Sim) step(t *host.Turn, d due) error {
	var scans []courier.Scan
	var back []string
	for _, waybill := range d.Waybills {
		p, _ := s.parcels.Get(waybill)
		scan := courier.Scan{Waybill: waybill, At: t.Now().In(clock.Zone).Format(time.RFC3339)}
		p.State = d.Step
		if d.Step == room.Delivered {
			if why := s.orders.failure(p); why != "" {
				p.State, scan.Reason = room.Failed, courier.ReasonCode(why)
				back = append(back, waybill)
			} else {
				scan.Signer = courier.SignerCode(s.orders.signer(p))
			}
		}
		scan.Op, scan.Place = courier.Op(p.State), places[p.State]
		s.parcels.Put(waybill, p)
		scans = append(scans, scan)
	}
	if s.orders.Unbooked > 0 {
		s.orders.Unbooked--
		extra := scans[0]
		extra.Waybill = s10(99_999_999)
		scans = append(scans, extra)
	}
	if err := post(t, scans); err != nil {
		return err
	}
	return s.next(t, d, back)
}

func post(t *host.Turn, scans []courier.Scan) error {
	return t.PostMany(courier.KindScans, len(scans), func(first int64) any {
		for i := range scans {
			scans[i].No = host.Number(first + int64(i))
		}
		return courier.Scans{Scans: scans}
	})
}

func (s *Sim) next(t *host.Turn, d due, back []string) error {
	day := clock.Day(t.Now())
	switch d.Step {
	case room.Collected:
		return t.Schedule(day.AddDate(0, 0, 1).Add(8*time.Hour+30*time.Minute), due{room.OutNow, d.Waybills})
	case room.OutNow:
		return t.Schedule(day.Add(15*time.Hour), due{room.Delivered, d.Waybills})
	case room.Delivered:
		if len(back) > 0 {
			return t.Schedule(day.AddDate(0, 0, 3).Add(10*time.Hour), due{room.Returned, back})
		}
	}
	return nil
}
