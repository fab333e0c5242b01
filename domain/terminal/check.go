package terminal

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"

	"kawu/kit/clock"
	"kawu/kit/fault"
	"kawu/kit/name"
)

// The refusals of Check and CheckGiving.
var (
	ErrSerial    = fault.New(fault.Invalid, "terminal.bad_serial", "a module's serial number has 20 hexadecimal digits")
	ErrNumber    = fault.New(fault.Invalid, "terminal.bad_number", "a terminal's number has twelve digits")
	ErrAppliedAs = fault.New(fault.Invalid, "terminal.no_application", "the number of the application through the province is missing")
	ErrDay       = fault.New(fault.Invalid, "terminal.bad_day", "the day of the application is a day in the past, written 2024-02-15")
	ErrPurpose   = fault.New(fault.Invalid, "terminal.bad_purpose", "the purpose is settlement, counter, kiosk or verify")
	ErrPlace     = fault.New(fault.Invalid, "terminal.no_place", "say which outlet, hospital or office gets the module")
	ErrKeeper    = fault.New(fault.Invalid, "terminal.no_keeper", "say who keeps the module there")
)

var (
	serialForm = regexp.MustCompile(`^[0-9A-Fa-f]{20}$`)
	numberForm = regexp.MustCompile(`^[0-9]{12}$`)
)

// Check lists everything that is wrong with modules before they are entered.
func Check(all []Module, now time.Time) error {
	var list fault.List
	today := clock.Day(now).Format(time.DateOnly)
	for i, m := range all {
		add := func(field string, f *fault.Fault) { list.Add(fmt.Sprintf("modules[%d].%s", i, field), f) }
		if !serialForm.MatchString(m.Serial) {
			add("serial", ErrSerial)
		}
		if !numberForm.MatchString(m.Terminal) {
			add("terminal", ErrNumber)
		}
		if strings.TrimSpace(m.AppliedAs) == "" {
			add("applied_as", ErrAppliedAs)
		}
		if _, err := time.Parse(time.DateOnly, m.AppliedDay); err != nil || m.AppliedDay > today {
			add("applied_day", ErrDay)
		}
		if !slices.Contains(Purposes, m.Purpose) {
			add("purpose", ErrPurpose)
		}
	}
	return list.Err()
}

// CheckGiving lists everything that is wrong with where modules shall go.
func CheckGiving(to Place, keeper string) (name.Person, error) {
	var list fault.List
	if !slices.Contains([]PlaceKind{AtOutlet, AtHospital, AtOffice}, to.Kind) || strings.TrimSpace(to.Name) == "" {
		list.Add("place", ErrPlace)
	}
	who, _, err := name.Parse(keeper)
	if f := fault.Of(err); f != nil && f.Code == name.Empty.Code {
		f = ErrKeeper
		list.Add("keeper", f)
	} else if f != nil {
		list.Add("keeper", f)
	}
	return who, list.Err()
}
