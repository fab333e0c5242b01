// Package sms hands short messages to the carrier's gateway.
//
// It owns: the gateway's words and result codes. It does not own: the text and its rules, no link and
// no question for a secret (domain/notice), or whether to send again.
package sms
