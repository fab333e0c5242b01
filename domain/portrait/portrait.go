package portrait

import (
	"encoding/hex"
	"encoding/json"
	"time"

	"kawu/domain/ref"
	"kawu/kit/fault"
	"kawu/kit/sm"
	"kawu/kit/state"
)

// States of a photo.
const (
	Waiting  state.State = "waiting"
	Good     state.State = "good"
	Refused  state.State = "refused"
	Replaced state.State = "replaced"
)

// Cycle of a photo.
var Cycle = &state.Cycle{Name: "photo", Table: "photo", Key: "id", Start: Waiting, Moves: []state.Move{
	{From: Waiting, Event: "pass", To: Good, Why: "nothing is wrong with it"},
	{From: Waiting, Event: "accept", To: Good, Why: "a clerk looked at it and overruled what the check found"},
	{From: Waiting, Event: "refuse", To: Refused, Why: "it cannot be printed, or a clerk asks for another"},
	{From: Waiting, Event: "replace", To: Replaced, Why: "a newer photo came"},
	{From: Refused, Event: "replace", To: Replaced, Why: "a newer photo came"},
	{From: Good, Event: "replace", To: Replaced, Why: "a newer photo is good"},
}}

// Source says where a photo came from, in the notices' words where they have one.
type Source string

// The sources.
const (
	IDCard Source = "id_card"      // the identity card's, from the population register
	Outlet Source = "outlet_photo" // taken at a counter
	Upload Source = "upload"       // sent by the person
)

// Problem is one thing that is wrong with a photo: a fault code of chip/photo and the numbers that
// fill its wording.
type Problem struct {
	Code string         `json:"code"`
	Args map[string]any `json:"args,omitempty"`
}

// Fault is the problem as a refusal, for its wording.
func (p Problem) Fault() *fault.Fault {
	return &fault.Fault{Kind: fault.Refused, Code: p.Code, Message: p.Code, Args: p.Args}
}

// Photo is one picture of one person. Reads leave JPEG empty; Picture opens it.
type Photo struct {
	ID        ref.Photo
	City      ref.City
	Person    ref.Person
	Source    Source
	State     state.State
	JPEG      []byte // 358 × 441, at most 20 KB; nil when there is nothing that could be printed
	Digest    string // SM3 of JPEG, hex: the name of the picture between us and a factory
	Quality   int    // of the JPEG encoding, 1 to 100
	White     int    // percent of the ground
	Problems  []Problem
	Looker    ref.Holder // the outlet or bank whose clerk looks at it; no place
	TakenAt   time.Time
	DecidedAt time.Time
	DecidedBy string // staff id; "" when nobody had to decide
}

// ErrUnknown is the refusal of a photo that is not there.
var ErrUnknown = fault.New(fault.NotFound, "portrait.unknown", "there is no such photo")

const sealPicture = "photo.picture"

// digest of a picture; "" of none.
func digest(jpeg []byte) string {
	if len(jpeg) == 0 {
		return ""
	}
	h := sm.Hash(jpeg)
	return hex.EncodeToString(h[:])
}

// event is what happens to a photo as it comes in; "" leaves it waiting for a clerk.
func (p Photo) event() state.Event {
	switch {
	case len(p.JPEG) == 0:
		return "refuse"
	case len(p.Problems) == 0:
		return "pass"
	}
	return ""
}

func (p Photo) problems() (string, error) {
	if len(p.Problems) == 0 {
		return "", nil
	}
	b, err := json.Marshal(p.Problems)
	return string(b), err
}
