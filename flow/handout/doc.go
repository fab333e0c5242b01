// Package handout puts the card into the citizen's hand and switches it on (领卡启用).
//
// HandOut is the counter's or the bank's on-site act: identity checked, the holder in the chain of
// custody becomes the citizen. Enable switches the social security application on and voids the
// old card in the same transaction and not a moment before (SH-67, BJ-36). Activate switches the
// bank's application on, in person only (BJ-25). They are two switches, shown apart. Telling the
// bank and the province is a saga: they may be told late, and the card says so until they answer.
package handout
