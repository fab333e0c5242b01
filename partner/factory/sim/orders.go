package sim

import (
	"fmt"

	"kawu/partner/factory"
	"kawu/partner/wire/host"
)

// Orders are what it can be told, beside the common faults. A card is named by its ref, its card
// number or its holder's identity number; a reason is production's: chip_failure, print_failure (a
// misprint, when everything else is done), no_photo, bad_photo, unprintable.
type Orders struct {
	host.Faults
	FailOnce  map[string]string `json:"fail_once,omitempty"`  // card to reason; the next try succeeds
	Refuse    map[string]string `json:"refuse,omitempty"`     // card to reason, every time
	FailNext  int               `json:"fail_next,omitempty"`  // next cards fail with chip_failure
	Unordered int               `json:"unordered,omitempty"`  // returns with one line for a card never ordered
	HoldBack  int               `json:"hold_back,omitempty"`  // boxes that lack one card which their return says was made
	FailLoad  map[string]bool   `json:"fail_load,omitempty"`  // refs of cards whose chip breaks when certificates are loaded, once
	BreakLoad int               `json:"break_load,omitempty"` // the same for the next cards
	Misprint  int               `json:"misprint,omitempty"`   // next faces that come out wrong
	LateDays  int               `json:"late_days,omitempty"`  // days later than usual, for batches taken from now on
}

// Check refuses a reason that factories have no word for.
func (o *Orders) Check() error {
	for _, list := range []map[string]string{o.FailOnce, o.Refuse} {
		for _, reason := range list {
			if code, _ := factory.WordOf(reason); code == "" || code == factory.CodeMade {
				return fmt.Errorf("no factory returns %q", reason)
			}
		}
	}
	return nil
}

// misprint is the one reason that comes true at the end.
const misprint = "print_failure"

// told takes what it was told about a card at one end of the line; "" for nothing.
func (o *Orders) told(l factory.Line, atPress bool) string {
	for _, name := range []string{l.Ref, l.Card, l.Number} {
		if r, ok := o.FailOnce[name]; ok && (r == misprint) == atPress {
			delete(o.FailOnce, name)
			return r
		}
		if r, ok := o.Refuse[name]; ok && (r == misprint) == atPress {
			return r
		}
	}
	return ""
}

// misprints takes whether a card's face shall come out wrong.
func (o *Orders) misprints(l factory.Line) bool {
	if o.told(l, true) != "" {
		return true
	}
	if o.Misprint > 0 {
		o.Misprint--
		return true
	}
	return false
}

// reason takes what shall happen to a card before it is finished; "" for nothing.
func (o *Orders) reason(l factory.Line) string {
	if r := o.told(l, false); r != "" {
		return r
	}
	if o.FailNext > 0 {
		o.FailNext--
		return "chip_failure"
	}
	return ""
}

// breaksLoading takes whether a card's chip shall break under its certificates.
func (o *Orders) breaksLoading(ref string) bool {
	if o.FailLoad[ref] {
		delete(o.FailLoad, ref)
		return true
	}
	if o.BreakLoad > 0 {
		o.BreakLoad--
		return true
	}
	return false
}
