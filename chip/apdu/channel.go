package apdu

import (
	"kawu/kit/fault"
)

// Response is the answer to a command.
type Response struct {
	Data   []byte
	Status Status
}

// Bytes is the answer as it travels.
func (r Response) Bytes() []byte { return append(append([]byte(nil), r.Data...), r.Status.Bytes()...) }

// Channel carries command bytes to a card and brings its answer bytes back. One command at a time.
type Channel interface {
	Transmit(command []byte) ([]byte, error)
}

var (
	// Refused says that the card answered a step with another word than 9000; args: step, status, word.
	Refused = fault.New(fault.Refused, "chip.refused", "the card refused {step}: {status}")
	// Lost says that no usable answer came: the card was taken away or the reader failed; args: step.
	Lost = fault.New(fault.Outside, "chip.lost", "the card stopped answering at {step}")
)

// Send exchanges one command, following T=0: 61xx is fetched with GET RESPONSE, 6Cxx is asked again
// with the right length.
func Send(ch Channel, c Command) (Response, error) {
	r, err := exchange(ch, c)
	if err == nil && r.Status>>8 == 0x6C {
		c.Le = wanted(int(r.Status&0xFF), 256)
		r, err = exchange(ch, c)
	}
	var whole []byte
	for err == nil && r.Status>>8 == 0x61 {
		whole = append(whole, r.Data...)
		r, err = exchange(ch, Command{INS: GetResponse, Le: wanted(int(r.Status&0xFF), 256)})
	}
	if err == nil && whole != nil {
		r.Data = append(whole, r.Data...)
	}
	return r, err
}

// Do is Send for a step that must end with 9000: Refused, Lost. The step's name goes into the fault.
func Do(ch Channel, step string, c Command) ([]byte, error) {
	r, err := Send(ch, c)
	if err != nil {
		return nil, fault.New(Lost.Kind, Lost.Code, Lost.Message, "step", step).Because(err)
	}
	if r.Status != OK {
		return nil, fault.New(Refused.Kind, Refused.Code, Refused.Message, "step", step, "status", r.Status.String(), "word", uint16(r.Status))
	}
	return r.Data, nil
}

func exchange(ch Channel, c Command) (Response, error) {
	b, err := ch.Transmit(c.Bytes())
	if err != nil {
		return Response{}, err
	}
	if len(b) < 2 {
		return Response{}, ErrLength
	}
	n := len(b) - 2
	return Response{b[:n], Status(b[n])<<8 | Status(b[n+1])}, nil
}
