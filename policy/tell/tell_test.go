package tell_test

import (
	"strings"
	"testing"
	"time"

	"kawu/city"
	"kawu/kit/clock"
	"kawu/policy"
	"kawu/policy/tell"
	"kawu/policy/term"
)

func TestTell(t *testing.T) {
	b, err := city.Open(nil)
	if err != nil {
		t.Fatal(err)
	}
	p := policy.Person{Group: term.Employed, District: "110102", Age: 40}
	x, err := b.Explain("beijing", &p, term.CampaignReason, term.BankOutlet, time.Date(2024, 2, 15, 9, 0, 0, 0, clock.Zone))
	if err != nil {
		t.Fatal(err)
	}
	why := tell.Grounds(x.Because)
	if len(why) != 1 || why[0].Rules != "BJ-13 BJ-14" || strings.HasPrefix(why[0].ZH(), "：") {
		t.Errorf("one clause with two rules is said once: %+v", why)
	}
	var all []string
	for _, l := range tell.Clauses(x) {
		all = append(all, l.ZH(), l.EN())
	}
	text := strings.Join(all, "\n")
	for _, want := range []string{
		"不予受理的依据：试点换发期间，线上线下各渠道暂不受理个人申领第三代社保卡；试点换发对象由参保单位集体申领，其他人按原渠道办理。［BJ-13 BJ-14］《北京市",
		"Time limit: Made within 30 calendar days of submission, time in the mail not counted. [BJ-20 BJ-40 BJ-43] 北京市",
		"银行：由参保单位从14家合作银行中选择一家开户银行。［BJ-08 BJ-30 BJ-51］",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("missing %q in\n%s", want, text)
		}
	}
}
