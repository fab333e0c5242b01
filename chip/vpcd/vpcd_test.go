package vpcd

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"kawu/chip/cos"
	"kawu/chip/key"
)

func newCard(t testing.TB) *cos.Card {
	t.Helper()
	c, err := cos.New(cos.Chip{Generation: 3, Maker: [3]byte{'K', 'W', 1}, Serial: 5, PIN: "123456", PINTries: 6}, [16]byte{}, key.Rebuilt, nil)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// The frames as vpcd sends them, without vpcd.
func TestFrames(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	ctx, stop := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- Plug(ctx, l.Addr().String(), newCard(t)) }()
	conn, err := l.Accept()
	if err != nil {
		t.Fatal(err)
	}
	send := func(b ...byte) { conn.Write(append([]byte{0, byte(len(b))}, b...)) }
	get := func() []byte {
		var n [2]byte
		io.ReadFull(conn, n[:])
		b := make([]byte, int(n[0])<<8|int(n[1]))
		io.ReadFull(conn, b)
		return b
	}
	send(getATR)
	if b := get(); b[0] != 0x3B || len(b) != 17 {
		t.Fatalf("%X", b)
	}
	send(powerOn)
	send(append([]byte{0, 0xA4, 4, 0, 15}, cos.AIDSocial...)...)
	get()
	send(0, 0x84, 0, 0, 8)
	if b := get(); len(b) != 10 || !bytes.HasSuffix(b, []byte{0x90, 0}) {
		t.Fatalf("%X", b)
	}
	send(getATR) // asking for the answer to reset keeps the session
	get()
	send(0, 0x82, 0, 4, 16, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16)
	if b := get(); !bytes.Equal(b, []byte{0x63, 0xC4}) { // a wrong proof in the selected application
		t.Fatalf("%X", b)
	}
	stop()
	if err := <-done; err != nil {
		t.Error(err)
	}
}

// vpcd takes one card; the next one's connection is accepted by the kernel and never spoken to.
func TestOccupied(t *testing.T) {
	defer func(d time.Duration) { patience = d }(patience)
	patience = 50 * time.Millisecond
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	if _, err := Insert(context.Background(), l.Addr().String()); !errors.Is(err, Occupied) {
		t.Error(err)
	}
	if err := Plug(context.Background(), l.Addr().String(), newCard(t)); !errors.Is(err, Occupied) {
		t.Error(err)
	}
	ctx, stop := context.WithCancel(context.Background())
	stop()
	if err := Plug(ctx, l.Addr().String(), newCard(t)); err != nil {
		t.Error("stopped:", err)
	}
}

// TestPCSC runs this test again inside network and mount namespaces of its own: vpcd listens on all
// interfaces, and pcscd has one socket per machine.
func TestPCSC(t *testing.T) {
	if os.Getenv("KAWU_INSIDE") == "" {
		outside(t)
		return
	}
	dir := t.TempDir()
	conf := "FRIENDLYNAME \"Virtual PCD\"\nDEVICENAME /dev/null:0x8C7B\nLIBPATH " + driver + "\nCHANNELID 0x8C7B\n"
	if err := os.WriteFile(filepath.Join(dir, "vpcd"), []byte(conf), 0o600); err != nil {
		t.Fatal(err)
	}
	run(t, "ip", "link", "set", "lo", "up")
	os.MkdirAll("/run/pcscd", 0o755)
	run(t, "mount", "-t", "tmpfs", "tmpfs", "/run/pcscd")
	service := exec.Command("pcscd", "-f", "-c", dir)
	if err := service.Start(); err != nil {
		t.Fatal(err)
	}
	defer func() { service.Process.Kill(); service.Wait() }()
	ctx, stop := context.WithTimeout(context.Background(), 60*time.Second)
	defer stop()
	go func() {
		for tick := time.NewTicker(50 * time.Millisecond); ctx.Err() == nil; <-tick.C {
			Plug(ctx, Address, newCard(t)) // refused until pcscd has loaded vpcd
		}
	}()
	var atr string
	for tick := time.NewTicker(100 * time.Millisecond); !strings.Contains(atr, "3b:6d:00:00"); <-tick.C {
		if ctx.Err() != nil {
			t.Fatal("no card in the reader: ", atr)
		}
		out, _ := exec.Command("opensc-tool", "-r", "0", "-a").CombinedOutput()
		atr = string(out)
	}
	if err := Plug(ctx, Address, newCard(t)); !errors.Is(err, Occupied) {
		t.Error("a second card goes into the same reader:", err)
	}
	out := run(t, "opensc-tool", "-r", "0",
		"-s", "00A404000F7378312E73682EC9E7BBE1B1A3D5CF00", // select the social security environment
		"-s", "00A4020002EF05", "-s", "00B2012C12", // holder data are hidden
		"-s", "0084000008", "-s", "0020000003000000", "-s", "0020000003123456")
	for _, want := range []string{"SW1=0x90, SW2=0x00", "86 01 03", "SW1=0x69, SW2=0x82", "SW1=0x63, SW2=0xC5"} {
		if !strings.Contains(out, want) {
			t.Errorf("opensc-tool does not show %q in:\n%s", want, out)
		}
	}
	if out := run(t, "pcsc_scan", "-r"); !strings.Contains(out, "Virtual PCD") {
		t.Error("pcsc_scan:", out)
	}
	if client := os.Getenv("KAWU_CLIENT"); client != "" {
		out := run(t, client, "-test.v", "-test.run", "TestVirtualCard")
		if !strings.Contains(out, "PASS: TestVirtualCard") {
			t.Error(out)
		}
		t.Log(out)
	}
}

const driver = "/usr/lib/pcsc/drivers/serial/libifdvpcd.so"

func outside(t *testing.T) {
	for _, tool := range []string{"unshare", "ip", "mount", "pcscd", "opensc-tool", "pcsc_scan"} {
		if _, err := exec.LookPath(tool); err != nil {
			t.Skipf("%s is not installed: Debian packages pcscd vsmartcard-vpcd opensc pcsc-tools", tool)
		}
	}
	if _, err := os.Stat(driver); err != nil {
		t.Skip("vpcd is not installed: Debian package vsmartcard-vpcd")
	}
	if out, err := exec.Command("unshare", "-n", "-m", "true").CombinedOutput(); err != nil {
		t.Skip("namespaces are not allowed here (needs root): ", string(out))
	}
	cmd := exec.Command("unshare", "-n", "-m", os.Args[0], "-test.v", "-test.run", "^TestPCSC$")
	cmd.Env = append(os.Environ(), "KAWU_INSIDE=1", "KAWU_CLIENT="+client(t))
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	t.Log(string(out))
}

// client builds our own PC/SC client's test, if its C library is here; it reads the same card.
func client(t *testing.T) string {
	if exec.Command("pkg-config", "--exists", "libpcsclite").Run() != nil {
		t.Log("our own client is left out: Debian package libpcsclite-dev is missing")
		return ""
	}
	path := filepath.Join(t.TempDir(), "client")
	cmd := exec.Command("go", "test", "-c", "-tags", "pcsc", "-o", path, "kawu/chip/pcsc")
	cmd.Env = append(os.Environ(), "CGO_ENABLED=1")
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	return path
}

func run(t *testing.T, args ...string) string {
	t.Helper()
	out, err := exec.Command(args[0], args[1:]...).CombinedOutput()
	if err != nil {
		t.Fatalf("%v: %v\n%s", args, err, out)
	}
	return string(out)
}
