package main

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"kawu/chip/cos"
	"kawu/chip/psam"
	"kawu/chip/vpcd"
	"kawu/domain/card"
	"kawu/domain/ref"
	"kawu/flow/desk"
	"kawu/kit/state"
)

const driver = "/usr/lib/pcsc/drivers/serial/libifdvpcd.so"

// TestReadThroughPCSC runs the real program, built with PC/SC, against pcscd with two virtual readers:
// the card in one, the terminal's module in the other. It runs itself again in network and mount
// namespaces of its own, because vpcd listens on all interfaces and pcscd has one socket a machine.
func TestReadThroughPCSC(t *testing.T) {
	if os.Getenv("KAWU_INSIDE") == "" {
		outsidePCSC(t)
		return
	}
	x := install(t)
	token := x.give(t)
	stop := readers(t, x)
	defer stop()
	line := "110000|510100201911010012|BA0000018|" + cardID(t, x) + "|龴龵𠮷·小明|00814b57018600000000000007|3.00|20240115|20340114|"
	for _, c := range []struct {
		name string
		args []string
		code int
		want string
	}{
		{"here", []string{"--plain"}, done, line + noTerminal + "|0|\n"},
		{"over the line", []string{"--plain", "--office", x.url, "--terminal", terminalNumber, "--device", "D7"}, done, line + terminalNumber + "|D7|\n"},
		{"the module", []string{"--plain", "--module", "1", "--division", "110000"}, done, line + terminalNumber + "|0|\n"},
		{"masked", nil, done, "accepted"},
		{"elsewhere", []string{"--division", "310000"}, failed, "reader.other_issuer"},
		{"another city's module", []string{"--module", "1", "--division", "110100"}, failed, "reader.forged"},
		{"no card", []string{"--reader", "7"}, failed, "pcsc.no_reader"},
	} {
		if code, out := x.program(t, token, c.args...); code != c.code || !strings.Contains(out, c.want) || c.args == nil && strings.Contains(out, "20191101") {
			t.Errorf("%s: %d\n%s\nwant %s", c.name, code, out, c.want)
		}
	}
	if code, out := x.program(t, "x", "--office", x.url, "--terminal", terminalNumber); code != failed || !strings.Contains(out, "readcard.unknown_terminal") {
		t.Error(code, out)
	}
	x.sit(t, func(s *desk.Sitting) error {
		return state.Apply(t.Context(), s.Tx, card.Social, "report", []ref.Card{x.id}, s.ID)
	})
	for _, args := range [][]string{nil, {"--office", x.url, "--terminal", terminalNumber}} {
		if code, out := x.program(t, token, args...); code != failed || !strings.Contains(out, "reader.listed") {
			t.Error("a lost card:", code, out)
		}
	}
	list := filepath.Join(t.TempDir(), "list")
	if code, _, errs := x.kawu(t, "card", "invalid", "--out", list); code != done {
		t.Fatal(errs)
	}
	if code, out := x.program(t, token, "--module", "1", "--division", "110000", "--invalid", list); code != failed || !strings.Contains(out, "reader.listed") {
		t.Error("a lost card without a line:", code, out)
	}
	if code, _, errs := x.kawu(t, "psam", "lost", terminalNumber); code != done {
		t.Fatal(errs)
	}
	if code, out := x.program(t, token, "--office", x.url, "--terminal", terminalNumber); code != failed || !strings.Contains(out, "readcard.lost_terminal") {
		t.Error(code, out)
	}
}

func cardID(t *testing.T, x installation) string {
	t.Helper()
	c, err := card.Get(t.Context(), x.Store, x.id)
	if err != nil {
		t.Fatal(err)
	}
	return c.Chip
}

