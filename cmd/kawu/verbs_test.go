package main

import (
	"bytes"
	"encoding/json"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"kawu/kit/wording"
)

// verbs are all commands that do something.
func verbs(c *cobra.Command) (all []*cobra.Command) {
	if len(c.Commands()) == 0 {
		return []*cobra.Command{c}
	}
	for _, sub := range c.Commands() {
		all = append(all, verbs(sub)...)
	}
	return all
}

// example is a command's first example, without "kawu" and with what a shell would do.
func example(t *testing.T, c *cobra.Command) []string {
	t.Helper()
	line, _, _ := strings.Cut(c.Example, "\n")
	line, _, _ = strings.Cut(line, " > ")
	line, _, _ = strings.Cut(line, " --data")
	words := strings.Fields(line)
	if len(words) == 0 {
		return strings.Fields(c.CommandPath())[1:]
	}
	if !strings.HasPrefix(strings.Join(words, " "), c.CommandPath()) {
		t.Fatalf("the example of %s is %q", c.CommandPath(), line)
	}
	return words[1:]
}

// Every verb, by its own example: a flag that is none, a flag given twice, a number below zero, a
// language that is none, a time that is none, one argument too many: all end with 2, before anything is
// done, with words of ours in both languages.
func TestEveryVerbRefusesWrongUse(t *testing.T) {
	refused := func(data string, code string, line ...string) {
		t.Helper()
		out, errs, got := ran(t, data, append(line, "--json")...)
		var doc struct {
			Errors []struct {
				Code    string
				Message map[string]string
			}
		}
		if err := json.Unmarshal([]byte(out), &doc); got != wrong || err != nil || len(doc.Errors) == 0 || doc.Errors[0].Code != code {
			t.Errorf("%s ends with %d, want 2 and %s: %s %s", strings.Join(line, " "), got, code, out, errs)
			return
		}
		if m := doc.Errors[0].Message; m["en"] == "" || m["zh-CN"] == "" || m["en"] == m["zh-CN"] {
			t.Errorf("%s: no words: %v", code, m)
		}
		if left, err := os.ReadDir(data); err == nil && len(left) > 0 {
			t.Errorf("%s leaves %v", strings.Join(line, " "), left)
		}
	}
	n := 0
	for _, c := range verbs((&tool{}).root()) {
		if path := c.CommandPath(); strings.Contains(path, "completion") || strings.HasSuffix(path, "help") {
			continue
		}
		n++
		line, data := example(t, c), t.TempDir()
		refused(data, "usage.no_flag", append(line, "--colour", "red")...)
		refused(data, "usage.not_one_of", append(line, "--lang", "fr")...)
		refused(data, "usage.not_a_time", append(line, "--now", "noon")...)
		refused(data, "usage.not_one_of", append(line, "--db", "mysql://x")...)
		refused(data, "usage.twice", append(line, "--keyd", "a", "--keyd", "a")...)
		if c.Args != nil && c.Args(c, make([]string, 9)) != nil {
			_, errs, code := ran(t, data, append(line, "a", "b", "c", "d")...)
			if code != wrong || !strings.Contains(errs, "usage.") {
				t.Errorf("%s with four more arguments: %d %s", c.CommandPath(), code, errs)
			}
		}
		c.LocalFlags().VisitAll(func(f *pflag.Flag) {
			given := strings.Contains(strings.Join(line, " "), "--"+f.Name)
			switch kind := f.Value.Type(); {
			case f.Name == "help", kind == "stringArray", kind == "stringToString":
			case strings.HasPrefix(kind, "int"):
				if !given {
					refused(data, "usage.too_small", append(line, "--"+f.Name, "-7")...)
					refused(data, "usage.not_a_number", append(line, "--"+f.Name+"=many")...)
				}
			case kind == "string" && !given && !strings.Contains("lang now db data keyd city", f.Name):
				refused(data, "usage.twice", append(line, "--"+f.Name, "a", "--"+f.Name, "b")...)
			}
		})
	}
	if n < 35 {
		t.Errorf("only %d verbs were walked", n)
	}
}

