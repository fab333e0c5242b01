// Package promise is a time limit of a notice with its last day.
//
// Owns: the last day, and why there is none. Does not own: the limit itself (package notice), the
// working-day calendar (taken through Calendar), nor who is given the promise (package policy).
//
// Invariant: a day is never guessed. Where the working days of a year are not published, it is null
// and Unknown says why.
package promise
