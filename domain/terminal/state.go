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

// What happens to modules.
const (
	Give       state.Event = "give"
	Pass       state.Event = "pass"
	Return     state.Event = "return"
	ReportLost state.Event = "report_lost"
	WriteOff   state.Event = "write_off"
	Destroy    state.Event = "destroy"
)

// Cycle is a module's life.
var Cycle = &state.Cycle{Name: "psam", Table: "psam", Key: "id", Start: InStock, Moves: []state.Move{
	{From: InStock, Event: Give, To: InService, Why: "given out with a terminal, to a place and a keeper"},
	{From: InService, Event: Pass, To: InService, Why: "another keeper takes it over; the terminal gets a new token"},
	{From: InService, Event: Return, To: Returned, Why: "back at the centre"},
	{From: Returned, Event: Give, To: InService, Why: "looked at and given out again"},
	{From: InStock, Event: ReportLost, To: Lost, Why: "missing when the stock was counted"},
	{From: InService, Event: ReportLost, To: Lost, Why: "reported by its keeper; the terminal is refused from now on"},
	{From: Returned, Event: ReportLost, To: Lost, Why: "missing when the stock was counted"},
	{From: Lost, Event: Return, To: Returned, Why: "found again; looked at before it is given out"},
	{From: Lost, Event: WriteOff, To: Gone, Why: "the province has been told and has taken it off its register"},
	{From: InStock, Event: Destroy, To: Destroyed, Why: "not needed any more, before two persons"},
	{From: Returned, Event: Destroy, To: Destroyed, Why: "broken or not needed any more, before two persons"},
}}
