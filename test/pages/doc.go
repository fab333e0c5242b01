// Package pages shows every page of every portal with invented data, for the tests beside it and for
// looking at: addresses are the real ones, states of a page are told apart by a suffix after "~".
//
// It is no part of the program.
package pages
