// Package loss is the room of reports that a card is lost (挂失).
//
// Owns: one row per report with its kind, why it was made, by whom, by which channel, since when and
// until when it holds, and how it ended. Does not own: the card's state (card), its certificates
// (certificate). Invariants: a card has at most one open report, and the database itself refuses a
// second; only a temporary report runs out. Table: loss.
package loss
