// Package notice is the room of messages to people (短信通知).
//
// Owns: the queue of messages with their text and mobile, sealed, and the rule that no message may
// hold anything like a link (BJ-45) or ask for a secret (BJ-46): such a text cannot be queued at
// all. Does not own: when to send what (flows) or the gateway (a partner). Table: message.
package notice
