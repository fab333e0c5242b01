// Package pcsc talks to cards in real readers through PC/SC.
//
// It owns: finding readers and exchanging bytes. It does not own: what is said (chip/reader). The
// library under it is C, so it is compiled only with the build tag pcsc (Debian package
// libpcsclite-dev); without the tag every call gives NotBuilt, and the program stays free of cgo.
package pcsc

import "kawu/kit/fault"

var (
	// NotBuilt says that this program was built without PC/SC.
	NotBuilt = fault.New(fault.Refused, "pcsc.not_built", "this program was built without PC/SC; build it with -tags pcsc")
	// NoReader says that there is no such reader or no card in it; args: reader.
	NoReader = fault.New(fault.NotFound, "pcsc.no_reader", "there is no card in reader {reader}")
	// NoService says that the PC/SC service does not run.
	NoService = fault.New(fault.Outside, "pcsc.no_service", "the PC/SC service (pcscd) does not answer")
)
