// Package sm is the Chinese commercial cryptography the program uses: SM2 (GB/T 32918), SM3
// (GB/T 32905) and SM4 (GB/T 32907), behind a small typed API.
//
// It owns: the choice of library and its version (no other package may import gmsm), the signer
// identity, the encodings (PKCS#8, PKIX, ASN.1 signatures and ciphertexts) and the rule that a
// secret never prints. It does not own: where keys lie (kit/seal, chip/key), certificates (kit/pki),
// or what a key is for.
//
// The library carries no certification. A system under commercial-cryptography assessment keeps its
// long-lived keys in a certified device; every place that signs therefore takes a Signer.
package sm
