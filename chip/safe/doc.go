// Package safe is where an installation's card keys lie, and what its cards are made with.
//
// It owns: the choice between the software vault on disk and a key process, the names of a city's and
// its banks' masters, the note (masters.yaml) that says which version is in use and where it came
// from, demonstration masters, the chip maker's own copy of the transport key. It does not own: key
// work (chip/key), bringing real masters in (chip/ceremony), making cards (chip/perso).
//
// The folder is shared by the program and, in demonstrations, by the factory's simulator:
//
//	cards/         the vault: one sealed file per key
//	cards.seal     the key-encryption key of the vault; copies of the two are kept apart
//	masters.yaml   version, tries, transport key, origin
//	maker.key      the chip maker's transport key, demonstrations only
package safe
