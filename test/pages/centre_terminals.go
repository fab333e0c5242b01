package pages

import (
	"net/http"

	"kawu/channel/centre"
	"kawu/channel/web"
)

func terminalRows() []centre.TerminalRow {
	lost := centre.TerminalAct{Event: "report_lost", Key: "centre.terminals.do.report_lost"}
	back := centre.TerminalAct{Event: "return", Key: "centre.terminals.do.return"}
	hospital := web.Text{ZH: "北桥区第一医院", EN: "Beiqiao First Hospital"}
	return []centre.TerminalRow{
		{Number: "110000000007", Serial: "4B570000000000000007", State: tag(web.Good, "psam.state.in_service"), Purpose: "terminal.purpose.settlement", Place: hospital, Keeper: "王*国", Since: at(2, 1, 10, 0), Acts: []centre.TerminalAct{back, lost}},
		{Number: "110000000008", Serial: "4B570000000000000008", State: tag(web.Bad, "psam.state.lost"), Purpose: "terminal.purpose.settlement", Place: hospital, Keeper: "李*", Since: at(2, 1, 10, 0),
			Acts: []centre.TerminalAct{{Event: "return", Key: "centre.terminals.do.found"}, {Event: "write_off", Key: "centre.terminals.do.write_off"}}},
		{Number: "110000000009", Serial: "4B570000000000000009", State: tag(web.Plain, "psam.state.in_stock"), Purpose: "terminal.purpose.counter", Place: web.Text{ZH: "卡务中心", EN: "Card centre"}, Since: at(1, 29, 9, 30), Acts: []centre.TerminalAct{lost}},
		{Number: "110000000010", Serial: "4B570000000000000010", State: tag(web.Plain, "psam.state.written_off"), Purpose: "terminal.purpose.kiosk", Place: web.Text{ZH: "南河区政务大厅", EN: "Nanhe public service hall"}, Keeper: "赵*敏", Since: at(2, 20, 15, 5)},
	}
}

var centreTerminals = []Sample{
	{"/centre/terminals", "terminals", func(c Case) error {
		return centre.TerminalsView.Show(c.w, http.StatusOK, centre.Terminals{Page: c.page(web.PortalCentre, "centre.terminals"), Frame: centre.Frame{Here: "terminals", Overdue: 3, Exceptions: 12},
			Tabs: []web.Tab{{Key: "centre.terminals.all", Href: "/centre/terminals", N: 4, Current: true}, {Key: "psam.state.in_service", Href: "/centre/terminals?state=in_service", N: 1},
				{Key: "psam.state.lost", Href: "/centre/terminals?state=lost", N: 1}},
			Rows: terminalRows(), Pager: web.Pager{Page: 1, Size: 20, Total: 4, Base: "/centre/terminals?state="}})
	}},
	{"/centre/terminals~none", "terminals", func(c Case) error {
		return centre.TerminalsView.Show(c.w, http.StatusOK, centre.Terminals{Page: c.page(web.PortalCentre, "centre.terminals"), Frame: centre.Frame{Here: "terminals"},
			Tabs: []web.Tab{{Key: "centre.terminals.all", Href: "/centre/terminals", Current: true}}})
	}},
}
