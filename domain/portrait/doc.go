// Package portrait is the room of people's photos for the card (制卡照片).
//
// Owns: every photo with its picture (sealed), digest, source, quality, what is wrong with it or was
// overruled and by whom, and who has to look; whom the population register was asked for. Does not
// own: what a fit picture is (chip/photo), where pictures come from (a partner behind Register,
// flow/takephoto), the printed face (chip/face).
//
// Invariants: a person has at most one good photo and at most one that waits or was refused; a good
// one stays until its successor is good; only a picture that can be printed waits for a look, so that
// a clerk accepts what will be on the card; the picture of a replaced photo is emptied. Tables:
// photo, photo_asked.
package portrait
