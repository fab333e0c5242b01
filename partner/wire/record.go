package wire

import (
	"context"
	"encoding/json"
	"time"
)

// Copy is an envelope as it went out or came in, for the exchange row. Out tells the direction. The
// sender reads it with Keyring.Reopen, the receiver with Keyring.Open.
type Copy struct {
	Out      bool
	Partner  string
	Kind     string // the question's kind, for its answer too
	Key      string
	Number   string
	At       time.Time
	Digest   string
	Envelope []byte // JSON
}

// Recorder keeps copies. An error from it stops the call: nothing goes out that was not kept.
type Recorder interface {
	Record(ctx context.Context, c Copy) error
}

func (c *Client) record(ctx context.Context, e *Envelope, kind string, text []byte) (err error) {
	if c.link.Recorder == nil {
		return nil
	}
	if text == nil {
		if text, err = json.Marshal(e); err != nil {
			return err
		}
	}
	return c.link.Recorder.Record(ctx, Copy{Out: e.From == c.link.Keys.Self(), Partner: c.link.Partner, Kind: kind,
		Key: e.Key, Number: e.Number, At: e.SentAt, Digest: e.Digest(), Envelope: text})
}
