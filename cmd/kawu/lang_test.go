package main

import (
	"os"
	"regexp"
	"strings"
	"testing"
)

// label is an English word that only our own text has: codes, ids and names of files are none.
var label = regexp.MustCompile(`(?i)\b(generation|made|social security|valid|until|certificates?|signing|encryption|keys?|version|check value|in use|list|lines|cards|revoked|opened|together|edition|notice|district|hotline|rows|faults|good|chip|answer|terminal|serial|from|centre|hospital|the|and|with|is|are|no)\b`)

// What lists and shows is said in the language that was asked for, and every moment has its zone.
func TestBothLanguages(t *testing.T) {
	x := foundOffice(t)
	x.issue("crd_1", "BA0000018")
	split := []string{"key", "split", "--title", "密钥仪式", "city/110000/ssse/rk", "--part", "li.01=" + x.in("ka"), "--part", "zhao.02=" + x.in("kb")}
	plan := call(t, x.data, done, split...)
	if err := os.WriteFile(x.in("keys"), []byte(plan), 0o600); err != nil {
		t.Fatal(err)
	}
	roster := x.in("staff.csv")
	if err := os.WriteFile(roster, []byte("姓名,证件号码,手机号码\n李明,110105194912310021,13800002209\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	call(t, x.data, done, "psam", "add", "4B570000000000000007=110000000007", "--application", "京卡〔2024〕7号", "--applied", "2024-01-15", "--now", "2024-02-01")
	for _, c := range [][2]string{
		{"card list", "社保："},
		{"card show ba0000018", "签名证书"},
		{"card certs BA0000018 --out " + x.in("out"), "已写入"},
		{"ca status", "根由 li.01 和 zhao.02 一起打开"},
		{"ca find " + x.serial(), "的签名证书，有效"},
		{"key list", "还没有在用的主密钥"},
		{"key ceremony " + x.in("keys") + " --check", "可以进行"},
		{"key ceremony " + x.in("keys") + " --part li.01=" + x.in("ka") + " --part zhao.02=" + x.in("kb"), "签名记录"},
		{"key show city/110000/ssse/rk", "校验值"},
		{"psam list", "在库"},
		{"psam show 110000000007", "卡务中心"},
		{"staff list", "在用"},
		{"policy list", "起"},
		{"policy show suzhou", "版本"},
		{"policy check", "没有发现问题"},
		{"roster check " + roster, "行可以继续办理"},
		{"audit verify", "完整"},
		{"config check", "卡密钥"},
		{"calendar is-workday 2024-02-04", "工作日"},
	} {
		line, want := c[0], c[1]
		out, errs, code := ran(t, x.data, append(strings.Fields(line), "--lang", "zh-CN", "--now", "2024-02-01T09:00+08:00")...)
		if !strings.Contains(out, want) {
			t.Errorf("%s (%d) does not say %s:\n%s%s", line, code, want, out, errs)
		}
		plain := strings.NewReplacer(x.in("out"), "", "crl.pem", "", "audit verify", "", "keys/", "", "/keys", "", "kawu key", "").Replace(out)
		if words := label.FindAllString(plain, -1); words != nil && !strings.HasPrefix(line, "policy show") {
			t.Errorf("%s speaks English in Chinese: %q\n%s", line, words, out)
		}
		for _, at := range regexp.MustCompile(`\d\d:\d\d:\d\d.{0,7}`).FindAllString(out, -1) {
			if !strings.Contains(at, "+08:00") {
				t.Errorf("%s tells a time without its zone: %s", line, at)
			}
		}
	}
}

// serial is that of the first card's signing certificate.
func (x office) serial() string {
	x.t.Helper()
	return regexp.MustCompile(`signing certificate ([0-9a-f]+)`).FindStringSubmatch(call(x.t, x.data, done, "card", "show", "BA0000018", "--lang", "en", "--now", "2024-02-01"))[1]
}
