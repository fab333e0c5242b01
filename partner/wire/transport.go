package wire

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"strings"
	"time"
)

// Limits of the transport. A file of 50,000 lines is about 20 MB on the wire.
const (
	MaxBytes = 128 << 20
	Timeout  = 2 * time.Minute // a whole question and answer; the partner may work on 50,000 lines
)

// Path is where a party takes envelopes, under its address.
const Path = "/wire"

func (c *Client) post(ctx context.Context, text []byte) ([]byte, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, strings.TrimSuffix(c.link.Address, "/")+Path, bytes.NewReader(text))
	if err != nil {
		return nil, about(Unreachable, c.link.Partner).Because(err)
	}
	req.Header.Set("Content-Type", "application/json")
	res, err := c.link.HTTP.Do(req)
	if err != nil {
		var op *net.OpError
		if errors.As(err, &op) && op.Op == "dial" {
			return nil, about(Unreachable, c.link.Partner).Because(err)
		}
		return nil, about(NoAnswer, c.link.Partner).Because(err)
	}
	defer res.Body.Close()
	switch {
	case res.StatusCode >= 500:
		return nil, about(Unavailable, c.link.Partner, "status", res.StatusCode)
	case res.StatusCode != http.StatusOK:
		return nil, about(Rejected, c.link.Partner, "status", res.StatusCode)
	}
	back, err := io.ReadAll(io.LimitReader(res.Body, c.link.Limit+1))
	if err != nil {
		return nil, about(NoAnswer, c.link.Partner).Because(err)
	}
	if int64(len(back)) > c.link.Limit {
		return nil, about(TooLarge, c.link.Partner, "limit", c.link.Limit)
	}
	return back, nil
}
