package story

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"kawu/app"
	"kawu/app/demo"
)

var (
	built   sync.Once
	binary  string
	buildAs error
)

// kawu builds the program once for all tests that run it as a process.
func kawu(t *testing.T) string {
	t.Helper()
	built.Do(func() {
		dir, err := os.MkdirTemp("", "kawu-story-")
		if err != nil {
			buildAs = err
			return
		}
		binary = filepath.Join(dir, "kawu")
		out, err := exec.Command("go", "build", "-o", binary, "kawu/cmd/kawu").CombinedOutput()
		if err != nil {
			buildAs = errors.New(string(out))
		}
	})
	if buildAs != nil {
		t.Fatal(buildAs)
	}
	return binary
}

func TestMain(m *testing.M) {
	code := m.Run()
	if binary != "" {
		_ = os.RemoveAll(filepath.Dir(binary))
	}
	os.Exit(code)
}

// orders are faults of the wire that every partner is told to make; those of its own trade come
// from the demo.
const orders = `{"fail": 3, "lose": 3, "duplicate": 2, "delay": {"requests": 2, "milliseconds": 50}}`

// partner starts a simulator as its own process and returns its address.
func partner(t *testing.T, family, data, orders string) string {
	t.Helper()
	args := []string{"partner", family, "--addr", "127.0.0.1:0", "--data", data}
	if orders != "" {
		file := filepath.Join(t.TempDir(), "orders.json")
		if err := os.WriteFile(file, []byte(orders), 0o600); err != nil {
			t.Fatal(err)
		}
		args = append(args, "--faults", file)
	}
	c := exec.Command(kawu(t), args...)
	var complaint bytes.Buffer
	c.Stderr = &complaint
	out, err := c.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = c.Process.Kill()
		_ = c.Wait()
	})
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		t.Fatalf("partner %s: %v %s", family, err, complaint.String())
	}
	_, address, _ := strings.Cut(strings.TrimSpace(line), "listens on ")
	return address
}

// play runs `kawu demo --once --json` with more arguments and reads its summary.
func play(t *testing.T, ctx context.Context, args ...string) (demo.Summary, error) {
	t.Helper()
	c := exec.CommandContext(ctx, kawu(t), append([]string{"demo", "--once", "--json", "--quiet"}, args...)...)
	var out, complaint bytes.Buffer
	c.Stdout, c.Stderr = &out, &complaint
	err := c.Run()
	var s demo.Summary
	if err == nil {
		err = json.Unmarshal(out.Bytes(), &s)
	}
	if err != nil {
		err = errors.Join(err, errors.New(complaint.String()))
	}
	return s, err
}

// TestProcesses runs the journey with every partner in its own process, each failing, losing
// answers, answering late and sending things twice.
func TestProcesses(t *testing.T) {
	t.Parallel()
	data := t.TempDir()
	args := []string{"--data", data, "--people", "60"}
	for _, family := range app.Families {
		args = append(args, "--partner", family+"="+partner(t, family, data, orders))
	}
	s, err := play(t, context.Background(), args...)
	if err != nil {
		t.Fatal(err)
	}
	if !s.Whole() || s.Confirmed == 0 {
		t.Errorf("something was lost: %+v", s)
	}
	if out, err := exec.Command(kawu(t), "audit", "verify", "--data", data).CombinedOutput(); err != nil {
		t.Errorf("audit: %s", out)
	}
}

// TestKill kills the program in the middle of everything, again and again, and lets it go on; what
// it comes to is the same as without.
func TestKill(t *testing.T) {
	t.Parallel()
	undisturbed, err := play(t, context.Background(), "--data", t.TempDir(), "--people", "40")
	if err != nil {
		t.Fatal(err)
	}
	data := t.TempDir()
	args := []string{"--data", data, "--people", "40"}
	var s demo.Summary
	kills := 0
	for life := 150 * time.Millisecond; ; life += life / 3 { // each life is longer, so the journey ends
		ctx, cancel := context.WithTimeout(context.Background(), life)
		s, err = play(t, ctx, args...)
		killed := ctx.Err() != nil
		cancel()
		if err == nil {
			break
		}
		if !killed {
			t.Fatalf("after %d kills: %v", kills, err)
		}
		kills++
		if _, err := os.Stat(filepath.Join(data, "kawu.db")); err == nil {
			args = []string{"--data", data, "--people", "40", "--continue"}
		}
	}
	if kills < 5 {
		t.Errorf("only %d kills: the test proves little", kills)
	}
	if !s.Whole() || s.Confirmed != undisturbed.Confirmed || s.CardsMade != undisturbed.CardsMade || s.OldVoided != undisturbed.OldVoided {
		t.Errorf("after %d kills: %+v\nundisturbed: %+v", kills, s, undisturbed)
	}
	if out, err := exec.Command(kawu(t), "audit", "verify", "--data", data).CombinedOutput(); err != nil {
		t.Errorf("audit: %s", out)
	}
	t.Logf("killed %d times", kills)
}
