// Package pki makes SM2 certificates, revocation lists and status answers, and refuses to release a
// wrong one.
//
// It owns: the profile of each kind of certificate with the reason for every field, the encoding
// before signing (so that serial and to-be-signed form can be stored first), the lint before
// signing and the check after it, revocation lists, OCSP, requests, PEM. It does not own: who may
// have a certificate, where certificates are stored, where the signing key lies (sm.Signer).
//
// A certificate that was signed exists, whatever our tables say: store what Prepare gives, then
// Issue, then store the certificate. After a power cut the stored form tells what may be out there.
//
// Encoding is our own (golang.org/x/crypto/cryptobyte); reading back is the library's parser, so
// that the two check each other. OpenSSL and Bouncy Castle check both in the tests.
package pki
