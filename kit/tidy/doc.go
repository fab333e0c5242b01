// Package tidy cleans what people type or paste into a cell, and says what it cleaned.
//
// Rosters arrive with full-width digits, spaces from the web, invisible marks that Excel hides, and
// the apostrophe that forces text. None of that is a mistake worth a refusal, but a program that
// changes what it was given must say so: every change is a Note.
//
// It does not own what a number or a name is; it knows only characters.
package tidy
