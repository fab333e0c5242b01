package notice

import (
	"regexp"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"kawu/kit/fault"
)

// ErrLink and ErrSecret are the refusals of a text; they name the rule and never the text.
var (
	ErrLink   = fault.New(fault.Refused, "notice.link", "a message to people may not hold a link or a web address (BJ-45)")
	ErrSecret = fault.New(fault.Refused, "notice.secret", "a message to people may not ask for an account number, password or code (BJ-46)")
)

var (
	// anything like a link: a scheme, www, or a word, a dot and a top-level-like word, with the
	// full-width and spelled-out dots that evade a simple pattern.
	link = regexp.MustCompile(`(?i)(://|www\.|[a-z0-9-]{1,63}\.(?:[a-z]{2,24}|xn--[a-z0-9-]+)|[\p{Han}a-z0-9-]+\.(?:中国|公司|网络|网址|政务)|\d{1,3}(?:\.\d{1,3}){3}|网址[:：]|点击.{0,6}链接|点(?:击|开).{0,4}(?:此处|下方|以下))`)
	// asking: a verb of giving close to the name of a secret, in either order.
	ask    = `(?:提供|回复|告知|发送|发来|输入|填写|填报|核对|核实|验证|报出|说出|上传)`
	secret = `(?:密码|口令|银行卡号|卡号|账号|帐号|账户号|验证码|校验码|cvv|有效期|身份证照片)`
	asks   = regexp.MustCompile(`(?i)` + ask + `.{0,12}` + secret + `|` + secret + `.{0,8}` + ask)
)

// denied are the ways to say that we never ask; they would otherwise look like asking.
var denied = regexp.MustCompile(`(?:不会|绝不|从不|不要|请勿|切勿|勿|不得)[^，。；！\n]{0,30}`)

// Check refuses a text that holds anything like a link or asks for a secret. Compatibility forms,
// spaces, zero-width characters and spelled-out dots are folded first, so that "ｗｗｗ。例 . cn" is
// seen for what it is.
func Check(text string) error {
	t := norm.NFKC.String(text)
	t = strings.Map(func(r rune) rune {
		switch {
		case r == '。' || r == '｡' || r == '．' || r == '•':
			return '.'
		case unicode.Is(unicode.Cf, r), unicode.IsSpace(r):
			return -1
		}
		return r
	}, t)
	if link.MatchString(t) {
		return ErrLink
	}
	if asks.MatchString(denied.ReplaceAllString(t, "")) {
		return ErrSecret
	}
	return nil
}
