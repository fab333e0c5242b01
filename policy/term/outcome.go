package term

import "errors"

// Chooser is who picks the bank.
type Chooser uint8

// Nobody picks where the bank that issued the card stays.
const (
	ByEmployer Chooser = iota + 1
	ByApplicant
	ByParent
	ByIssuingBank
)

var chooserNames = []string{"", "employer", "applicant", "parent", "issuing_bank"}

func (c Chooser) String() string               { return nameOf(chooserNames, c) }
func (c Chooser) MarshalText() ([]byte, error) { return []byte(c.String()), nil }

// UnmarshalText takes the name used in files.
func (c *Chooser) UnmarshalText(b []byte) (err error) {
	*c, err = parseWord[Chooser](chooserNames, string(b))
	return err
}

// BankDefault is which bank is suggested first; a suggestion binds nobody.
type BankDefault uint8

// The bank that pays the wage, the one that pays the pension, or none.
const (
	NoDefault BankDefault = iota + 1
	PayrollBank
	PensionBank
)

var bankDefaultNames = []string{"", "none", "payroll", "pension"}

func (d BankDefault) String() string               { return nameOf(bankDefaultNames, d) }
func (d BankDefault) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText takes the name used in files.
func (d *BankDefault) UnmarshalText(b []byte) (err error) {
	*d, err = parseWord[BankDefault](bankDefaultNames, string(b))
	return err
}

// DayKind is how days are counted.
type DayKind uint8

// Every day, or the State Council's working days.
const (
	CalendarDays DayKind = iota + 1
	WorkingDays
)

var dayKindNames = []string{"", "calendar", "working"}

func (k DayKind) String() string               { return nameOf(dayKindNames, k) }
func (k DayKind) MarshalText() ([]byte, error) { return []byte(k.String()), nil }

// UnmarshalText takes the name used in files.
func (k *DayKind) UnmarshalText(b []byte) (err error) {
	*k, err = parseWord[DayKind](dayKindNames, string(b))
	return err
}

// ClockStart is the event that starts a promise; the day of the event itself is day 0.
type ClockStart uint8

// When the applicant has submitted, or when the office has accepted.
const (
	Submitted ClockStart = iota + 1
	Accepted
)

var clockStartNames = []string{"", "submitted", "accepted"}

func (s ClockStart) String() string               { return nameOf(clockStartNames, s) }
func (s ClockStart) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// UnmarshalText takes the name used in files.
func (s *ClockStart) UnmarshalText(b []byte) (err error) {
	*s, err = parseWord[ClockStart](clockStartNames, string(b))
	return err
}

// Mode is how the card reaches its holder.
type Mode uint8

// Collected at an outlet, by mail, or handed out at the employer's.
const (
	AtOutlet Mode = iota + 1
	ByMail
	OnSite
)

var modeNames = []string{"", "outlet", "mail", "on_site"}

func (m Mode) String() string               { return nameOf(modeNames, m) }
func (m Mode) MarshalText() ([]byte, error) { return []byte(m.String()), nil }

// UnmarshalText takes the name used in files.
func (m *Mode) UnmarshalText(b []byte) (err error) {
	*m, err = parseWord[Mode](modeNames, string(b))
	return err
}

// Place is where a function of the card is switched on.
type Place uint8

// OnSitePlace is where the bank comes to: the employer's, or a home.
const (
	AtBank Place = iota + 1
	AtCommunity
	AtInstant
	AtKiosk
	OnlinePlace
	ByPhone
	OnSitePlace
)

var placeNames = []string{"", "bank_outlet", "community_outlet", "instant_outlet", "kiosk", "online", "phone", "on_site"}

func (p Place) String() string               { return nameOf(placeNames, p) }
func (p Place) MarshalText() ([]byte, error) { return []byte(p.String()), nil }

// UnmarshalText takes the name used in files.
func (p *Place) UnmarshalText(b []byte) (err error) {
	*p, err = parseWord[Place](placeNames, string(b))
	return err
}

// Until is the end of the old card: at the new one's activation, at its own expiry, or on a date
// (the last day on which it works).
type Until struct {
	Word string
	Day  Date
}

// UnmarshalText takes "activation", "expiry" or a date.
func (u *Until) UnmarshalText(b []byte) error {
	s := string(b)
	if s == "activation" || s == "expiry" {
		*u = Until{Word: s}
		return nil
	}
	d, err := ParseDate(s)
	if err != nil {
		return errors.New("not one of activation, expiry, or a date such as 2024-01-31")
	}
	*u = Until{Day: d}
	return nil
}

func (u Until) String() string {
	if u.Word != "" {
		return u.Word
	}
	return u.Day.String()
}

// MarshalText writes the word or the date.
func (u Until) MarshalText() ([]byte, error) { return []byte(u.String()), nil }

// FactKind says who makes a fact true.
type FactKind uint8

// Shown to people; kept by a flow; or told as history.
const (
	Information FactKind = iota + 1
	Flow
	History
)

var factKindNames = []string{"", "information", "flow", "history"}

func (k FactKind) String() string               { return nameOf(factKindNames, k) }
func (k FactKind) MarshalText() ([]byte, error) { return []byte(k.String()), nil }

// UnmarshalText takes the name used in files.
func (k *FactKind) UnmarshalText(b []byte) (err error) {
	*k, err = parseWord[FactKind](factKindNames, string(b))
	return err
}

// BankCode is a bank's short name in files, such as "icbc".
type BankCode string

// OtherBank stands for a bank that the city's list does not have.
const OtherBank BankCode = "other"
