// Package name owns the names of people as they stand on a card: at most 50 bytes of GB 18030, of
// which the card keeps the first 30 and the other 20 in two fields, with the rare characters of
// their owners. No character is ever replaced in silence: only the many forms of the dot between
// the parts of a name become 「·」 (U+00B7), and Parse says so.
//
// A Person masks itself wherever it is printed, logged or put into JSON; Reveal is the one way to
// the plain text. Compare knows which characters old systems wrote in place of others.
//
// It does not own fonts (chip), nor what the population register says the name is.
package name
