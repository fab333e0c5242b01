package sim

import (
	"fmt"

	"kawu/domain/account"
	"kawu/partner/bank"
	"kawu/partner/wire/host"
)

// Orders are what it can be told, beside the common faults.
type Orders struct {
	host.Faults
	Refuse    map[string]Refuse `json:"refuse,omitempty"`    // by identity number
	ClassTwo  map[string]bool   `json:"class_two,omitempty"` // identity numbers that get a class II account
	Stranger  int               `json:"stranger,omitempty"`  // opened lines that name another person's identity number
	Unordered int               `json:"unordered,omitempty"` // return files with one line for an account never asked for
	LateDays  int               `json:"late_days,omitempty"` // working days later than usual, for files taken from now on
}

// Check refuses a reason that banks have no word for.
func (o *Orders) Check() error {
	for _, r := range o.Refuse {
		if code, _ := bank.WordOf(r.Reason); code == "" || r.Reason == account.Opened {
			return fmt.Errorf("no bank refuses with %q", r.Reason)
		}
	}
	return nil
}

// Refuse is one person's refusal.
type Refuse struct {
	Reason account.Outcome `json:"reason"`
	Times  int             `json:"times,omitempty"` // then the account is opened; 0: always refused
}

// refuse takes a refusal for a person; "" when there is none.
func (o *Orders) refuse(number string) account.Outcome {
	r, ok := o.Refuse[number]
	if !ok {
		return ""
	}
	if r.Times == 1 {
		delete(o.Refuse, number)
	} else if r.Times > 1 {
		r.Times--
		o.Refuse[number] = r
	}
	return r.Reason
}
