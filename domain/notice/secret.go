package notice

import (
	"regexp"
	"strings"
)

const (
	// secrets that nobody may be asked for in a message, and the verbs of asking for them
	secret = `(?:密[码碼]|口令|卡[号號]|[账帐帳][号號]|账户号|[验驗][证證][码碼]|校[验驗][码碼]|动态码|cv[vn]|身份证照片|人脸|(?:银行卡|信用卡|卡片)(?:有效期|照片|信息)|` +
		`password|passcode|pin(?:code|number)|accountnumber|cardnumber|verificationcode)`
	verb = `(?:提供|回[复復]|告[知诉訴]|发送|发来|发给|输入|輸入|填[写寫报報]|录入|核[对實实對]|验证[^码]|报[出上]|说出|上传|索[要取]|登记|绑定|` +
		`send|reply|provide|tell|type|enter|submit|verify|confirm)`
	// what may stand between "not" and the verb it denies; anything else ends the denial, so that
	// 「不要错过，请回复密码」 stays a question
	filler = `(?:以任何(?:方式|形式|理由|名义)|任何|通过|短信|电话|网络|邮件|在|里|中|向|您的?|你的?|单位|个人|他人|别人|主动|要求|的|让|叫|请|把|将|随意|轻易|再|给|对|陌生|页面|带有?|点击?|打开|` +
		secret + `|[、或和及与]|anyoneto|youto|your?)`
	denial = `(?:不会|绝不会?|从不|永不|不要|请?勿|切勿|不得|不能|不可|不|别|never(?:ask)?|donot|don't|willnot|won't)` + filler + `*`
)

var (
	asks = regexp.MustCompile(verb + `[^。!?]{0,12}` + secret + `|` + secret + `[^。!?]{0,8}` + verb + `|` +
		`(?:回[复復]|发[送来给]|提供)[^。!?]{0,8}(?:身份证|证件)(?:号|照片)`)
	denied = regexp.MustCompile(denial + `(?:` + verb + `|链接|网址)`)
	// 「索要密码的都是诈骗」 warns; only verbs that tell of others' asking can be excused this way
	warns = regexp.MustCompile(`(?:索[要取]|要求(?:您|你)?(?:提供|回复|告知|输入|填写)|让(?:您|你)(?:提供|回复|告知|输入|填写))([^。!?]{0,24}的?(?:都|均|一律|全)?(?:是|为|系|属)于?(?:诈骗|骗子|骗局|假冒|假的))`)
	// what is put between the characters of a word to hide it
	padding = strings.NewReplacer(" ", "", "*", "", "_", "", "-", "", ".", "", "~", "", "|", "", "^", "", "+", "", "#", "", "'", "'")
)

// asksSecret looks at a folded text without what could hide a word in it.
func asksSecret(plain string) bool {
	tight := padding.Replace(plain)
	return asks.MatchString(tight) && asks.MatchString(withoutDenials(warns.ReplaceAllString(tight, "$1")))
}

func withoutDenials(tight string) string { return denied.ReplaceAllString(tight, "") }
