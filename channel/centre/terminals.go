package centre

import (
	"context"
	"net/http"
	"time"

	"kawu/channel/web"
	"kawu/channel/web/party"
	"kawu/domain/ref"
	"kawu/domain/terminal"
	"kawu/flow/desk"
	"kawu/kit/fault"
	"kawu/kit/state"
)

// Terminals is GET /centre/terminals (?state= ?page=): the register of modules, where each is and who
// keeps it.
type Terminals struct {
	web.Page
	Frame
	Tabs  []web.Tab
	Rows  []TerminalRow
	Pager web.Pager
}

// TerminalRow is one module. POST /centre/terminals/{Number} moves it.
type TerminalRow struct {
	Number, Serial string
	State          web.Tag
	Purpose        string // wording key
	Place          web.Text
	Keeper         string // masked; empty at the centre
	Since          time.Time
	Acts           []TerminalAct
}

// TerminalAct is a button: Event is the form's value, Key its wording.
type TerminalAct struct{ Event, Key string }

// TerminalsView is the page.
var TerminalsView = web.NewView[Terminals](files, "terminals")

// moduleStates are the tabs in the order of a module's life, with the tone of its tag and what may be
// done here. Giving out shows a token once and is done at the command line; destroying takes two
// persons and their record.
var moduleStates = []struct {
	state state.State
	tone  web.Tone
	acts  []TerminalAct
}{
	{terminal.InStock, web.Plain, []TerminalAct{actLost}},
	{terminal.InService, web.Good, []TerminalAct{actReturn, actLost}},
	{terminal.Returned, web.Info, []TerminalAct{actLost}},
	{terminal.Lost, web.Bad, []TerminalAct{{string(terminal.Return), "centre.terminals.do.found"}, {string(terminal.WriteOff), "centre.terminals.do.write_off"}}},
	{terminal.Gone, web.Plain, nil},
	{terminal.Destroyed, web.Plain, nil},
}

var (
	actLost   = TerminalAct{string(terminal.ReportLost), "centre.terminals.do.report_lost"}
	actReturn = TerminalAct{string(terminal.Return), "centre.terminals.do.return"}
)

func (p *Portal) terminals(w http.ResponseWriter, r *http.Request, who desk.Actor) error {
	x, err := p.terminalsOf(r, who)
	if err != nil {
		return err
	}
	return TerminalsView.Show(w, http.StatusOK, x)
}

func (p *Portal) terminalsOf(r *http.Request, who desk.Actor) (Terminals, error) {
	ctx, s := r.Context(), state.State(r.URL.Query().Get("state"))
	x := Terminals{Page: p.Hall.Page(r, web.PortalCentre, "centre.terminals")}
	var err error
	if x.Frame, err = p.frame(ctx, "terminals"); err != nil {
		return x, err
	}
	counts, err := terminal.Count(ctx, p.Store, p.city)
	if err != nil {
		return x, err
	}
	all := 0
	for _, t := range moduleStates {
		if n := counts[t.state]; n > 0 {
			all += n
			x.Tabs = append(x.Tabs, web.Tab{Key: "psam.state." + string(t.state), Href: "/centre/terminals?state=" + string(t.state), N: n, Current: s == t.state})
		}
	}
	counts[""] = all
	x.Tabs = append([]web.Tab{{Key: "centre.terminals.all", Href: "/centre/terminals", N: all, Current: s == ""}}, x.Tabs...)
	x.Pager = web.Pager{Page: web.PageOf(r), Size: size, Total: counts[s], Base: "/centre/terminals?state=" + string(s)}
	list, err := terminal.List(ctx, p.Store, p.city, s, x.Pager.Offset(), size)
	if err != nil {
		return x, err
	}
	x.Rows, err = p.terminalRows(ctx, who, list)
	return x, err
}

func (p *Portal) terminalRows(ctx context.Context, who desk.Actor, list []terminal.Module) ([]TerminalRow, error) {
	var outlets []ref.Holder
	for _, m := range list {
		if m.Place.Kind == terminal.AtOutlet {
			outlets = append(outlets, ref.Holder{Kind: ref.HeldByOutlet, Name: m.Place.Name})
		}
	}
	names, err := p.book(ctx, outlets...)
	if err != nil {
		return nil, err
	}
	rows := make([]TerminalRow, len(list))
	for i, m := range list {
		row := TerminalRow{Number: m.Terminal, Serial: m.Serial, Purpose: "terminal.purpose." + string(m.Purpose), Keeper: m.Keeper.Masked(), Since: m.Since, Place: web.Text{ZH: m.Place.Name}}
		switch m.Place.Kind {
		case terminal.AtOutlet:
			row.Place = names.Name(ref.Holder{Kind: ref.HeldByOutlet, Name: m.Place.Name})
		case terminal.AtCentre:
			row.Place = party.Words("centre.terminals.centre")
		}
		for _, t := range moduleStates {
			if t.state == m.State {
				row.State = web.Tag{Tone: t.tone, Said: web.Say("psam.state." + string(m.State))}
				if desk.May(who.Role, desk.KeepTerminals) {
					row.Acts = t.acts
				}
			}
		}
		rows[i] = row
	}
	return rows, nil
}

// errTerminalAct is the refusal of an act that the page does not offer.
var errTerminalAct = fault.New(fault.Invalid, "centre.terminal_act", "this is not done to a module here")

// moveTerminal is POST /centre/terminals/{id}: what happened to one module, done once.
func (p *Portal) moveTerminal(w http.ResponseWriter, r *http.Request, who desk.Actor) error {
	return p.Hall.Once(w, r, func() (string, error) {
		e := state.Event(r.PostFormValue("do"))
		switch e {
		case terminal.ReportLost, terminal.Return, terminal.WriteOff:
			err := p.Read.Move(r.Context(), who, e, []string{r.PathValue("id")})
			return web.Saying("/centre/terminals", "said.acted"), err
		}
		return "", errTerminalAct
	})
}
