// Package readcard is the back office of reading (读卡): the desk where terminals are known, their
// inquiries answered, and the list of invalid cards drawn.
//
// A terminal sends what its cards said in step one; the flow lets the key store check that this city
// made each of them, looks whether it is lost or void, and answers with the proof that opens it. The
// register of modules (PSAM) says which terminals may ask. Nothing of a holder comes here or leaves
// here; the trail holds ids and counts.
//
// It does not own keys (the key store), how a card is read (chip/reader), the register's rows
// (domain/terminal), or the way the question came (channel/terminal).
package readcard
