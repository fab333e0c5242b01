// Package wire carries questions to outside parties and their messages back.
//
// It owns: the envelope (signed with SM2, body sealed with SM4 under a content key that is locked to
// the receiver), the key ring of a party and its files, the HTTP transport with its limits, the
// binding of an answer to its question, and the hook that gets a copy of every envelope. It does not
// own: what a question means (the families), the exchange rows (domain/exchange), whether and when to
// try again (the job runner: no call here ever repeats itself), or how a simulator works (wire/host).
//
// There are two verbs. Ask sends one question under an idempotency key and gives the answer: after a
// lost answer the same key is asked again and the partner gives its first answer. Collect fetches the
// messages of one kind that come after a number; every message is an envelope of its own, so that it
// can be kept as evidence apart from the call that fetched it. A message that comes twice keeps its
// number: whoever stores messages by (partner, number) tells a repeat from a forgery.
//
// The envelope is application-level protection: it holds whatever terminates TLS in between.
package wire
