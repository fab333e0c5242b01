// Package tray keeps virtual cards in a folder: the plastic of simulators, demonstrations and tests.
//
// It owns: one sealed file for each card, a journal of its memory that survives power cuts, the digest
// of what was printed on it. It does not own: what the changes mean (chip/cos), the print (chip/face)
// or who has the card (domain/custody). A card's memory holds its secret keys and its holder's name, so
// every entry is sealed with the tray's own key; the programs that share a tray share its folder.
package tray
