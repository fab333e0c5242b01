// Package gauge measures how fast work is, beside the floor it is measured against.
//
// It owns: rounds by the clock on the wall and by processor time, their spread, the share of one kind
// of work in another, the machine's load. It does not own: what is measured. Rounds of the work and of
// its floor go in turn, so that whatever else the machine does slows both alike; processor time leaves
// waiting for others out.
package gauge
