package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// Reading never creates: where there is no installation, commands that only look, and ceremonies, which
// need people who work there, say so and leave the folder as it was.
func TestReadingCreatesNothing(t *testing.T) {
	plan := filepath.Join(t.TempDir(), "plan")
	call(t, t.TempDir(), done, "key", "split", "city/110000/ssse/rk", "--part", "li.01="+plan+".a", "--part", "zhao.02="+plan+".b")
	text := call(t, t.TempDir(), done, "key", "split", "city/110000/ssse/rk", "--part", "li.01="+plan+".c", "--part", "zhao.02="+plan+".d")
	if err := os.WriteFile(plan, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	out := filepath.Join(t.TempDir(), "out")
	for _, line := range []string{
		"key ceremony " + plan + " --check", "key ceremony " + plan, "key list", "key show x", "ca status", "ca crl", "ca ocsp --addr 127.0.0.1:0", "ca find 00", "ca ceremony " + plan,
		"ca init --organization x --url http://x/ --part li.01=" + out + ".a --part zhao.02=" + out + ".b",
		"card list", "card show x", "card certs x --out " + out, "card face x --out " + out + ".png", "card plug x", "card invalid --out " + out, "card read",
		"psam list", "psam show 1", "psam lost 1", "psam add a=b --application x --applied 2024-01-15", "psam destroy 1 --by a=" + plan + " --by b=" + plan,
		"staff list", "staff end x", "audit verify", "config check", "policy list", "policy show beijing", "policy check",
		"policy decide beijing --on 2024-02-15 --reason campaign --channel employer_online --group employed --district 110102",
		"calendar is-workday 2024-02-04", "check id 11010519491231002X", "version",
	} {
		for name, data := range map[string]string{"missing": filepath.Join(t.TempDir(), "none"), "empty": t.TempDir()} {
			before, _ := os.ReadDir(data)
			_, _, code := ran(t, data, strings.Fields(line)...)
			after, err := os.ReadDir(data)
			if len(before) != len(after) || name == "missing" && err == nil {
				t.Errorf("%s in a folder that is %s makes %v", line, name, after)
			}
			_, outside := os.Stat(out)
			if _, a := os.Stat(out + ".a"); outside == nil || a == nil {
				t.Fatalf("%s writes files", line)
			}
			reads := strings.HasPrefix(line, "policy") || strings.HasPrefix(line, "c") && !strings.HasPrefix(line, "ca ") && !strings.HasPrefix(line, "card") && !strings.HasPrefix(line, "config") || line == "version"
			if want := map[bool]int{true: done, false: failed}[reads]; code != want {
				t.Errorf("%s ends with %d, not %d", line, code, want)
			}
		}
	}
}
