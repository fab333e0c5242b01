package main

import (
	"bytes"
	"context"
	"encoding/json"
	"net"
	"strings"
	"testing"

	"kawu/chip/tray"
)

// TestPlug: one document when the reader has asked for the card, the card's number masked; an interrupt
// ends it with 0. What keeps the card out is said.
func TestPlug(t *testing.T) {
	x := install(t)
	cards := t.TempDir()
	plastic, err := tray.Open(cards)
	if err != nil {
		t.Fatal(err)
	}
	if err := plastic.Put(string(x.id), x.chip); err != nil {
		t.Fatal(err)
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, interrupt := context.WithCancel(t.Context())
	out := &teller{when: interrupt}
	go func() {
		if conn, err := l.Accept(); err == nil {
			_, _ = conn.Write([]byte{0, 1, 4}) // vpcd asks for the answer to reset
		}
	}()
	var errs bytes.Buffer
	line := []string{"card", "plug", "BA0000018", "--vpcd", l.Addr().String(), "--cards", cards, "--data", x.dir, "--lang", "en", "--json"}
	if code := run(ctx, line, out, &errs); code != done || errs.Len() > 0 {
		t.Fatal(code, errs.String())
	}
	var doc plugged
	if err := json.Unmarshal(out.Bytes(), &doc); err != nil || doc.Card != "BA****018" || doc.Reader != l.Addr().String() || !strings.HasPrefix(doc.ATR, "3B") || strings.Contains(out.String(), "BA0000018") {
		t.Errorf("%v %s", err, out.String())
	}
	l.Close()
	if code, _, errs := x.kawu(t, line[:7]...); code != failed || !strings.Contains(errs, "cli.no_vpcd") {
		t.Error(code, errs)
	}
}

// teller is an output that calls when a document is complete.
type teller struct {
	bytes.Buffer
	when func()
}

func (n *teller) Write(b []byte) (int, error) {
	defer n.when()
	return n.Buffer.Write(b)
}
