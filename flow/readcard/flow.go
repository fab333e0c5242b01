package readcard

import (
	"kawu/chip/key"
	"kawu/chip/perso"
	"kawu/chip/reader"
	"kawu/domain/ref"
	"kawu/domain/terminal"
	"kawu/flow/desk"
	"kawu/kit/fault"
)

// What travels, for portals that may not know the chip.
type (
	Inquiry  = reader.Inquiry
	Answer   = reader.Answer
	Readings = reader.Readings
	Answers  = reader.Answers
	Refusal  = reader.Refusal
	Said     = reader.Said
)

// Say puts a fault on the wire.
func Say(f *fault.Fault) Said { return reader.Say(f) }

// Flow answers terminals.
type Flow struct {
	Desk    *desk.Desk
	City    ref.City
	Keys    key.Store
	Masters func() (perso.Masters, error) // the city's in use; cards of earlier versions are answered for too

	gauge gauge
}

// Caller is a terminal as it says it is.
type Caller struct {
	Number string // twelve digits
	Token  string // told once, when the module was given out
}

// The refusals of a whole question.
var (
	ErrCaller = fault.New(fault.Unsigned, "readcard.unknown_terminal", "the terminal's number or its token is not right")
	ErrLost   = fault.New(fault.Forbidden, "readcard.lost_terminal", "this terminal's module is reported lost; it may not read cards")
	ErrOut    = fault.New(fault.Forbidden, "readcard.out_of_service", "this terminal is not in service; it may not read cards")
	ErrSize   = fault.New(fault.Invalid, "readcard.set_size", "one question carries 1 to {most} cards; this one has {n}")
	ErrOften  = fault.New(fault.TooMany, "readcard.too_often", "this terminal has read too many cards in a minute; the limit is {most}")
	ErrAhead  = fault.New(fault.Conflict, "readcard.list_ahead", "the terminal has list {have}; the newest here is {newest}")
)

// ErrNotMade is the answer to a card that proved itself and yet is none of this house's: of a vanished
// waste chip, or of an installation with the same masters.
var ErrNotMade = fault.New(fault.Refused, "readcard.not_made_here", "this house has not made this card")

// Most is how many cards one question carries, PerMinute how many a terminal may ask for in a minute:
// a busy hospital's counters behind one gateway stay far below.
const (
	Most      = 200
	PerMinute = 600
)

// Shell is the actor of the installation's own command line: whoever may read the key folder.
func (f *Flow) Shell() desk.Actor {
	return desk.Actor{Role: desk.Centre, ID: "shell", City: f.City, Org: "centre", Channel: "shell"}
}

func (f *Flow) actor(m terminal.Module) desk.Actor {
	return desk.Actor{Role: desk.Terminal, ID: string(m.ID), City: f.City, Org: m.Terminal, Channel: "api"}
}
