package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestFirstPasswordIsGoodOnce: what staff add prints to the first officer does not make the first
// officer the second, and the commands say what to do.
func TestFirstPasswordIsGoodOnce(t *testing.T) {
	data, dir := t.TempDir(), t.TempDir()
	by := found(t, data, "li.01")
	write := func(name, text string, mode os.FileMode) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(text+"\n"), mode); err != nil {
			t.Fatal(err)
		}
		if err := os.Chmod(path, mode); err != nil {
			t.Fatal(err)
		}
		return path
	}
	first := write("first", "one of the office", 0o600)
	own := write("own", "four other short words", 0o600)
	now := []string{"--now", "2024-02-01", "--lang", "en"}
	kawu := func(want int, says string, line ...string) {
		t.Helper()
		if text := call(t, data, want, append(line, now...)...); !strings.Contains(text, says) {
			t.Errorf("%s does not say %q: %s", strings.Join(line, " "), says, text)
		}
	}
	add := func(login string, by ...string) []string {
		line := []string{"staff", "add", "--role", "centre", "--name", "李明", "--login", login, "--password", first}
		for _, b := range by {
			line = append(line, "--by", b)
		}
		return line
	}
	kawu(done, "kawu staff password zhao.02", add("zhao.02", by["li.01"])...)
	kawu(failed, "kawu staff password zhao.02", add("sun.03", by["li.01"], "zhao.02="+first)...)
	kawu(failed, "kawu staff password zhao.02", "ca", "init", "--organization", "x", "--url", "http://ca.example", "--part", "li.01="+dir+"/a", "--part", "zhao.02="+dir+"/b")
	kawu(failed, "not the password zhao.02", "staff", "password", "zhao.02", "--old", own, "--new", first)
	kawu(failed, "this is no terminal", "staff", "password", "zhao.02", "--old", first)
	kawu(done, "zhao.02 has a new password", "staff", "password", "zhao.02", "--old", first, "--new", own)
	kawu(failed, "not the password of zhao.02", add("sun.03", by["li.01"], "zhao.02="+first)...)
	kawu(done, "sun.03 is hired", add("sun.03", by["li.01"], "zhao.02="+own)...)
	kawu(done, "void", "staff", "reset", "sun.03", "--by", by["li.01"], "--by", "zhao.02="+own)

	open := write("open", "four other short words", 0o640)
	kawu(failed, "chmod 600 "+open, "staff", "end", "sun.03", "--by", by["li.01"], "--by", "zhao.02="+open)
	for range 7 {
		kawu(failed, "not the password of zhao.02", "staff", "end", "sun.03", "--by", "zhao.02="+first)
	}
	kawu(failed, "zhao.02 was tried too often and is locked until 00:", "staff", "end", "sun.03", "--by", "zhao.02="+own)
}
