// Package term is the vocabulary of notices: closed lists of words (groups, reasons, channels, card
// states, ways of delivery …), the same in files, on the command line and in answers; sets of them;
// and calendar days.
//
// Owns: the words and their order. Does not own: what a word means for a decision (policy), or how
// it is said to people (notice's wording).
package term
