// Package tlv reads and writes tag-length-value data: BER-TLV of ISO/IEC 7816-4 and EMV (tags of one
// to three bytes, lengths of one to four), and the short form of social security records (one byte
// tag, one byte length).
//
// It owns: the two codecs, hardened against hostile lengths. It does not own: what a tag means
// (chip/element, chip/cos). Written by hand because the libraries at hand refuse valid EMV tags or
// panic on hostile lengths.
package tlv
