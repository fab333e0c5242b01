package wording

import (
	"encoding/json"
	"fmt"
	"testing"

	"kawu/kit/fault"
)

func TestSaid(t *testing.T) {
	defer func(old map[Lang]map[string]string) { catalogues = old }(catalogues)
	catalogues = map[Lang]map[string]string{ZH: {"x.why": "第 {n} 行", "x.outer": "不行：{reason}"}, EN: {"x.why": "line {n}", "x.outer": "no: {reason}"}}
	s := Say("x.why", "n", 3)
	text, err := json.Marshal([]Said{s})
	if fmt.Sprint(s) != "line 3" || T(ZH, "x.outer", "reason", s) != "不行：第 3 行" || err != nil ||
		string(text) != `[{"code":"x.why","message":{"en":"line 3","zh-CN":"第 3 行"}}]` {
		t.Error(s, T(ZH, "x.outer", "reason", s), string(text), err)
	}
	if f := fault.New(fault.Invalid, "x.none", "no: {reason}", "reason", s); f.Error() != "x.none: no: line 3" {
		t.Error(f.Error())
	}
}