// program runs `kawu card read` as its own process.
func (x installation) program(t *testing.T, token string, args ...string) (int, string) {
	t.Helper()
	c := exec.Command(os.Getenv("KAWU_PROGRAM"), append([]string{"card", "read", "--data", x.dir, "--lang", "en", "--now", "2024-02-01"}, args...)...)
	c.Env = append(os.Environ(), "KAWU_TOKEN="+token)
	out, err := c.CombinedOutput()
	if err != nil && c.ProcessState == nil {
		t.Fatal(err)
	}
	return c.ProcessState.ExitCode(), string(out)
}

// slot is a module that can be plugged in: a plain card that knows no contactless side.
type slot struct{ *psam.Module }

func (slot) Power(cos.Interface) []byte {
	return []byte{0x3B, 0x6D, 0, 0, 'P', 'S', 'A', 'M', 0, 0, 0, 0, 0, 0, 0, 0, 7}
}
func (s slot) Answer(side cos.Interface) []byte { return s.Power(side) }
func (slot) Off()                               {}

// readers starts pcscd with vpcd and plugs the card and the module in.
func readers(t *testing.T, x installation) (stop func()) {
	t.Helper()
	dir := t.TempDir()
	conf := "FRIENDLYNAME \"Virtual PCD\"\nDEVICENAME /dev/null:0x8C7B\nLIBPATH " + driver + "\nCHANNELID 0x8C7B\n"
	if err := os.WriteFile(filepath.Join(dir, "vpcd"), []byte(conf), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, c := range [][]string{{"ip", "link", "set", "lo", "up"}, {"mkdir", "-p", "/run/pcscd"}, {"mount", "-t", "tmpfs", "tmpfs", "/run/pcscd"}} {
		if out, err := exec.Command(c[0], c[1:]...).CombinedOutput(); err != nil {
			t.Fatalf("%v: %v\n%s", c, err, out)
		}
	}
	service := exec.Command("pcscd", "-f", "-c", dir)
	if err := service.Start(); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Minute)
	for address, c := range map[string]vpcd.Card{vpcd.Address: x.chip, "127.0.0.1:35964": slot{x.module(t)}} {
		go func() {
			for tick := time.NewTicker(50 * time.Millisecond); ctx.Err() == nil; <-tick.C {
				_ = vpcd.Plug(ctx, address, c) // refused until pcscd has loaded vpcd
			}
		}()
	}
	for _, n := range []string{"0", "1"} {
		for tick := time.NewTicker(100 * time.Millisecond); exec.Command("opensc-tool", "-r", n, "-a").Run() != nil; <-tick.C {
			if ctx.Err() != nil {
				t.Fatal("no card in reader ", n)
			}
		}
	}
	return func() {
		cancel()
		_ = service.Process.Kill()
		_ = service.Wait()
	}
}

func outsidePCSC(t *testing.T) {
	for _, tool := range []string{"unshare", "ip", "mount", "pcscd", "opensc-tool", "gcc", "pkg-config"} {
		if _, err := exec.LookPath(tool); err != nil {
			t.Skipf("%s is not installed: Debian packages pcscd vsmartcard-vpcd opensc gcc pkg-config", tool)
		}
	}
	if _, err := os.Stat(driver); err != nil {
		t.Skip("vpcd is not installed: Debian package vsmartcard-vpcd")
	}
	if exec.Command("pkg-config", "--exists", "libpcsclite").Run() != nil {
		t.Skip("the C library is not installed: Debian package libpcsclite-dev")
	}
	if out, err := exec.Command("unshare", "-n", "-m", "true").CombinedOutput(); err != nil {
		t.Skip("namespaces are not allowed here (needs root): ", string(out))
	}
	program := filepath.Join(t.TempDir(), "kawu")
	build := exec.Command("go", "build", "-tags", "pcsc", "-o", program, ".")
	build.Env = append(os.Environ(), "CGO_ENABLED=1")
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	again := exec.Command("unshare", "-n", "-m", os.Args[0], "-test.v", "-test.run", "^TestReadThroughPCSC$")
	again.Env = append(os.Environ(), "KAWU_INSIDE=1", "KAWU_PROGRAM="+program)
	out, err := again.CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	t.Log(string(out))
}
