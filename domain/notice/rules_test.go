package notice

import (
	"errors"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"pgregory.net/rapid"

	"kawu/kit/clock"
	"kawu/kit/wording"
)

func TestLinksAreRefused(t *testing.T) {
	for _, s := range []string{
		"详情见 http://kawu.example.cn/a", "HTTPS://KAWU.CN", "hxxp://kawu.cn", "打开weixin://dl/business", "kawu.cn", "请登录kawu.gov.cn查询",
		"www.kawu", "ｗｗｗ．ｋａｗｕ．ｃｎ", "ｋａｗｕ．ｃｏｍ", "kawu。cn", "kawu｡cn", "ｗｗｗ。例 . cn", "kawu . cn", "kawu .cn", "k a w u . c n",
		"ka\u200bwu.\u200dc\ufeffn", "kawu\u2060.cn", "kawu\u00ad.cn", "kawu\u2800.cn", "kawu\u3164.cn", "kawu\n.cn", "kawu点cn", "kawu点com查询",
		"kawu dot com", "kawu[.]com", "kawu(dot)cn", "kawu【.】cn", "kawu「点」net", "kawu小数点cn", "kawu·cn", "kawu•com", "kawu・cn", "kawu․cn",
		"192.168.1.1", "请访问 10.0.0.8 领取", "1.2.3.4", "１９２．１６８．１．１", "192。168。1。1", "192 . 168 . 1 . 1", "http：／／1.2.3.4",
		"xn--fiqs8s", "社保卡.xn--fiqs8s", "社保卡.中国", "社保卡。中国", "社保卡.公司领取", "t.cn/A6x", "dwz.cn/abc", "url.cn", "bit.ly/3x", "is.gd/x",
		"goo.gl", "a@b.com", "клик.com", "kаwu.cn", "ｋａｗｕ｡ｃｎ", "kawu.cn领取", "领取kawu.cn", "①kawu.cn", "KAWU.CN", "kawu.museum", "ready.Please",
		"点击下方链接领取", "点击链接", "点此处领取", "请复制网址到浏览器", "网址：见短信", "链接如下", "请打开以下链接", "Click here to collect", "Tap the link below",
		"不点击链接卡会停用，请点击链接", "不要错过，点击链接领取", "为了不停卡请点击链接",
	} {
		if err := Check(s); !errors.Is(err, ErrLink) {
			t.Errorf("%q: %v", s, err)
		}
	}
}

func TestQuestionsForSecretsAreRefused(t *testing.T) {
	for _, s := range []string{
		"请回复您的银行卡号", "请提供社保卡金融账号和支付密码", "请输入支付密码完成验证", "将验证码回复至本号码", "密码请发送至12333", "请核对您的银行账号",
		"回复密 码", "回复密*码", "回复密.码", "回复密\u200b码", "請回復密碼", "請輸入驗證碼", "请上传身份证照片", "请告知 CVV2", "请填写银行卡有效期", "报出校验码",
		"请提供身份证号码", "回复证件照片即可领卡", "账号请填报在表内", "ｃｖｖ请告知", "帳號請告知", "我中心向您索要密码",
		"为了不停用，请回复密码", "不要错过补贴，请回复验证码", "不会影响使用请回复密码", "请勿告诉他人，只回复我们验证码", "不会收费请提供卡号",
		"Reply with your password", "Please enter your verification code", "Do not miss this: send your card number",
	} {
		if err := Check(s); !errors.Is(err, ErrSecret) {
			t.Errorf("%q: %v", s, err)
		}
	}
}

func TestOrdinaryTextsPass(t *testing.T) {
	for _, s := range []string{
		"", "【卡务中心】您的新卡已到西城支行，2月15日起可领取，电话010-66110088。", "2024.2.15前有效", "2024.02.15", "2024.2.15 10:30", "3.5", "快递费3.50元", "共1,234.56元",
		"请拨12333", "上午9点到11点30分", "版本 3.0。", "No.12 窗口", "西城支行 B-07", "单号EA123456789CN，免快递费",
		"已提交。中国工商银行将为您开户。", "已由中国银行寄出。公司经办人可代领。", "制好。网络查询请登录市人社局官网", "阿卜杜·买买提您好", "您的卡在ICBC。请携证领取",
		"我们不会向您索要密码。", "我们不发链接，也不会索要密码。", "短信里没有链接。", "我们不会以任何理由要求您提供银行卡号、密码。", "请勿将验证码告知他人",
		"不要把密码、验证码告诉任何人", "请勿点击任何链接", "不要点击陌生短信里的链接", "凡索要密码、验证码的都是诈骗。", "要求您提供银行卡号的一律为诈骗，请拨110",
		"登录验证码482913，5分钟内有效。不要告诉任何人。", "请在“确认申领信息”页输入确认码12345678，2月20日前有效。", "如非本人办理请拨12333核实。", "账户须本人到该行任一网点激活。",
		"Your card is at the outlet. Please bring your identity document.", "It works. Online, see the bureau's site.", "We never send web addresses and never want a PIN.",
		"We never ask you to send your password.", "valid until 15 Feb, 09:05", "第1.2.3项", "10.5.3版", "请带身份证原件，到网点核对信息",
	} {
		if err := Check(s); err != nil {
			t.Errorf("%q: %v", s, err)
		}
	}
}

