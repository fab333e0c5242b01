package pages

import (
	"net/http"
	"time"

	"kawu/channel/employer"
	"kawu/channel/web"
)

func frame(here string, reached int) employer.Frame {
	return employer.Frame{ID: "bat_1", No: "BJ240201-0007", Opened: at(2, 1, 10, 30), Deadline: day(3, 8), Here: here, Reached: reached, Bad: 31, Waiting: 64}
}

func line(n int, name string, cells ...employer.Cell) employer.Row {
	cells = append([]employer.Cell{{Key: "name", Value: name}}, cells...)
	r := employer.Row{Line: n, Cells: cells}
	for _, c := range cells {
		switch {
		case c.Fault != "" && !c.Ask:
			r.Tone = web.Bad
		case c.Fault != "" && r.Tone == "":
			r.Tone = web.Watch
		}
	}
	return r
}

func num(value, fault string) employer.Cell {
	return employer.Cell{Key: "id", Value: value, Fault: fault, Mono: true, Size: 19}
}

func tel(value, fault string) employer.Cell {
	return employer.Cell{Key: "mobile", Value: value, Fault: fault, Mono: true, Size: 12}
}

func dep(value string) employer.Cell { return employer.Cell{Key: "department", Value: value} }

var employerSamples = []Sample{
	{"/employer/batches/bat_1/check", "check", func(c Case) error {
		return employer.CheckView.Show(c.w, http.StatusOK, employer.Check{Page: c.page(web.PortalEmployer, "employer.check"), Frame: frame("check", 1),
			File:  employer.Uploaded{File: "花名册_2月.xlsx", At: at(2, 1, 10, 42), Rows: 1018, Took: 1300 * time.Millisecond},
			Total: 1018, Good: 972, Bad: 31, Ask: 15, Tab: "bad",
			Groups: []employer.Group{
				{Code: "roster.number_rounded", What: words("证件号码被 Excel 存成数字", "Excel saved the identity number as a number"), Why: words("末 3 位已丢失，请对照身份证重新填写", "The last 3 digits are lost; type it again from the identity card"), N: 14, Must: true},
				{Code: "roster.elsewhere", What: words("已在其他单位的批次里", "Already in another employer's application"), Why: words("这些人本月已由派遣公司申领，不用重复报", "Their agency has applied for them this month"), N: 6, Must: true, Do: "employer.do.remove"},
				{Code: "roster.normalised", What: words("证件号码用了全角数字或小写 x", "Full-width digits or a small x in the identity number"), Why: words("已自动改成标准写法", "Changed to the standard form"), N: 15},
			},
			Cols: []string{"employer.col.name", "employer.col.id_number", "employer.col.mobile", "employer.col.department"},
			Rows: []employer.Row{
				line(18, "欧阳秉谦", num("11010219880712401", "少 1 位，应为 18 位"), tel("139****1841", ""), dep("研发部")),
				line(43, "阿卜杜热合曼·买买提", num("110102199203054510", "末位校验不符，请对照身份证"), tel("1380000772", "应为 11 位，您填了 10 位"), dep("质检部")),
				line(57, "㛃小禾", num("110***********0020", ""), tel("", "请填手机号，本人要收短信确认"), dep("研发部")),
				line(102, "司马䶮𠅤", num("110102198501017723", "与第 88 行重复"), tel("136****9120", ""), dep("行政部")),
				line(260, "何一", num("1.10102E+17", "证件号码被 Excel 存成数字，末 3 位已丢失，请重新填写"), tel("137****0039", ""), dep("物流部")),
			},
			Pager: web.Pager{Page: 1, Size: 5, Total: 31, Base: "?tab=bad"}})
	}},
}
