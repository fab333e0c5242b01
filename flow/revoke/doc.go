// Package revoke tells the certificate authority which certificates went out of use, and keeps its
// chain and newest revocation list at hand (证书吊销).
//
// What ends a card (a newer one enabled, cancelled, spoiled, formally lost) ends its certificates in
// the same transaction, wherever that happens, and rings Tell. Between that moment and the
// authority's next list the house itself knows better: it asks the card's state, not the list.
package revoke
