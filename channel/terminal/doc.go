// Package terminal is the way in for reading terminals: a small JSON interface, described with
// examples in docs/terminals.md.
//
// It owns the addresses, how a terminal says who it is, the form of questions, answers and refusals.
// It does not own who may ask and what is answered (flow/readcard). It has no pages.
package terminal
