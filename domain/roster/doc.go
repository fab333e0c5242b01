// Package roster checks a list of people that an employer or school sends: every row, every column,
// all faults at once, without storing anything. It has no tables.
//
// Read takes a file to a Result: good entries, problems with row, column, code and what to do, and
// notes of what was normalised. Against then takes what is stored about the good ones (asked by the
// flow in sets) and moves those that cannot go on to the problems. Good rows go on without the bad.
//
// It does not own reading files (kit/sheet), the form of numbers and names (kit/idno, kit/name,
// kit/phone), or who may apply (policy).
//
// Invariants: one entry per identity number; every row is either an entry or has a problem; a value
// from a cell never gets into a problem.
package roster
