package perso

import (
	"kawu/chip/key"
	"kawu/kit/sm"
)

// form is how long a card's certificate is before it is signed, in bytes.
const form = 380

// floor is one card's cryptography; what it computes is thrown away, and none of it can fail on
// these inputs.
func floor(ca *sm.PrivateKey, certificates int) {
	var text [1024]byte
	pair := make([]*sm.PrivateKey, certificates)
	for i := range pair {
		pair[i], _ = sm.GenerateKey()
		signature, _ := ca.Sign(text[:form])
		ca.Public().Verify(text[:form], signature)
	}
	if certificates == 2 {
		envelope, _ := sm.Envelope(pair[0].Public(), pair[1])
		sm.OpenEnvelope(pair[0], envelope)
	}
	master, _ := sm.NewCipher(text[:16])
	for i := range 12 {
		key.Rebuilt.Child(master, key.Factor{byte(i)})
	}
	master.EncryptCBC(text[:16], text[:])
	master.CMAC(text[:])
}

// Floor is the least that n certificates cost: a key pair, and a signature that is checked, on all
// cores.
func Floor(n int) error {
	ca, err := sm.GenerateKey()
	if err != nil {
		return err
	}
	var text [form]byte
	parallel(n, func(int) {
		_, _ = sm.GenerateKey()
		signature, _ := ca.Sign(text[:])
		ca.Public().Verify(text[:], signature)
	})
	return nil
}
