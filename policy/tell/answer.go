package tell

import (
	"fmt"
	"strings"

	"kawu/policy"
	"kawu/policy/notice"
	"kawu/policy/promise"
	"kawu/policy/term"
)

// Answer says what a decision offers, below its reasons: the channels, the way out of a refusal, banks,
// time limit, and where the notice was read one way of several.
func Answer(d policy.Decision) (out []notice.Text) {
	if l := d.Offered.List(); len(l) > 0 {
		out = append(out, both("现在可走的渠道：%s", "channels open: %s", channels(l)))
	} else {
		out = append(out, notice.Text{ZH: "现在没有可走的渠道，没有承诺任何时限", EN: "channels open: none, and nothing is promised"})
	}
	if w := d.Instead; w != nil {
		out = append(out, both("以下说的是：%s", "what follows is about: %s", by(*w)))
	}
	if len(d.Banks) > 0 {
		names := strings.Join(d.Banks, "、")
		out = append(out, notice.Text{ZH: "银行：" + names, EN: "banks: " + names})
	}
	if d.Promise.Kind != 0 {
		out = append(out, limit(d.Promise))
	}
	if r := d.Promise.Reading; r != nil {
		out = append(out, *r)
	}
	if o := d.OldCard; o != nil && o.Reading != nil {
		out = append(out, both("原卡：%s", "old card: %s", *o.Reading))
	}
	return out
}

func limit(p promise.Due) notice.Text {
	kind := notice.Label("days", p.Kind.String())
	t := notice.Text{ZH: fmt.Sprintf("时限：%d%s", p.Days, kind.ZH), EN: fmt.Sprintf("promise: %d %s", p.Days, kind.EN)}
	if p.Unknown != nil {
		return notice.Text{ZH: t.ZH + "；" + p.Unknown.ZH, EN: t.EN + "; " + p.Unknown.EN}
	}
	return notice.Text{ZH: t.ZH + "，最迟" + p.Due.String(), EN: t.EN + ", by " + p.Due.String()}
}

// by is a matter and its channel: 到期换卡（合作银行网点）.
func by(w policy.Instead) notice.Text {
	r, c := notice.Label("reason", w.Reason.String()), notice.Label("channel", w.Channel.String())
	return notice.Text{ZH: r.ZH + "（" + c.ZH + "）", EN: r.EN + " (" + c.EN + ")"}
}

func channels(l []term.Channel) notice.Text {
	zh, en := make([]string, len(l)), make([]string, len(l))
	for i, c := range l {
		zh[i], en[i] = notice.Label("channel", c.String()).ZH, c.String()
	}
	return notice.Text{ZH: strings.Join(zh, "、"), EN: strings.Join(en, ", ")}
}

func both(zh, en string, x notice.Text) notice.Text {
	return notice.Text{ZH: fmt.Sprintf(zh, x.ZH), EN: fmt.Sprintf(en, x.EN)}
}
