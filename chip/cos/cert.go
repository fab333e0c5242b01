package cos

import (
	"bytes"

	"kawu/chip/apdu"
	"kawu/chip/key"
	"kawu/kit/sm"
)

// Private keys of the certificate application.
const (
	scalarSigning    = 1
	scalarEncryption = 2
)

func scalarAt(n uint16) address { return address{App: cert, Kind: cellScalar, ID: n} }

func (c *Card) scalar(n uint16) (*sm.PrivateKey, bool) {
	if n == scalarSigning && c.s.signing != nil {
		return c.s.signing, true
	}
	k, err := sm.NewPrivateKey(c.mem.Get(scalarAt(n)))
	return k, err == nil
}

// generateKey makes the signing pair on the card; the answer and EF 0012 hold the public half. A
// pair that is there goes only with a proof of the maintenance key.
func (c *Card) generateKey(cmd apdu.Command) ([]byte, apdu.Status) {
	rule := Access{ByKey, key.Update}
	if c.mem.Get(scalarAt(scalarSigning)) != nil {
		rule.Key = key.Maintain
	}
	if c.s.app != cert || !c.allowed(rule) {
		return nil, apdu.NotSatisfied
	}
	k, err := sm.GenerateKey()
	if err != nil {
		return nil, apdu.MemoryFailure
	}
	public := append([]byte{0x01, 0x00}, k.Public().Point()[1:]...)
	c.mem.Set(scalarAt(scalarSigning), k.Scalar())
	c.s.signing = k
	c.mem.Set(address{App: cert, Kind: cellBytes, ID: uint16(EFPublicKey)}, public)
	return public, apdu.OK
}

// importKey takes the encryption pair in an envelope to the signing key: nobody between the
// authority and the chip can open it.
func (c *Card) importKey(cmd apdu.Command) ([]byte, apdu.Status) {
	if c.s.app != cert || !c.allowed(Access{ByKey, key.Update}) {
		return nil, apdu.NotSatisfied
	}
	mine, ok := c.scalar(scalarSigning)
	if !ok {
		return nil, apdu.NotNow
	}
	pair, err := sm.OpenEnvelope(mine, cmd.Data)
	if err != nil {
		return nil, apdu.WrongData
	}
	c.mem.Set(scalarAt(scalarEncryption), pair.Scalar())
	return nil, apdu.OK
}

// security is PERFORM SECURITY OPERATION after the PIN: 9E9A signs a 32-byte digest (made with the
// signer's identity by the terminal), 8086 decrypts an SM2 ciphertext.
func (c *Card) security(cmd apdu.Command) ([]byte, apdu.Status) {
	if c.s.app != cert || !c.allowed(Access{Mode: ByPIN}) {
		return nil, apdu.NotSatisfied
	}
	switch [2]byte{cmd.P1, cmd.P2} {
	case [2]byte{0x9E, 0x9A}:
		k, ok := c.scalar(scalarSigning)
		if !ok {
			return nil, apdu.NotNow
		}
		if len(cmd.Data) != sm.HashSize {
			return nil, apdu.WrongLength
		}
		signature, err := k.SignDigest(bytes.Clone(cmd.Data))
		if err != nil {
			return nil, apdu.WrongData
		}
		return signature, apdu.OK
	case [2]byte{0x80, 0x86}:
		k, ok := c.scalar(scalarEncryption)
		if !ok {
			return nil, apdu.NotNow
		}
		plain, err := k.Decrypt(cmd.Data)
		if err != nil {
			return nil, apdu.WrongData
		}
		return plain, apdu.OK
	}
	return nil, apdu.WrongP1P2
}
