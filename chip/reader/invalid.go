package reader

import (
	"bufio"
	"encoding/hex"
	"io"

	"kawu/kit/fault"
)

// InvalidList is the list of cards that a terminal refuses (失效名单), by card identification code.
// It starts from a full file and goes on by increments; numbers keep the order. The zero value and
// nil are empty.
type InvalidList struct {
	number uint64
	cards  map[[16]byte]string
}

var (
	// BadList says that a list file is malformed; nothing of it was taken; args: line.
	BadList = fault.New(fault.Invalid, "reader.bad_list", "line {line} of the list of invalid cards is malformed")
	// Gap says that increments are missing in between: load a full list; args: have, got.
	Gap = fault.New(fault.Conflict, "reader.list_gap", "the list here is number {have}; increment {got} does not follow")
)

// Number is the list's place in the sequence; 0 before the first.
func (l *InvalidList) Number() uint64 { return l.number }

// Find gives the reason for which a card is listed.
func (l *InvalidList) Find(cardID string) (reason string, listed bool) {
	var id [16]byte
	if l == nil || len(cardID) != 32 {
		return "", false
	}
	if _, err := hex.Decode(id[:], []byte(cardID)); err != nil {
		return "", false
	}
	reason, listed = l.cards[id]
	return reason, listed
}

// Load takes a file: a line "full N" or "increment N" and lines "+ID REASON" or "-ID", then further
// increments in their order. A malformed file or a gap leaves the list as it was: BadList, Gap.
func (l *InvalidList) Load(r io.Reader) error {
	in := bufio.NewScanner(r)
	n := l.number
	var full bool
	var changes []Change
	at := 0
	for in.Scan() {
		at++
		if sign := in.Text(); sign != "" && (sign[0] == '+' || sign[0] == '-') && at > 1 {
			c, ok := parseChange(sign)
			if !ok {
				return badList(at)
			}
			changes = append(changes, c)
			continue
		}
		kind, number, ok := parseHeading(in.Text())
		switch {
		case !ok || kind == fullKind && at > 1:
			return badList(at)
		case kind == incrementKind && number != n+1:
			return fault.New(Gap.Kind, Gap.Code, Gap.Message, "have", n, "got", number)
		}
		n, full = number, full || kind == fullKind
	}
	if err := in.Err(); err != nil {
		return err
	}
	if at == 0 {
		return badList(1)
	}
	l.take(n, full, changes)
	return nil
}

func (l *InvalidList) take(number uint64, full bool, changes []Change) {
	if full || l.cards == nil {
		l.cards = make(map[[16]byte]string, len(changes))
	}
	for _, c := range changes {
		var id [16]byte
		hex.Decode(id[:], []byte(c.CardID)) // parseChange has seen that it can be decoded
		if c.Gone {
			delete(l.cards, id)
		} else {
			l.cards[id] = c.Reason
		}
	}
	l.number = number
}

func badList(line int) *fault.Fault {
	return fault.New(BadList.Kind, BadList.Code, BadList.Message, "line", line)
}
