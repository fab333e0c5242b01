// Package takephoto gets a photo for every card (照片采集).
//
// After the comparison the population register is asked for the identity cards' photos of those who
// have none; people and counters may send others. Every picture is brought to the card's form; what
// is wrong with it is said all at once. A soft finding waits for a clerk, who sees the picture as it
// would be printed and overrules each finding by name or asks for another. Nothing here holds a card
// up: a photo goes with the production order when there is one by then.
package takephoto
