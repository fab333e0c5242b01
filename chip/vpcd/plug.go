package vpcd

import (
	"bufio"
	"context"
	"encoding/binary"
	"errors"
	"io"
	"net"

	"kawu/chip/cos"
)

// Address is where vpcd waits for its first card.
const Address = "127.0.0.1:35963"

// Card is what can be plugged in: *cos.Card.
type Card interface {
	Power(side cos.Interface) []byte
	Answer(side cos.Interface) []byte
	Off()
	Transmit(command []byte) ([]byte, error)
}

// Control bytes of vpcd.
const (
	powerOff = 0
	powerOn  = 1
	reset    = 2
	getATR   = 4
)

// Plug connects to vpcd and serves the card until the context ends or vpcd goes away. A card that
// turns mute is pulled out: the reader shows an empty slot.
func Plug(ctx context.Context, address string, c Card) error {
	var d net.Dialer
	conn, err := d.DialContext(ctx, "tcp", address)
	if err != nil {
		return err
	}
	stop := context.AfterFunc(ctx, func() { conn.Close() })
	defer stop()
	defer conn.Close()
	err = serve(conn, c)
	if ctx.Err() != nil || errors.Is(err, io.EOF) {
		return nil
	}
	return err
}

// serve answers frames. The card is off until the reader powers it.
func serve(conn net.Conn, c Card) error {
	in := bufio.NewReader(conn)
	defer c.Off()
	for {
		frame, err := read(conn, in)
		if err != nil {
			return err
		}
		answer, err := handle(c, frame)
		if err != nil {
			return err
		}
		if answer == nil {
			continue
		}
		out := binary.BigEndian.AppendUint16(make([]byte, 0, 2+len(answer)), uint16(len(answer)))
		if _, err := conn.Write(append(out, answer...)); err != nil { // one write: two would wait for each other
			return err
		}
	}
}

// read takes one frame. The length arrives in a packet of its own: acknowledging it at once lets
// vpcd send the rest without waiting 40 ms.
func read(conn net.Conn, in *bufio.Reader) ([]byte, error) {
	var head [2]byte
	if _, err := io.ReadFull(in, head[:]); err != nil {
		return nil, err
	}
	if in.Buffered() == 0 {
		quickAck(conn)
	}
	frame := make([]byte, binary.BigEndian.Uint16(head[:]))
	_, err := io.ReadFull(in, frame)
	return frame, err
}

func handle(c Card, frame []byte) ([]byte, error) {
	if len(frame) != 1 {
		return c.Transmit(frame)
	}
	switch frame[0] {
	case powerOff:
		c.Off()
	case powerOn, reset:
		c.Power(cos.Contact)
	case getATR:
		return c.Answer(cos.Contact), nil
	}
	return nil, nil
}
