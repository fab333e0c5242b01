package vpcd

import (
	"bufio"
	"context"
	"encoding/binary"
	"errors"
	"io"
	"net"
	"os"
	"time"

	"kawu/chip/cos"
	"kawu/kit/clock"
	"kawu/kit/fault"
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

// Occupied says that the reader has a card in it: vpcd serves one and leaves the next one waiting;
// args: address.
var Occupied = fault.New(fault.Refused, "vpcd.occupied", "there is a card in the virtual reader at {address} already")

// patience is how long vpcd may take to ask for a card's answer to reset; it asks every 400 ms.
var patience = 3 * time.Second

// Slot is a reader that has taken the card.
type Slot struct {
	conn net.Conn
	in   *bufio.Reader
}

// Insert connects to vpcd and comes back when it has asked for the card's answer to reset: then the
// card is in. Fault: Occupied.
func Insert(ctx context.Context, address string) (*Slot, error) {
	d := net.Dialer{Timeout: patience}
	conn, err := d.DialContext(ctx, "tcp", address)
	if late := net.Error(nil); errors.As(err, &late) && late.Timeout() && ctx.Err() == nil {
		return nil, fault.New(Occupied.Kind, Occupied.Code, Occupied.Message, "address", address).Because(err)
	}
	if err != nil {
		return nil, err
	}
	stop := context.AfterFunc(ctx, func() { conn.Close() })
	defer stop()
	s := &Slot{conn, bufio.NewReader(conn)}
	err = conn.SetReadDeadline(clock.Real{}.Now().Add(patience))
	if err == nil {
		_, err = s.in.Peek(1)
	}
	if errors.Is(err, os.ErrDeadlineExceeded) {
		err = fault.New(Occupied.Kind, Occupied.Code, Occupied.Message, "address", address)
	}
	if err == nil {
		err = conn.SetReadDeadline(time.Time{})
	}
	if err != nil {
		return nil, errors.Join(err, conn.Close())
	}
	return s, nil
}

// Serve answers for the card until the context ends or vpcd goes away. A card that turns mute is
// pulled out: the reader shows an empty slot.
func (s *Slot) Serve(ctx context.Context, c Card) error {
	stop := context.AfterFunc(ctx, func() { s.conn.Close() })
	defer stop()
	defer s.conn.Close()
	err := serve(s.conn, s.in, c)
	if ctx.Err() != nil || errors.Is(err, io.EOF) {
		return nil
	}
	return err
}

// Plug is Insert and Serve.
func Plug(ctx context.Context, address string, c Card) error {
	s, err := Insert(ctx, address)
	if ctx.Err() != nil {
		return nil
	}
	if err != nil {
		return err
	}
	return s.Serve(ctx, c)
}

// serve answers frames. The card is off until the reader powers it.
func serve(conn net.Conn, in *bufio.Reader, c Card) error {
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
