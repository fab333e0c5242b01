package tell_test

import (
	"strings"
	"testing"
	"time"

	"kawu/city"
	"kawu/kit/cal"
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

// TestAnswer: what is said below the reasons; after a refusal, of the way out, or that nothing is open.
func TestAnswer(t *testing.T) {
	b, err := city.Open(workdays{})
	if err != nil {
		t.Fatal(err)
	}
	for _, x := range []struct {
		city, day string
		p         policy.Person
		reason    term.Reason
		channel   term.Channel
		want      string
	}{
		{"beijing", "2024-02-15", policy.Person{Group: term.Employed, District: "110102", Age: 40}, term.CampaignReason, term.BankOutlet, "以下说的是：集中换发（单位网上集体办理）"},
		{"beijing", "2024-07-01", policy.Person{Group: term.Retired, Age: 70}, term.CampaignReason, term.Online, "以下说的是：到期换卡（网上自助办理）"},
		{"beijing", "2024-01-30", policy.Person{Group: term.Employed, District: "110102", Age: 40}, term.CampaignReason, term.EmployerOnline, "现在没有可走的渠道，没有承诺任何时限"},
		{"chengdu", "2030-07-01", policy.Person{Group: term.Resident, Age: 40}, term.First, term.Online, "时限：30个工作日；按工作日计算，而其中一年的放假安排国务院尚未公布"},
		{"urumqi", "2023-05-02", policy.Person{Age: 40, Lives: term.LivesHere, Holds: term.HoldsGen2, Expires: term.DateOf(day("2023-05-03"))}, term.Renew, term.BankOutlet, "没有写明换领并激活第三代卡之后原卡是否还能用"},
	} {
		d, err := b.Decide(x.city, &x.p, x.reason, x.channel, day(x.day))
		if err != nil {
			t.Fatal(err)
		}
		var all string
		for _, l := range tell.Answer(d) {
			all += l.ZH + "\n"
			if l.EN == "" {
				t.Errorf("no English for %s", l.ZH)
			}
		}
		if !strings.Contains(all, x.want) {
			t.Errorf("%s %s: no %q in\n%s", x.city, x.day, x.want, all)
		}
		if d.Instead == nil && !d.Allowed && strings.Contains(all, "时限：") {
			t.Errorf("nothing is open and a time limit is told:\n%s", all)
		}
	}
}

func day(s string) time.Time {
	d, err := time.ParseInLocation(time.DateOnly, s, clock.Zone)
	if err != nil {
		panic(err)
	}
	return d
}

type workdays struct{}

func (workdays) AddWorkingDays(d time.Time, n int) (time.Time, error) {
	return cal.AddWorkingDays(d, n)
}