// Every message the program can send passes with arguments as they really are.
func TestOwnMessagesPass(t *testing.T) {
	args := []any{"employer", "北京示例科技有限公司", "bank", "中国银行", "code", "48291357", "until", time.Date(2024, 2, 15, 0, 0, 0, 0, clock.Zone),
		"due", time.Date(2024, 3, 2, 0, 0, 0, 0, clock.Zone), "reason", "证件已过期", "outlet", "中国银行西单支行", "phone", "010-66110088",
		"waybill", "EA123456789CN", "at", "2月15日 09:05", "n", 3, "minutes", 5}
	n := 0
	for _, key := range wording.Keys() {
		if !strings.HasPrefix(key, "sms.") {
			continue
		}
		for _, l := range wording.Langs {
			n++
			if text := wording.T(l, key, args...); Check(text) != nil || strings.Contains(text, "{") {
				t.Errorf("%s %s: %v: %s", l, key, Check(text), text)
			}
		}
	}
	if n < 10 {
		t.Errorf("only %d messages", n)
	}
}

// An address stays an address whatever invisible characters, spaces around its dot and widths are
// mixed into it, and whatever ordinary text stands around it.
func TestDisguisesDoNotHelp(t *testing.T) {
	invisible := []string{"\u200b", "\u200c", "\u200d", "\u2060", "\ufeff", "\u00ad", "\u180e", "\ufe0f", "\u0301", "\u202e", "\u2800"}
	wide := func(r rune) rune {
		if r > ' ' && r < 0x7f {
			return r + 0xfee0
		}
		return r
	}
	rapid.Check(t, func(r *rapid.T) {
		link := rapid.SampledFrom([]string{"kawu.cn", "card-pay.com", "shebao.top", "k4.xyz", "12333.net"}).Draw(r, "link")
		var b strings.Builder
		b.WriteString(rapid.SampledFrom([]string{"", "请到", "已制好。", "2月15日 "}).Draw(r, "before"))
		for _, c := range link {
			if rapid.Bool().Draw(r, "wide") {
				c = wide(c)
			}
			if c == '.' || c == wide('.') {
				b.WriteString(rapid.SampledFrom([]string{".", "．", "。", "｡", " . ", "点", "[.]", "•", " dot "}).Draw(r, "dot"))
				continue
			}
			b.WriteRune(c)
			b.WriteString(rapid.SampledFrom(append(invisible, "", "", "")).Draw(r, "hidden"))
		}
		b.WriteString(rapid.SampledFrom([]string{"", " 领取", "，谢谢", "/a?b=1"}).Draw(r, "after"))
		if err := Check(b.String()); !errors.Is(err, ErrLink) {
			r.Fatalf("%q passes: %v", b.String(), err)
		}
	})
}

func FuzzCheck(f *testing.F) {
	f.Add("请回复密码 kawu。cn")
	f.Fuzz(func(t *testing.T, s string) {
		err := Check(s)
		if utf8.ValidString(s) && err == nil && strings.Contains(strings.ToLower(s), "://") {
			t.Errorf("%q passes", s)
		}
		if err != nil && s != "" && strings.Contains(err.Error(), s) && utf8.RuneCountInString(s) > 12 {
			t.Errorf("the fault repeats the text")
		}
	})
}

// A hundred thousand messages are checked inside one sitting; the figure is for one of them.
func BenchmarkCheckAll(b *testing.B) {
	all := make([]Message, b.N)
	for i := range all {
		all[i].Text = wording.T(wording.ZH, "sms.confirm", "employer", "北京示例科技有限公司", "bank", "中国银行", "code", 48291357+i, "until", "2月15日")
	}
	b.ResetTimer()
	if err := checkAll(all); err != nil {
		b.Fatal(err)
	}
}

func TestCheckAllIsNoMilder(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		s := rapid.StringMatching(`[0-9a-c.]{0,12}(密码|回复|。|点|cn|[0-9]){0,4}[0-9.]{0,16}`).Draw(r, "text")
		if Check(s) != nil && checkAll([]Message{{Text: s}}) == nil {
			r.Fatalf("%q", s)
		}
	})
}
