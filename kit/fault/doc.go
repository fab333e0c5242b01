// Package fault is the one kind of error that a person may see.
//
// Every refusal in the program is a *Fault: a kind decides HTTP status, retry and log level (one
// table, below); a code is stable and keys the wording in both languages; arguments fill the
// wording. Anything that is not a *Fault is internal: people get a number to quote, never its text.
// Validation gathers all problems at once in List, each with the path of its field.
package fault
