// Package handover moves cards from hand to hand by lists that both sides sign (卡片交接).
//
// Draw makes the list, Give and Take are the two signatures; nothing changes hands before the
// taker has counted and signed, and until then the giver answers for the cards. What does not match
// is listed as a finding, stays with the giver, and becomes a trouble the giver owns (CD-15, CD-18).
// When an outlet has taken its cards the people are told to come to exactly that outlet (CD-17).
package handover
