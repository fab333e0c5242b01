// Package reader is the terminal's side of a social security card: reading it as the official reader
// functions do, in two steps around a back office that holds the keys.
//
// It owns: the inquiry that leaves the terminal, the answer that comes back, the fields and their
// line form, the acceptance checks in their order, the list of invalid cards. It does not own: how
// bytes reach the card (apdu.Channel: a virtual card, PC/SC), which masters a city has (chip/perso
// names them), or what a service does with a card it has read.
//
// Step one asks the card to prove itself and fetches its challenge; the back office checks the one
// and answers the other, for a set of terminals at once; step two opens the data with that answer.
// A terminal never holds a key.
package reader
