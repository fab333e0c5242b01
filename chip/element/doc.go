// Package element is the data dictionary of the card: every record that the social security
// application holds, its tag, length and format (LD/T 32.6), and the two texts of a name.
//
// It owns: encoding a person's text into the bytes of a record and back, padding, packed digits, the
// split of a name into 30 and 20 bytes. It does not own: which file a record lies in or who may read
// it (chip/cos), GB 18030 itself (kit/gb).
//
// Lengths of the records of EF05 and EF06 are from published readers; those of DF01 to DF04 are
// rebuilt where no source gives them, and marked so.
package element
