// Package custody is the room of who holds which card, where and since when (卡片保管与交接).
//
// Owns: the chain of custody of every card from blank to the citizen's hand, and hand-over lists
// (交接单) signed by giver and taker. Does not own: the making of the card (card) or a parcel's way
// (parcel). Invariants: a card has exactly one holder at every moment, the next link begins at the
// instant the last one ends, and the database refuses a second open link; a card changes hands by
// a list signed by both sides; what does not match is listed, never absorbed, and stays with the
// giver (CD-15, CD-18). Tables: custody, handover, handover_line.
package custody
