// Package keyd puts a key store into a process of its own, reached over a Unix socket: the shape of
// production, where the process that signs and disperses holds keys and nothing else.
//
// It owns: the wire (one question, one answer, sets inside), the pool of connections. It does not
// own: keys (the store behind it: a vault, later a device's library), who may start it, its unit
// file. The socket's mode is 0600: whoever runs as the same user may ask.
//
// What travels: names, factors, challenges, 32-byte digests, wrapped keys. A message to be signed is
// hashed on this side with the signer's identity, so the key process never sees certificates.
package keyd
