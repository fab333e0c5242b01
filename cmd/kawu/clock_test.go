package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// In a demo's folder what is done at the command line is done at the demo's last moment, and says so:
// a demo lives in 2024. It is not served by the clock on the wall.
func TestDemoFolderKeepsItsClock(t *testing.T) {
	data := t.TempDir()
	found(t, data, "li.01")
	if err := os.WriteFile(filepath.Join(data, marker), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	add := []string{"psam", "add", "4B570000000000000007=110000000007", "--application", "京卡〔2024〕7号", "--applied", "2024-01-15", "--json"}
	out, errs, code := ran(t, data, append(add, "--lang", "en")...)
	if code != done || !strings.Contains(out, `"since": "2024-02-01T09:00:00+08:00"`) || !strings.Contains(errs, "2024-02-01 09:00:00 +08:00") {
		t.Error(code, out, errs)
	}
	if _, errs, code := ran(t, data, "psam", "list", "--quiet"); code != done || errs != "" {
		t.Error(code, errs)
	}
	if _, errs, code := ran(t, data, "psam", "lost", "110000000007", "--now", "2024-03-05", "--lang", "en"); code != done || strings.Contains(errs, "demo") {
		t.Error(code, errs)
	}
	if out, _, _ := ran(t, data, "psam", "return", "110000000007", "--json"); !strings.Contains(out, "2024-03-05T00:00:00") {
		t.Error("the demo's last moment has moved:", out)
	}
	if _, errs, code := ran(t, data, "serve", "--addr", "127.0.0.1:0"); code != failed || !strings.Contains(errs, "app.demo_clock") {
		t.Error(code, errs)
	}
}
