// Package photo makes a person's picture fit for the card: 358 × 441 pixels, JPEG of at most 20 KB,
// 350 dpi, white ground.
//
// It owns: reading hostile files safely, upright turning, cropping, scaling, the checks with reasons
// that a person understands, encoding. It does not own: faces (nobody recognises anybody here), where
// photos come from or are kept.
//
// Checks that a clerk may overrule after looking are soft: Prepare takes their codes. Files that
// cannot be read, bombs and pictures without enough pixels are hard: no clerk can add what is not
// there.
package photo
