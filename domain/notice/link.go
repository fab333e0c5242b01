package notice

import (
	"regexp"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// fold brings a text to the form in which a phone would recognise a link: compatibility forms made
// plain, small letters, look-alikes made Latin, nothing invisible, every space a plain one.
func fold(text string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case unicode.In(r, unicode.Cf, unicode.Mn, unicode.Variation_Selector), r == '\u2800', r == '\u1160':
			return -1 // U+2800 and U+1160 (from U+3164) look like nothing
		case unicode.IsSpace(r):
			return ' '
		}
		if l, ok := lookalikes[unicode.ToLower(r)]; ok {
			return l
		}
		return unicode.ToLower(r)
	}, norm.NFKD.String(text))
}

// lookalikes are letters, dots and slashes that stand in for those of an address.
var lookalikes = pairs("аaеeоoрpсcхxуyіiјjѕsԁdһhԛqԝwкkмmтtвbгrοoαaνvρpτtιiκkυuηnıiɡg" + "·.•.∙.⋅.・.●.᛫.⁄/∕/⧸/︓:")

func pairs(s string) map[rune]rune {
	r := []rune(s)
	out := make(map[rune]rune, len(r)/2)
	for i := 0; i+1 < len(r); i += 2 {
		out[r[i]] = r[i+1]
	}
	return out
}

// ending are the top-level domains that are looked for where a dot is unsure: a full stop, a word or
// a bracket in its place, or spaces around it. Words that begin English sentences are not among them.
const ending = `(?:com|cn|net|org|gov|edu|biz|info|xyz|top|vip|icu|link|app|mobi|ltd|ren|wang|asia|tk|ml|cf|gq|cc|tv|hk|tw|io|co|ly|ru|pw|ws)(?:[^a-z]|$)`

var (
	// Phones make a link of these wherever they stand: a scheme, www, punycode, and letters behind a dot.
	address = regexp.MustCompile(`https?|hxxp|://|www|xn--|[a-z0-9]\.[a-z]{2}`)
	chinese = regexp.MustCompile(`\.(?:中国|公司|网络|网址|政务|公益|在线|中文网|网店|集团)|。(?:中国|网络|网址|政务|公益|在线|中文网|网店)(?:[^\p{Han}]|$)`)
	spelled = regexp.MustCompile(`[a-z0-9](?:[.。点點]|小数点|dot|[\[({<【〔「](?:\.|。|dot|点)?[\])}>】〕」])` + ending)
	// four numbers of at most 255 that are not part of something longer, such as a date
	ip = regexp.MustCompile(`(?:^|[^0-9.])` + strings.Repeat(octet+`(?:[.。点]|dot)`, 3) + octet + `(?:[^0-9.]|$)`)
	// words that send people to an address that is said elsewhere
	pointing = regexp.MustCompile(`(?:点击?|点开|打开|戳|访问|进入|登[录陆]|复制|查看)[^。!?]{0,10}(?:链接|网址|连接地址)|(?:链接|网址)(?:如下|为|是|:)|` +
		`点(?:击|开)?(?:此处|这里|下方|以下|下面|蓝字)|clickhere|(?:tap|click|follow|open)(?:on)?(?:the|this)link`)
)

const octet = `(?:25[0-5]|2[0-4]\d|1\d\d|\d?\d)`

// hasLink looks at a folded text. It looks for dots in disguise without the spaces, so that spaces
// do not hide an address, and for plain ones with them, so that two sentences are not one. The
// cheap questions come first.
func hasLink(plain string) bool {
	tight := strings.ReplaceAll(plain, " ", "")
	return strings.ContainsFunc(tight, latin) && (address.MatchString(plain) || spelled.MatchString(tight)) ||
		strings.Contains(tight, "://") || chinese.MatchString(plain) || mayBeIP(tight) && ip.MatchString(tight) ||
		pointing.MatchString(tight) && pointing.MatchString(withoutDenials(tight))
}

func latin(r rune) bool { return r >= 'a' && r <= 'z' }

func mayBeIP(tight string) bool {
	n := 0
	for _, dot := range []string{".", "。", "点", "dot"} {
		n += strings.Count(tight, dot)
	}
	return n >= 3 && strings.ContainsAny(tight, "0123456789")
}
