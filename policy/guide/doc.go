// Package guide leads somebody to the answer of a city's edition: which questions it must ask, in
// which order, and then which ways are open, which are not, why, and from which day.
//
// Owns: what counts as a difference. A question is asked only when two of its answers lead somebody
// to different answers, given what has been told; answers that this edition never tells apart are
// one choice. Nothing is written for a city: questions come from its audiences, needs and refusals.
//
// Does not own: deciding and explaining (policy), wording (policy/notice, kit/wording), pages.
//
// Invariant: asking is pure; the same answers on the same day lead to the same place, so a place in
// it can be kept in an address and shared.
package guide
