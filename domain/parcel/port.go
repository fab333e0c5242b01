package parcel

import "context"

// Booking asks the courier to carry one parcel. The name and address are plain on the port only.
type Booking struct {
	Key     string `json:"key"` // parcel id
	Bank    string `json:"bank"`
	Name    string `json:"name"`
	Mobile  string `json:"mobile"`
	Address string `json:"address"`
	Own     bool   `json:"own"`   // only the addressee's own signature counts (XJ-31)
	Payer   string `json:"payer"` // "sender" or "recipient"
}

// Booked is the waybill of one parcel; Fault says why it was not taken.
type Booked struct {
	Key     string `json:"key"`
	Waybill string `json:"waybill,omitempty"` // S10 or EMS 13 characters
	Fault   string `json:"fault,omitempty"`
}

// What happened to a parcel.
const (
	Collected = "collected" // the courier has it
	OutNow    = "out"       // out for delivery
	Delivered = "delivered"
	Failed    = "failed"   // nobody there, wrong address, refused; the reason says
	Returned  = "returned" // back at the sender
)

// Event is one scan of one parcel. No rises and is unique with the courier.
type Event struct {
	No      string `json:"no"`
	Waybill string `json:"waybill"`
	What    string `json:"what"`
	At      string `json:"at"` // RFC 3339
	Place   string `json:"place,omitempty"`
	Signer  string `json:"signer,omitempty"` // "self", "family", "desk"
	Reason  string `json:"reason,omitempty"`
}

// Courier carries parcels (邮政快递).
type Courier interface {
	Book(ctx context.Context, key string, parcels []Booking) ([]Booked, error)
	Track(ctx context.Context, after string) ([]Event, error)
}
