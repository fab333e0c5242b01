// Package own is a city's own certificate authority (自建证书机构): for a city that runs one instead of
// buying certificates from a licensed authority.
//
// It owns: the root, whose key is sealed under a secret of which two custodians each hold half and is
// open for the minutes of a ceremony only; the issuing authorities below it, whose keys lie in the
// card-key store; the ledger of every serial number; revocation lists and status answers. It does not
// own: the encoding (kit/pki), the key store (chip/safe), cards. It fills certificate.Authority, like
// the adapter to an outside authority.
//
// The ledger is a file of lines that is only ever added to and is read into memory at the start:
// about 300 bytes of memory a card. A serial number stands in it before it is signed. One process
// issues at a time; others may read.
package own
