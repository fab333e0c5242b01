package perso

import "kawu/kit/fault"

var (
	// BadOrder says that the order's bank data cannot be put on a card.
	BadOrder = fault.New(fault.Invalid, "perso.bad_order", "the order's bank data cannot be put on a card")
	// NotOurs says that a blank did not prove itself with the transport key: another maker's, or tampered with.
	NotOurs = fault.New(fault.Refused, "perso.not_ours", "the chip in the machine did not prove that it is one of our blanks")
	// Mismatch says that a record read back is not what was written; args: element.
	Mismatch = fault.New(fault.Refused, "perso.mismatch", "{element} read back from the card is not what was written")
	// NoCertificate says that the authority gave no certificate for this card; args: reason.
	NoCertificate = fault.New(fault.Refused, "perso.no_certificate", "the authority gave no certificate: {reason}")
	// BadReset says that the answer to reset is too short for a card of this system.
	BadReset = fault.New(fault.Invalid, "perso.bad_reset", "the chip's answer to reset is not one of this system")
)

func mismatch(element string) *fault.Fault {
	return fault.New(Mismatch.Kind, Mismatch.Code, Mismatch.Message, "element", element)
}
