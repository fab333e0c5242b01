// Package gb reads and writes GB 18030-2022, the encoding of cards' name fields, of banks' and
// factories' files, and of spreadsheets saved as CSV in China.
//
// It wraps golang.org/x/text, which follows the edition of 2000 with gaps: it decodes 2,067 two-byte
// codes to U+FFFD, among them eight characters of names (龴龵龶龷龸龹龺龻), writes those eight as
// four bytes, and writes private-use characters as codes of other characters without an error
// (golang/go#62063). Here the 19 assigned codes are set right both ways; codes of the three user
// areas and unassigned codes become private-use characters, as the standard maps them.
//
// Nothing is lost in silence: Decode reports each place that a person must look at. It does not own
// whether a character may stand in a name (kit/name), nor fonts (chip).
//
// One choice differs from the standard as it does in browsers: A3A0, a code of the user area that
// old programs wrote for an ideographic space, is read as that space, and U+E5E5 cannot be written.
package gb
