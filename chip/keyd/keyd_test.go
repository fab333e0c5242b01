package keyd

import (
	"bytes"
	"context"
	"errors"
	"net"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"kawu/chip/key"
	"kawu/chip/key/keytest"
)

// start serves a filled vault; stop ends it and waits.
func start(t testing.TB, path string, v *key.Vault) (stop func()) {
	t.Helper()
	l, err := Listen(path)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- Serve(ctx, l, v) }()
	return func() {
		cancel()
		if err := <-done; err != nil {
			t.Error(err)
		}
	}
}

func TestContract(t *testing.T) {
	path := filepath.Join(t.TempDir(), "keyd.sock")
	v := keytest.Fill(t, key.NewVault(key.Rebuilt))
	stop := start(t, path, v)
	c := Dial(path, 2)
	defer c.Close()
	keytest.Contract(t, c)
	if st, _ := os.Stat(path); st.Mode().Perm() != 0o600 {
		t.Error("mode", st.Mode())
	}
	if _, err := Listen(path); !errors.Is(err, os.ErrExist) {
		t.Error("two processes on one socket:", err)
	}
	// The process goes and comes back: old connections are noticed and replaced.
	stop()
	q := []key.Question{{Key: key.Path{Master: keytest.Ref("city/uk"), Factors: []key.Factor{keytest.Chip}}}}
	if _, err := c.Prove(context.Background(), q); !errors.Is(err, Away) {
		t.Error("a dead process answers:", err)
	}
	defer start(t, path, v)()
	if _, err := c.Prove(context.Background(), q); err != nil {
		t.Error("does not come back:", err)
	}
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for range 50 {
				if p, err := c.Prove(context.Background(), q); err != nil || len(p) != 1 {
					t.Error(p, err)
				}
			}
		})
	}
	wg.Wait()
}

func TestStrangersAreDropped(t *testing.T) {
	path := filepath.Join(t.TempDir(), "keyd.sock")
	defer start(t, path, keytest.Fill(t, key.NewVault(key.Rebuilt)))()
	conn, err := net.Dial("unix", path)
	if err != nil {
		t.Fatal(err)
	}
	conn.Write(bytes.Repeat([]byte("GET / HTTP/1.1\r\n"), 40))
	if n, err := conn.Read(make([]byte, 1)); err == nil {
		t.Error("an answer to nonsense:", n)
	}
	c := Dial(path, 1)
	defer c.Close()
	keytest.Contract(t, c)
}

func BenchmarkSign(b *testing.B) {
	path := filepath.Join(b.TempDir(), "keyd.sock")
	defer start(b, path, keytest.Fill(b, key.NewVault(key.Rebuilt)))()
	c := Dial(path, 1)
	defer c.Close()
	s, err := c.Signer(context.Background(), keytest.Ref("ca/issuing"))
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if _, err := s.Sign([]byte("x")); err != nil {
			b.Fatal(err)
		}
	}
}
