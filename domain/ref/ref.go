// Package ref holds the named ids that rooms use to speak of each other's things.
//
// Rooms do not import each other; a card knows its holder as a ref.Person and nothing more. Every
// id is text made by kit/id with the prefix given here, so that an id in a log says what it is.
package ref

// Ids of things. The comment is the prefix.
type (
	Person      string // per
	Employer    string // emp, an insured unit (参保单位)
	Collective  string // col, an employer's collective application (集体申请)
	Application string // app, one person's application inside or outside a collective one
	Account     string // acc, a bank account opened for a card
	Batch       string // bat, a production batch (制卡批次)
	Card        string // crd
	Handover    string // hov, a hand-over list (交接单)
	Parcel      string // par
	Exchange    string // exc, a message to or from a partner
	Message     string // msg, a message to a person
	Trouble     string // trb, something somebody has to act on (异常)
	Staff       string // stf
	Outlet      string // out
	Photo       string // pho, a person's picture for the card
)

// Names from the city's data.
type (
	City     string // "beijing"
	Bank     string // the bank's code in the city's edition: "icbc"
	District string // six digits of GB/T 2260: "110102"
	Edition  string // "2024-pilot"
)

// HolderKind says what sort of party holds a card or owns a case, so that "bank or bureau?" has
// one answer.
type HolderKind string

// The parties.
const (
	HeldByFactory HolderKind = "factory"
	HeldByCentre  HolderKind = "centre"  // the card centre (卡务中心): the bureau's side
	HeldByBank    HolderKind = "bank"    // a bank's branch or vault
	HeldByOutlet  HolderKind = "outlet"  // one outlet
	HeldByCourier HolderKind = "courier" // under way
	HeldByPerson  HolderKind = "person"  // in the citizen's hand
	OwnEmployer   HolderKind = "employer"
)

// Holder is who has something and where it lies. Name is an outlet id, a bank code, a factory's or
// courier's name, or a person's id.
type Holder struct {
	Kind  HolderKind
	Name  string
	Place string // free text for people: "西城支行 B-07"
}
