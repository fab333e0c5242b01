package reader

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"strconv"
	"strings"

	"kawu/kit/fault"
)

// Away says that the back office did not answer, or not in its form.
var Away = fault.New(fault.Outside, "reader.office_away", "the back office does not answer as it should")

// Remote is the back office at the other end of a line, as a terminal with a number and a token sees
// it. Faults: Away, and those that the back office tells.
type Remote struct {
	URL      string // of the installation: "https://cards.example.cn"
	Terminal string // twelve digits
	Token    string
	Client   *http.Client // nil: the default one
}

// most bounds what is read of an answer; a list of invalid cards is read as a stream.
const most = 4 << 20

// Answer implements Answering.
func (r Remote) Answer(ctx context.Context, set []Inquiry) ([]Answer, error) {
	body, err := json.Marshal(Readings{set})
	if err != nil {
		return nil, err
	}
	resp, err := r.ask(ctx, http.MethodPost, "/terminal/readings", body)
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	var out Answers
	if err := json.NewDecoder(io.LimitReader(resp.Body, most)).Decode(&out); err != nil {
		return nil, Away.Because(err)
	}
	if len(out.Answers) != len(set) {
		return nil, Away
	}
	return out.Answers, nil
}

// Update brings a list of invalid cards up to date: by increments, or anew where they do not follow.
func (r Remote) Update(ctx context.Context, l *InvalidList) error {
	err := r.load(ctx, l, l.Number())
	if f := fault.Of(err); l.Number() > 0 && f != nil && f.Kind == fault.Conflict {
		err = r.load(ctx, l, 0)
	}
	return err
}

func (r Remote) load(ctx context.Context, l *InvalidList, since uint64) error {
	path := "/terminal/invalid"
	if since > 0 {
		path += "?since=" + strconv.FormatUint(since, 10)
	}
	resp, err := r.ask(ctx, http.MethodGet, path, nil)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	if resp.StatusCode == http.StatusNoContent {
		return nil
	}
	return l.Load(resp.Body)
}

func (r Remote) ask(ctx context.Context, method, path string, body []byte) (*http.Response, error) {
	req, err := http.NewRequestWithContext(ctx, method, strings.TrimRight(r.URL, "/")+path, bytes.NewReader(body))
	if err != nil {
		return nil, Away.Because(err)
	}
	req.SetBasicAuth(r.Terminal, r.Token)
	if body != nil {
		req.Header.Set("Content-Type", "application/json")
	}
	client := r.Client
	if client == nil {
		client = http.DefaultClient
	}
	resp, err := client.Do(req)
	if err != nil {
		return nil, Away.Because(err)
	}
	if resp.StatusCode < 300 {
		return resp, nil
	}
	defer resp.Body.Close()
	var no Refusal
	if err := json.NewDecoder(io.LimitReader(resp.Body, most)).Decode(&no); err != nil || len(no.Errors) == 0 {
		return nil, Away.Because(errors.New(resp.Status))
	}
	return nil, no.Errors[0].Fault()
}
