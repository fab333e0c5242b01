// Package key is the key hierarchy of the card: ministry, province, city, card, each made from the
// one above by dispersal, and the store in which the masters lie.
//
// It owns: key ids and their meaning, factors, the Scheme (dispersal, proofs, MACs), the Store port
// through which everything above asks for work by name and never sees a master key, and the software
// Vault. It does not own: the card's side of a key (chip/cos), certificates (kit/pki).
//
// The Scheme named Rebuilt is put together from published terminal code and PBOC custom: the two
// factors are confirmed by two unrelated sources, the formula over SM4 is not. It makes cards that
// this system's own terminals accept. No conformity to LD/T 32 is claimed; a conforming scheme from
// the ministry's documents goes behind the same interface.
package key
