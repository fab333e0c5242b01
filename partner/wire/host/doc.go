// Package host is the ground that every partner's simulator stands on.
//
// It owns: the HTTP end of the wire, answering each idempotency key once, numbered messages that
// become visible when they are due, a memory that survives kill -9, the clock that follows the
// caller, the faults that every simulator can be told to make, and the control endpoint. It does not
// own what a partner does with a question: that is the family's sim.
//
// A simulator is a set of tables (NewTable), handlers for questions (Handle) and one for what is due
// (OnDue). All run one at a time inside a Turn: what a turn changes is written as one block to the
// journal before the answer goes out, or undone. Nothing here sleeps except the fault that is a delay.
//
// The control endpoint and the memory are plain and unprotected: simulators hold synthetic people
// only and listen on the loopback address.
package host
