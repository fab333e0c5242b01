// Package sim is a certificate authority that behaves: a root and an issuing authority of its own,
// two SM2 certificates for every card at once (the signing one for the card's key, the encryption one
// for a pair it makes), a card's first certificates again when it is asked again, and a revocation
// list.
//
// It answers with a fault code for a card it cannot certify: see the codes. They imitate the ranges
// that real authorities use; the meaning of each code is the simulator's own.
package sim
