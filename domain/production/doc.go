// Package production is the room of production batches (制卡批次) and the pool of card numbers.
//
// Owns: batches formed by city, bank, channel and collection day (SH-56), their way to the factory
// and back; the card-number pool with its four states; the stock of spoiled chips; the proofs of names
// that somebody looks at before their card is ordered; what was printed on each card, by its digest.
// Does not own: the cards in a batch (card), the names (application), how a face looks (chip/face).
// Invariants: a number is used once; a batch is for one bank; numbers pass the check-character rule of
// facts (strict for our own numbers). Tables: batch, card_number, waste, proof, printed.
package production
