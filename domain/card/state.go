package card

import "kawu/kit/state"

// States of making.
const (
	Ordered   state.State = "ordered"
	AtFactory state.State = "at_factory"
	Made      state.State = "made"
	Failed    state.State = "failed"
	Certified state.State = "certified"
	Loaded    state.State = "loaded"
	Finished  state.State = "finished"
	Handed    state.State = "handed"
	Stopped   state.State = "stopped"
	Waste     state.State = "waste"
)

// Making is the cycle of the thing itself.
var Making = &state.Cycle{Name: "card.making", Table: "card", Key: "id", Start: Ordered, Moves: []state.Move{
	{From: Ordered, Event: "send", To: AtFactory, Why: "in the factory's data file"},
	{From: AtFactory, Event: "make", To: Made, Why: "personalised"},
	{From: AtFactory, Event: "fail", To: Failed, Why: "chip or print failure: the blank is waste, the card is made again"},
	{From: AtFactory, Event: "stop", To: Stopped, Why: "cannot be made from this data"},
	{From: Failed, Event: "remake", To: Ordered, Why: "made again with the same number"},
	{From: Stopped, Event: "remake", To: Ordered, Why: "the data was mended"},
	{From: Made, Event: "certify", To: Certified, Why: "SH-05: no card without its certificates on it"},
	{From: Made, Event: "fail", To: Failed, Why: "the chip broke when the certificates were loaded: waste, made again"},
	{From: Certified, Event: "load_social", To: Loaded, Why: "CD-11: social security keys live"},
	{From: Loaded, Event: "load_bank", To: Finished, Why: "CD-11: bank keys loaded"},
	{From: Finished, Event: "hand", To: Handed, Why: "in the citizen's hand"},
	{From: Finished, Event: "spoil", To: Waste, Why: "damaged before it was handed out"},
}}

// National states of the social security application (AAZ502).
const (
	Sealed   state.State = "0"
	Normal   state.State = "1"
	Lost     state.State = "2"
	Locked   state.State = "3"
	TempLost state.State = "4"
	Void     state.State = "9"
)

// Social is the cycle of the social security application.
var Social = &state.Cycle{Name: "card.social", Table: "social", Key: "card", Start: Sealed, Moves: []state.Move{
	{From: Sealed, Event: "enable", To: Normal, Why: "enabled by the holder (领卡启用)"},
	{From: Sealed, Event: "void", To: Void, Why: "spoiled"},
	{From: Sealed, Event: "cancel", To: Void, Why: "never collected, or the holder gave it up before it was enabled"},
	{From: Normal, Event: "void", To: Void, Why: "BJ-36: the holder enabled a newer card"},
	{From: Normal, Event: "cancel", To: Void, Why: "the holder, or the family with proof"},
	{From: Normal, Event: "report_temporarily", To: TempLost, Why: "temporary loss"},
	{From: Normal, Event: "report", To: Lost, Why: "formal loss"},
	{From: TempLost, Event: "report", To: Lost, Why: "formal loss"},
	{From: TempLost, Event: "release", To: Normal, Why: "found again"},
	{From: Lost, Event: "release", To: Normal, Why: "found again, and no replacement accepted"},
	{From: TempLost, Event: "run_out", To: Normal, Why: "the report's time is over and the city gives the card back"},
	{From: TempLost, Event: "void", To: Void, Why: "replaced, or the report's time is over and the city ends the card"},
	{From: Lost, Event: "void", To: Void, Why: "replaced"},
	{From: TempLost, Event: "cancel", To: Void, Why: "the holder, or the family with proof"},
	{From: Lost, Event: "cancel", To: Void, Why: "the holder, or the family with proof"},
	{From: Normal, Event: "lock", To: Locked, Why: "risk, two persons"},
	{From: Locked, Event: "unlock", To: Normal, Why: "risk cleared, two persons"},
	{From: Locked, Event: "void", To: Void, Why: "replaced"},
	{From: Locked, Event: "cancel", To: Void, Why: "the card centre, with proof"},
}}

// States of the financial application.
const (
	Inactive state.State = "inactive"
	Active   state.State = "active"
)

// Financial is the cycle of the financial application. It lives on after the social one is void:
// closing the account is the holder's choice (BJ-38).
var Financial = &state.Cycle{Name: "card.financial", Table: "financial", Key: "card", Start: Inactive, Moves: []state.Move{
	{From: Inactive, Event: "activate", To: Active, Why: "BJ-25: in person at any outlet of the bank"},
	{From: Active, Event: "close", To: "closed", Why: "BJ-38: the holder closed the account"},
	{From: Inactive, Event: "close", To: "closed", Why: "the holder does not want it (SH-20)"},
}}