// What is missing, unknown or in the way ends with 1 (the command was written rightly), in words of
// ours, without the library's or the system's.
func TestWhatIsMissing(t *testing.T) {
	data, dir := t.TempDir(), t.TempDir()
	by := found(t, data, "li.01", "zhao.02")
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	taken, none := l.Addr().String(), filepath.Join(dir, "none")
	if err := os.WriteFile(filepath.Join(dir, "file"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	ca := " --organization x --url http://x/ "
	for line, want := range map[string]string{
		"roster check " + none:                                             "1 machine.no_file",
		"roster check " + dir:                                              "1 machine.is_folder",
		"key ceremony " + none:                                             "1 machine.no_file",
		"key ceremony " + dir + "/file/x":                                  "1 machine.no_folder",
		"ca ceremony " + none:                                              "1 machine.no_file",
		"key split x --part a=" + none + "/a --part b=/b":                  "1 machine.no_file",
		"key split x --part a=" + dir + "/file --part b=/":                 "1 machine.file_there",
		"key split x --part a=b":                                           "2 ceremony.one_person",
		"key split x --part a=b --part a=c":                                "2 usage.twice",
		"key split --part a=b --part c=d":                                  "2 usage.needs_flag",
		"key show nobody":                                                  "1 key.missing",
		"key keyd --socket " + none + "/x":                                 "1 machine.no_file",
		"key keyd --socket " + dir + "/s --keyd y":                         "2 usage.own_keyd",
		"ca init --part a=b" + ca:                                          "2 ceremony.one_person",
		"ca init --part a=b --part c=d" + ca:                               "1 ceremony.no_staff ceremony.no_staff",
		"ca init --part li.01=b --part zhao.02=d --organization x --url x": "1 ca.bad_setup",
		"ca status":                          "1 ca.none",
		"ca crl":                             "1 ca.none",
		"ca ocsp --addr " + taken:            "1 ca.none",
		"ca ocsp --addr nowhere":             "2 usage.address",
		"ca find 00":                         "1 certificate.unknown",
		"serve --addr " + taken:              "1 machine.address_taken",
		"serve --addr nowhere":               "2 usage.address",
		"partner bank --addr " + taken:       "1 machine.address_taken",
		"partner bank --faults " + none:      "1 machine.no_file",
		"partner bank --clock moon":          "2 usage.not_one_of",
		"partner nobody":                     "2 app.partner",
		"serve --partner nobody=x":           "2 app.partner",
		"card show X":                        "1 cli.no_card",
		"card certs X --out " + dir:          "1 cli.no_card",
		"card face X --out x.png":            "1 cli.no_card",
		"card face X --out x.txt":            "2 usage.not_one_of",
		"card face X --out x.png --side top": "2 usage.not_one_of",
		"card plug X":                        "1 cli.no_card",
		"card plug X --vpcd nowhere":         "2 usage.address",
		"card invalid --out " + none + "/x":  "1 machine.no_file",
		"card read --invalid " + none:        "1 machine.no_file",
		"card list --limit 0":                "2 usage.too_small",
		"psam show 9":                        "1 terminal.unknown",
		"psam lost 9":                        "1 terminal.unknown",
		"psam list --state away":             "2 usage.not_one_of",
		"psam add A=B --application x --applied 2024-01-15 --purpose fun": "2 usage.not_one_of",
		"psam add A=B --application x --applied soon":                     "1 terminal.bad_serial terminal.bad_number terminal.bad_day",
		"psam give 9 --to nowhere --keeper x":                             "2 usage.not_one_of",
		"psam give 9 --to moon:x --keeper x":                              "2 usage.not_one_of",
		"card show":                                                       "2 usage.no_argument",
		"card show A B":                                                   "2 usage.surplus",
		"policy diff beijing 2024-pilot":                                  "2 usage.no_argument",
		"psam destroy 9 --by " + by["li.01"] + " --by " + by["zhao.02"]:   "1 terminal.unknown",
		"staff end nobody --by " + by["li.01"] + " --by " + by["zhao.02"]: "1 hire.unknown",
		"staff end nobody":                                                "1 hire.more",
		"staff end nobody --by a=" + none:                                 "1 machine.no_file",
		"staff add --login x --name 李明 --role boss":                       "2 usage.not_one_of",
		"staff list --city shanghai":                                      "1 app.other_city",
		"staff list --city nowhere":                                       "2 policy.no_city",
		"policy show nowhere":                                             "2 policy.no_city",
		"policy diff beijing a b":                                         "2 policy.no_edition",
		"calendar is-workday 2099-01-05":                                  "1 cal.year_unpublished",
		"calendar add 2024-02-30":                                         "2 usage.not_a_date",
		"check id 1":                                                      "1",
		"audit verify extra":                                              "2 usage.surplus",
		"card list --db postgres://nobody@127.0.0.1:1/x":                  "1 machine.no_answer",
		"demo --people 0":                                                 "2 usage.too_small",
		"key list --keyd " + none:                                         "1 keyd.away",
	} {
		out, errs, code := ran(t, data, append(strings.Fields(line), "--json", "--now", "2024-02-01")...)
		var doc struct{ Errors []struct{ Code string } }
		if err := json.Unmarshal([]byte(out), &doc); err != nil {
			t.Errorf("%s prints no document: %s", line, out)
		}
		got := string(rune('0' + code))
		for _, e := range doc.Errors {
			got += " " + e.Code
		}
		if got != want {
			t.Errorf("%s: %s, want %s\n%s", line, got, want, errs)
		}
		for _, raw := range []string{"no such file", "permission denied", "address already", "connection refused", "dial tcp", "listen tcp", "strconv", "0x"} {
			if strings.Contains(out+errs, raw) {
				t.Errorf("%s lets the system speak: %s", line, errs)
			}
		}
	}
}

// The environment stands for flags, and is looked at as strictly.
func TestEnvironmentIsStrict(t *testing.T) {
	t.Setenv("KAWU_LIMIT", "-3")
	if _, errs, code := ran(t, t.TempDir(), "card", "list"); code != wrong || !strings.Contains(errs, "usage.too_small") {
		t.Error(code, errs)
	}
	t.Setenv("KAWU_LIMIT", "x")
	if _, errs, code := ran(t, t.TempDir(), "card", "list"); code != wrong || !strings.Contains(errs, "usage.not_a_number") {
		t.Error(code, errs)
	}
	t.Setenv("KAWU_LANG", "zh-CN")
	var out, errs bytes.Buffer
	if code := run(t.Context(), []string{"card", "list", "--limit", "1", "--data", t.TempDir()}, &out, &errs); code != failed || !strings.Contains(errs.String(), "没有安装") || wording.Has("x") {
		t.Error(code, errs.String())
	}
}
