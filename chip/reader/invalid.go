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
// increments in their order, and at the end "end" with how many cards were named, so that a file that
// was cut off is noticed. A malformed file or a gap leaves the list as it was: BadList, Gap.
func (l *InvalidList) Load(r io.Reader) error {
	in := bufio.NewScanner(r)
	n, at := l.number, 0
	var full, ended bool
	var changes []Change
	for in.Scan() {
		at++
		line := in.Text()
		if ended {
			return badList(at)
		}
		if at > 1 && line != "" && (line[0] == '+' || line[0] == '-') {
			c, ok := parseChange(line)
			if !ok {
				return badList(at)
			}
			changes = append(changes, c)
			continue
		}
		kind, number, ok := parseHeading(line)
		switch {
		case !ok || at == 1 && kind == endKind || at > 1 && kind == fullKind:
			return badList(at)
		case kind == endKind && number != uint64(len(changes)):
			return badList(at)
		case kind == endKind:
			ended = true
		case kind == incrementKind && number != n+1:
			return fault.New(Gap.Kind, Gap.Code, Gap.Message, "have", n, "got", number)
		default:
			n, full = number, full || kind == fullKind
		}
	}
	if err := in.Err(); err != nil {
		return err
	}
	if !ended {
		return badList(at + 1)
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
