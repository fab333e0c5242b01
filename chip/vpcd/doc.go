// Package vpcd plugs a virtual card into vsmartcard's vpcd, so that every PC/SC program on the
// machine sees a reader with a card in it.
//
// It owns: the link to vpcd (two-byte length and payload over TCP). It does not own: the card
// (chip/cos), PC/SC itself (chip/pcsc is our client of it).
//
// Two traps of vpcd 3.3, measured: it sends length and body in two writes without TCP_NODELAY, which
// costs 40 ms per command unless this side acknowledges at once; and it listens on all interfaces,
// so it belongs into a network namespace or behind a firewall.
package vpcd
