// Package policy says what a city may decide about social security cards, and decides it.
//
// Owns: the types of an edition (one notice, dated, as data), its strict reading from YAML, and four
// verbs. Decide: may this person, for this reason, by this channel, on this day, and with which
// banks, documents, promise, delivery and activation. Explain: the same with every clause that
// decided it, in Chinese and English. Check: gaps, overlaps, references to nothing, each with file,
// line and clause. Diff, in part: what one edition changes against another.
//
// Around it: term (the vocabulary), strict (reading YAML), notice (an edition as a document, and the
// checks that need no decision), ask (a person made of words), tell (a decision in plain
// text), part (an edition taken apart, and compared), shelf (the book in force while the program runs),
// menu and promise (the lists and the time limit of a decision).
//
// Does not own: any city (they are folders of YAML under city/), storage, the working-day calendar
// (taken through Calendar), and the flows that carry a decision out.
//
// Invariants: every clause names the notice and the phrase it comes from; a refusal always has a
// ground with rule, source and message, and what else it tells is one way that is open instead, or
// nothing; a decision is pure and allocates only for refusals. An
// edition is never changed after it is opened, so it may be shared by all goroutines.
package policy
