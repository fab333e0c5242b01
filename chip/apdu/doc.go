// Package apdu is the language between a terminal and a card: commands, responses and status words
// of ISO/IEC 7816-3 and -4 in their short and extended forms.
//
// It owns: encoding, decoding, the names of status words, and the exchange rules of T=0 (61xx and
// 6Cxx). It does not own: what a card does (chip/cos) or how bytes travel (chip/vpcd, chip/reader).
package apdu
