// Package province asks the provincial holder base (省持卡库) whether a person has a card elsewhere
// in the province, and tells it which cards were enabled.
//
// It owns: the base's words (AAC002 number, AAB301 issuing division, AAZ500 card number, AAZ502 card
// state) and their form. It does not own the rule "one person, one card" (flow/compare).
package province
