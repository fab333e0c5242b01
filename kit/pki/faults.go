package pki

import "kawu/kit/fault"

var (
	// BadProfile names a field of a Config and why it cannot stand; args: reason.
	BadProfile = fault.New(fault.Invalid, "pki.profile", "the certificate profile is wrong: {reason}")
	// BadSubject says that the subject cannot be written into a certificate; args: reason.
	BadSubject = fault.New(fault.Invalid, "pki.subject", "the certificate subject is wrong: {reason}")
	// Lint says that an encoded certificate is not what its profile promises; nothing was signed; args: reason.
	Lint = fault.New(fault.Internal, "pki.lint", "a certificate was stopped before signing: {reason}")
	// WrongKey says that a signer's key is not the one its certificate names.
	WrongKey = fault.New(fault.Internal, "pki.wrong_key", "the signing key is not the certificate's key")
	// BadSignature says that a fresh signature does not verify: the device or its key is wrong.
	BadSignature = fault.New(fault.Internal, "pki.bad_signature", "the signing device gave a signature that does not verify")
	// Malformed says that bytes from outside are not what they should be; args: what.
	Malformed = fault.New(fault.Invalid, "pki.malformed", "this is not a valid {what}")
)

func because(f *fault.Fault, reason string) *fault.Fault {
	return fault.New(f.Kind, f.Code, f.Message, "reason", reason)
}

func malformed(what string) *fault.Fault {
	return fault.New(Malformed.Kind, Malformed.Code, Malformed.Message, "what", what)
}
