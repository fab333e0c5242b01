// Package ident owns the check characters of the other identifiers around a card: the social
// security card number, the unified social credit code of employers (GB 32100), the bank card
// number, and the numbers of parcels (UPU S10 and EMS).
//
// For each there is a Parse that checks, and a function that makes the check character, which the
// number pool and the simulators use. Check is the one door for the command line. Identity numbers
// have their own package, kit/idno.
//
// It does not own which numbers were given to whom.
package ident
