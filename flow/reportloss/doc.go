// Package reportloss reports cards lost and gives them back (挂失、解挂).
//
// A temporary report (state 4) is made online, by telephone or at a counter, without questions, and
// ends by itself after the city's period. A formal one (state 2) is made at a counter with an identity
// document and ends when the holder brings card and document, or by a newer card. Either suspends the
// card's certificates in the same transaction; a release gives them back. Only the social security
// half is stopped here: the bank's is reported to the bank, and every message says so.
package reportloss
