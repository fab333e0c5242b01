package host

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"slices"
)

// Memory keeps tables in memory and every change of them in an append-only journal of JSON lines,
// one write for each turn. A killed process loses nothing; a power cut may, because a simulator's
// memory is not worth a disk sync. It is never compacted: it lives as long as a demo or a test.
type Memory struct {
	file   *os.File
	load   map[string]func(key string, value json.RawMessage) error
	wipe   map[string]func()
	block  bytes.Buffer // lines of the turn in progress
	undo   []func()
	lines  int
	broken error
}

// line is one change; the last line of a turn has only End, the number of lines before it.
type line struct {
	Table string          `json:"t,omitempty"`
	Key   string          `json:"k,omitempty"`
	Value json.RawMessage `json:"v,omitempty"` // null: deleted
	End   int             `json:"end,omitempty"`
}

func newMemory() *Memory {
	return &Memory{load: map[string]func(string, json.RawMessage) error{}, wipe: map[string]func(){}}
}

// open replays the journal into the tables made so far. A block without its end line is what a killed
// process leaves and was never answered for: it is cut off. Anything else that cannot be read is an
// error, because to go on would lose what comes after it.
func (m *Memory) open(path string) error {
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return err
	}
	whole, err := m.replay(f)
	if err == nil {
		err = f.Truncate(whole)
	}
	if err == nil {
		_, err = f.Seek(whole, io.SeekStart)
	}
	if err != nil {
		return errors.Join(fmt.Errorf("journal %s: %w", path, err), f.Close())
	}
	m.file = f
	return nil
}

func (m *Memory) replay(f io.Reader) (whole int64, err error) {
	r := bufio.NewReaderSize(f, 1<<20)
	var block []line
	for at := int64(0); ; {
		text, err := r.ReadBytes('\n')
		if errors.Is(err, io.EOF) {
			return whole, nil
		}
		if err != nil {
			return 0, err
		}
		at += int64(len(text))
		var l line
		if err := json.Unmarshal(text, &l); err != nil {
			return 0, err
		}
		if l.Table != "" {
			block = append(block, l)
			continue
		}
		if l.End != len(block) {
			return 0, fmt.Errorf("a block of %d lines says it has %d", len(block), l.End)
		}
		for _, l := range block {
			load, ok := m.load[l.Table]
			if !ok {
				return 0, fmt.Errorf("unknown table %q", l.Table)
			}
			if err := load(l.Key, l.Value); err != nil {
				return 0, err
			}
		}
		block, whole = block[:0], at
	}
}

// commit makes the turn's changes last, all or none.
func (m *Memory) commit() error {
	if m.lines == 0 {
		return m.broken
	}
	fmt.Fprintf(&m.block, "{\"end\":%d}\n", m.lines)
	if m.broken == nil {
		_, m.broken = m.file.Write(m.block.Bytes())
	}
	if m.broken != nil {
		m.rollback()
		return m.broken
	}
	m.clear()
	return nil
}

func (m *Memory) rollback() {
	for _, f := range slices.Backward(m.undo) {
		f()
	}
	m.clear()
}

func (m *Memory) clear() { m.block.Reset(); m.undo, m.lines = nil, 0 }

func (m *Memory) note(table, key string, value any) {
	v, err := json.Marshal(value)
	if err == nil {
		v, err = json.Marshal(line{Table: table, Key: key, Value: v})
	}
	m.broken = errors.Join(m.broken, err)
	m.block.Write(v)
	m.block.WriteByte('\n')
	m.lines++
}

func (m *Memory) close() error {
	if err := m.file.Close(); err != nil && !errors.Is(err, fs.ErrClosed) {
		return err
	}
	return nil
}
