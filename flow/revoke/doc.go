// Package revoke tells the certificate authority which certificates are out of use, on hold, or good
// again, and keeps its chain and newest revocation list at hand (证书吊销).
//
// What ends a card (a newer one enabled, cancelled, spoiled), what suspends it (a loss reported) and
// what gives it back changes its certificates in the same transaction, wherever that happens, and rings
// Tell, which compares what should be so with what the authority last confirmed. Between that moment
// and the authority's next list the house itself knows better: it asks the card's state, not the list.
package revoke
