// Package population asks the police population register (人口库) whether a person is who the roster
// says, and for the photos of identity cards.
//
// It owns: the register's words (AAC002 number, AAC003 name, life states 1 to 5) and their translation
// into person.Outcome and portrait.Found. It does not own what follows from an outcome (flow/compare)
// or whether a photo is fit for a card (flow/takephoto).
package population
