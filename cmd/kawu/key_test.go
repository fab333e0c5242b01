package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"kawu/chip/ceremony"
)

// call runs a command line with data in a folder and gives what it printed.
func call(t *testing.T, data string, want int, line ...string) string {
	t.Helper()
	out, errs, got := ran(t, data, line...)
	if got != want {
		t.Fatalf("%s ends with %d, not %d: %s%s", strings.Join(line, " "), got, want, out, errs)
	}
	return out + errs
}

// ran runs a command line with data in a folder.
func ran(t *testing.T, data string, line ...string) (out, errs string, code int) {
	t.Helper()
	var o, e bytes.Buffer
	code = run(t.Context(), append([]string{"--data", data}, line...), &o, &e)
	return o.String(), e.String(), code
}

// found makes an installation with centre staff.
func found(t *testing.T, data string, logins ...string) map[string]string {
	t.Helper()
	call(t, data, done, "migrate", "--city", "beijing")
	return hire(t, data, "2024-02-01", logins...)
}

// TestNothingSecretIsPrinted: two custodians, one after the other, and nothing that either holds is on
// the screen.
func TestNothingSecretIsPrinted(t *testing.T) {
	data, dir := t.TempDir(), t.TempDir()
	found(t, data, "li.01", "zhao.02")
	in := func(name string) string { return filepath.Join(dir, name) }
	a, b := "li.01="+in("a"), "zhao.02="+in("b")
	plan := call(t, data, done, "key", "split", "city/110000/ssse/rk", "bank/icbc/debit/mk", "--part", a, "--part", b)
	if err := os.WriteFile(in("plan"), []byte(plan), 0o600); err != nil {
		t.Fatal(err)
	}
	call(t, data, failed, "key", "split", "other", "--part", a, "--part", b) // files are never overwritten
	for lang, words := range map[string]string{"en": "The part of city/110000/ssse/rk@1 that zhao.02 holds is missing", "zh-CN": "缺少 zhao.02 手里的 city/110000/ssse/rk@1 分量"} {
		text := call(t, data, failed, "key", "ceremony", in("plan"), "--part", a, "--lang", lang)
		if !strings.Contains(text, words) || !strings.Contains(text, "--part zhao.02=") || !strings.Contains(text, "KAWU_PART=zhao.02=") {
			t.Error("a missing part is not named, or not how to give it:", text)
		}
	}
	all := plan + call(t, data, done, "key", "ceremony", in("plan"), "--check")
	all += call(t, data, done, "key", "ceremony", in("plan"), "--custodian", "li.01", "--part", a)
	all += call(t, data, failed, "key", "ceremony", in("plan"), "--custodian", "zhao.02", "--part", "zhao.02="+in("a"))
	all += call(t, data, done, "key", "ceremony", in("plan"), "--part", b, "--json")
	all += call(t, data, failed, "key", "ceremony", in("plan"), "--part", a, "--part", b) // taken
	all += call(t, data, done, "key", "list") + call(t, data, done, "key", "show", "city/110000/ssse/rk") + call(t, data, failed, "key", "show", "nobody")
	all += call(t, data, done, "ca", "init", "--organization", "示例", "--url", "http://ca.example", "--part", "li.01="+in("ra"), "--part", "zhao.02="+in("rb"))
	if err := os.WriteFile(in("root"), []byte("ceremony: list\nlist_days: 400\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	all += call(t, data, failed, "ca", "ceremony", in("root"), "--part", "li.01="+in("ra"), "--part", "zhao.02="+in("ra"))
	if text := call(t, data, failed, "ca", "ceremony", in("root"), "--part", "li.01="+in("ra"), "--lang", "en"); !strings.Contains(text, "--part zhao.02=FILE") {
		t.Error(text)
	}
	all += call(t, data, done, "ca", "ceremony", in("root"), "--part", "li.01="+in("ra"), "--part", "zhao.02="+in("rb"))
	all += call(t, data, done, "ca", "crl") + call(t, data, done, "ca", "status") + call(t, data, done, "audit", "verify")
	if text := call(t, data, failed, "config", "check"); !strings.Contains(text, "safe.no_masters") && !strings.Contains(text, "no card keys yet") {
		t.Error("a check does not say that there are no card keys in use:", text)
	}
	shown := strings.ToUpper(strings.NewReplacer(" ", "", "\n", "").Replace(all))
	for _, name := range []string{"a", "b", "ra", "rb"} {
		text, err := os.ReadFile(in(name))
		if err != nil {
			t.Fatal(err)
		}
		sheet, err := ceremony.ReadSheet(text)
		if err != nil || len(sheet) == 0 {
			t.Fatal(name, err)
		}
		for _, line := range strings.Split(strings.TrimSpace(string(text)), "\n") {
			_, part, _ := strings.Cut(line, ": ")
			if part = strings.ReplaceAll(strings.Trim(part, `"'`), " ", ""); len(part) != 32 || strings.Contains(shown, part) {
				t.Errorf("a part of file %s was printed, or is no part: %d digits", name, len(part))
			}
		}
	}
	if !strings.Contains(all, "No masters are in use yet") {
		t.Error("key list does not say what the keys are worth")
	}
}
