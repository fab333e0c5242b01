// Package perso makes a person's card from a blank: the factory's and the instant-issue counter's
// one path.
//
// It owns: the order of the steps (prove both sides, write holder then issuer file, read everything
// back and compare, keys and certificates, live keys in place of transport keys, the bank's
// application, a last reading with the live keys, the face last of all), the ports to the certificate
// authority and to the press, and the verdict: done, refused before anything was written, or waste. It does not own: the card's program
// (chip/cos), key masters (chip/key), stock and orders (the rooms), how the face looks
// (chip/face).
//
// Work is set-shaped: a set of cards goes through each step together, so that the key store and the
// authority are asked once per step and not once per card. A card that fails leaves the set; the
// others go on.
package perso
