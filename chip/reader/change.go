package reader

import (
	"encoding/hex"
	"strconv"
	"strings"
)

// Change is a line of a list of invalid cards: a card that came onto it with a reason, or left it.
type Change struct {
	CardID string // 32 hexadecimal digits
	Reason string // a code without line breaks
	Gone   bool
}

// Line is the change as a file has it, with its line break.
func (c Change) Line() string {
	if c.Gone {
		return "-" + c.CardID + "\n"
	}
	return "+" + c.CardID + " " + c.Reason + "\n"
}

const fullKind, incrementKind, endKind = "full", "increment", "end"

// Full is the heading of a whole list, the first line of its file.
func Full(number uint64) string { return heading(fullKind, number) }

// Increment is the heading of what changed with one number.
func Increment(number uint64) string { return heading(incrementKind, number) }

// End is the last line of a file in which so many cards were named.
func End(cards int) string { return heading(endKind, uint64(cards)) }

func heading(kind string, number uint64) string {
	return kind + " " + strconv.FormatUint(number, 10) + "\n"
}

func parseHeading(line string) (kind string, number uint64, ok bool) {
	kind, digits, _ := strings.Cut(line, " ")
	number, err := strconv.ParseUint(digits, 10, 64)
	return kind, number, err == nil && (kind == fullKind || kind == incrementKind || kind == endKind)
}

func parseChange(line string) (c Change, ok bool) {
	c.Gone = line[0] == '-'
	c.CardID, c.Reason, _ = strings.Cut(line[1:], " ")
	if len(c.CardID) != 32 || !c.Gone && c.Reason == "" {
		return c, false
	}
	_, err := hex.DecodeString(c.CardID)
	return c, err == nil
}
