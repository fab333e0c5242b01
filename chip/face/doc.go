// Package face draws what is printed on a card: front and back, as PNG at 300 dots an inch and as
// PDF of vector paths.
//
// It owns: the layout, the ornaments (all drawn here from formulas), glyph outlines with fallback
// fonts, both writers. It does not own: which design a city or product has (Design is data), the
// photo's quality (chip/photo), or fonts (files of the machine).
//
// A scene is drawn once and written twice, so the picture on the screen is the picture on the card.
// A character that the first font lacks comes from the next and is reported: a person looks at such
// a card. One that no font has is a fault: a card is never printed with a box in somebody's name.
package face
