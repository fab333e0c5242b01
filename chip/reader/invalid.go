package reader

import (
	"bufio"
	"encoding/hex"
	"fmt"
	"io"
	"strings"

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

// Load takes a file: the first line is "full N" or "increment N", the others "+ID REASON" or "-ID".
// A malformed file or a gap leaves the list as it was: BadList, Gap.
func (l *InvalidList) Load(r io.Reader) error {
	in := bufio.NewScanner(r)
	var kind string
	var number uint64
	if !in.Scan() {
		return badList(1)
	}
	if n, err := fmt.Sscanf(in.Text(), "%s %d", &kind, &number); n != 2 || err != nil || kind != "full" && kind != "increment" {
		return badList(1)
	}
	if kind == "increment" && number != l.number+1 {
		return fault.New(Gap.Kind, Gap.Code, Gap.Message, "have", l.number, "got", number)
	}
	type line struct {
		id     [16]byte
		reason string
		gone   bool
	}
	var lines []line
	for in.Scan() {
		x := line{gone: strings.HasPrefix(in.Text(), "-")}
		id, reason, _ := strings.Cut(in.Text(), " ")
		if len(id) != 33 || id[0] != '+' && id[0] != '-' || !x.gone && reason == "" {
			return badList(len(lines) + 2)
		}
		if _, err := hex.Decode(x.id[:], []byte(id[1:])); err != nil {
			return badList(len(lines) + 2)
		}
		x.reason = reason
		lines = append(lines, x)
	}
	if err := in.Err(); err != nil {
		return err
	}
	if kind == "full" || l.cards == nil {
		l.cards = make(map[[16]byte]string, len(lines))
	}
	for _, x := range lines {
		if x.gone {
			delete(l.cards, x.id)
		} else {
			l.cards[x.id] = x.reason
		}
	}
	l.number = number
	return nil
}

func badList(line int) *fault.Fault {
	return fault.New(BadList.Kind, BadList.Code, BadList.Message, "line", line)
}
