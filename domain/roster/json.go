package roster

import (
	"encoding/json"
	"fmt"
	"io"

	"kawu/kit/wording"
)

// problemJSON is a problem as the command line prints it.
type problemJSON struct {
	Row     int          `json:"row"`
	Column  string       `json:"column,omitempty"`
	Code    string       `json:"code"`
	Message wording.Both `json:"message"`
	Do      wording.Both `json:"do,omitempty"`
}

type noteJSON struct {
	Row     int          `json:"row"`
	Column  string       `json:"column"`
	Code    string       `json:"code"`
	Message wording.Both `json:"message"`
}

// WriteJSON writes the result as `kawu roster check --json` prints it: file (as the caller names
// it), rows, good, faults, notes. It holds no value of any cell. It streams, because a hundred
// thousand faults in two languages are more than the roster itself.
func (r *Result) WriteJSON(w io.Writer, file string) error {
	name, err := json.Marshal(file)
	if err != nil {
		return err
	}
	if _, err := fmt.Fprintf(w, "{\"file\":%s,\"rows\":%d,\"good\":%d,\"faults\":[", name, r.Rows(), len(r.Entries)); err != nil {
		return err
	}
	for i, p := range r.Problems {
		line := problemJSON{p.Line, p.Column, p.Fault.Code, wording.WhatBoth(p.Fault), wording.DoBoth(p.Fault)}
		if err := element(w, i, line); err != nil {
			return err
		}
	}
	if _, err := io.WriteString(w, "],\n\"notes\":["); err != nil {
		return err
	}
	for i, n := range r.Notes {
		line := noteJSON{n.Line, n.Column, string(n.Note), wording.TBoth(string(n.Note))}
		if err := element(w, i, line); err != nil {
			return err
		}
	}
	_, err = io.WriteString(w, "]}\n")
	return err
}

func element(w io.Writer, i int, v any) error {
	b, err := json.Marshal(v)
	if err != nil {
		return err
	}
	if i > 0 {
		b = append([]byte(",\n"), b...)
	}
	_, err = w.Write(b)
	return err
}
