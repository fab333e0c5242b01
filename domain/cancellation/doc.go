// Package cancellation is the room of requests to cancel a card (注销).
//
// Owns: one row per request with its reason, the proof that was shown, who asked, who decided and when;
// which proofs fit a reason and which reasons need a second person. Does not own: the card's state
// (card), its certificates (certificate), the bank account, which lives on. Invariants: a card has at
// most one request that waits; a death is never decided by who asked, and the database itself refuses
// it. Table: cancellation.
package cancellation
