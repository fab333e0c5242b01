package terminal

import "kawu/kit/state"

// States of a module.
const (
	InStock   state.State = "in_stock"
	InService state.State = "in_service"
	Returned  state.State = "returned"
	Lost      state.State = "lost"
	Gone      state.State = "written_off"
	Destroyed state.State = "destroyed"
)

// Cycle is a module's life.
var Cycle = &state.Cycle{Name: "psam", Table: "psam", Key: "id", Start: InStock, Moves: []state.Move{
	{From: InStock, Event: "give", To: InService, Why: "given out with a terminal, to a place and a keeper"},
	{From: InService, Event: "pass", To: InService, Why: "another keeper takes it over; the terminal gets a new token"},
	{From: InService, Event: "return", To: Returned, Why: "back at the centre"},
	{From: Returned, Event: "give", To: InService, Why: "looked at and given out again"},
	{From: InStock, Event: "report_lost", To: Lost, Why: "missing when the stock was counted"},
	{From: InService, Event: "report_lost", To: Lost, Why: "reported by its keeper; the terminal is refused from now on"},
	{From: Returned, Event: "report_lost", To: Lost, Why: "missing when the stock was counted"},
	{From: Lost, Event: "return", To: Returned, Why: "found again; looked at before it is given out"},
	{From: Lost, Event: "write_off", To: Gone, Why: "the province has been told and has taken it off its register"},
	{From: InStock, Event: "destroy", To: Destroyed, Why: "not needed any more, before two persons"},
	{From: Returned, Event: "destroy", To: Destroyed, Why: "broken or not needed any more, before two persons"},
}}
