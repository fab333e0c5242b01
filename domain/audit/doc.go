// Package audit is the room of the audit trail (审计).
//
// Owns: one line for every sitting at the desk (who, what, on whom, by which channel), chained by
// SM3 so that a changed, removed or inserted line is found, and anchors: the head of the chain
// signed with the card centre's key. Does not own: what happened to each member of a set (that is
// the history of the life cycles, which carries the sitting's id). Invariants: lines are only
// added; seq has no gap; detail never holds personal data. Tables: audit, audit_head, audit_anchor.
package audit
