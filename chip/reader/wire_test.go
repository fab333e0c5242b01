package reader

import (
	"encoding/json"
	"errors"
	"net/http"
	"net/http/httptest"
	"reflect"
	"strings"
	"testing"

	"kawu/kit/fault"
)

func TestInquiryAsJSON(t *testing.T) {
	q := Inquiry{Historical: []byte("1234567890123"), InternalFactor: [8]byte{1}, InternalProof: [8]byte{0xAB}, ExternalSource: [8]byte{7: 0xFF}}
	b, err := json.Marshal(q)
	want := `{"reset":"31323334353637383930313233","internal_factor":"0100000000000000","internal_source":"0000000000000000",` +
		`"internal_proof":"ab00000000000000","external_factor":"0000000000000000","external_source":"00000000000000ff"}`
	if err != nil || string(b) != want {
		t.Fatal(string(b), err)
	}
	var back Inquiry
	if err := json.Unmarshal(b, &back); err != nil || !reflect.DeepEqual(back, q) {
		t.Error(back, err)
	}
	for _, bad := range []string{`[]`, `{}`, `{"reset":7}`, strings.Replace(want, "31", "", 1), strings.Replace(want, `"ab`, `"`, 1),
		strings.Replace(want, `"ab`, `"xx`, 1), strings.Replace(want, `ff"`, `ffff"`, 1)} {
		if err := json.Unmarshal([]byte(bad), new(Inquiry)); !errors.Is(err, BadInquiry) {
			t.Errorf("%s: %v", bad, err)
		}
	}
}

func TestAnswerAsJSON(t *testing.T) {
	listed := fault.New(Listed.Kind, Listed.Code, Listed.Message, "reason", "lost").Because(errors.New("secret"))
	b, err := json.Marshal([]Answer{{Proof: [8]byte{1, 2}}, {Proof: [8]byte{9}, Fault: listed}})
	if err != nil || strings.Contains(string(b), "secret") || strings.Contains(string(b), "09") || !strings.Contains(string(b), "失效名单里：正式挂失") || !strings.Contains(string(b), `"args":{"reason":"lost"}`) {
		t.Fatal(string(b), err)
	}
	var back []Answer
	if err := json.Unmarshal(b, &back); err != nil || back[0].Proof != [8]byte{1, 2} || back[0].Fault != nil {
		t.Fatal(back, err)
	}
	if f := back[1].Fault; !errors.Is(f, Listed) || f.Args["reason"] != "lost" || f.Kind != fault.Refused {
		t.Error(f)
	}
	for _, bad := range []string{`{}`, `{"proof":"01"}`, `{"proof":"zz"}`, `7`} {
		if err := json.Unmarshal([]byte(bad), new(Answer)); !errors.Is(err, Away) {
			t.Errorf("%s: %v", bad, err)
		}
	}
}

func TestRemoteWhenTheOfficeIsStrange(t *testing.T) {
	for body, status := range map[string]int{"": 200, "{}": 200, `{"answers":[]}`: 200, "<html>": 502, `{"errors":[]}`: 500} {
		s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			w.WriteHeader(status)
			w.Write([]byte(body))
		}))
		r := Remote{URL: s.URL, Terminal: "510100000007", Token: "x"}
		if _, err := r.Answer(t.Context(), make([]Inquiry, 1)); !errors.Is(err, Away) {
			t.Errorf("%q: %v", body, err)
		}
		s.Close()
		if _, err := r.Answer(t.Context(), nil); !errors.Is(err, Away) {
			t.Error(err)
		}
	}
}

// A list starts from a full file and catches up by several increments in one; what does not follow
// leaves it as it was.
func TestSeveralIncrements(t *testing.T) {
	a, b := strings.Repeat("A", 32), strings.Repeat("B", 32)
	var l InvalidList
	file := Full(3) + Change{CardID: a, Reason: "lost"}.Line() + Increment(4) + Change{CardID: b, Reason: "void"}.Line() + Increment(5) + Change{CardID: a, Gone: true}.Line() + End(3)
	if err := l.Load(strings.NewReader(file)); err != nil || l.Number() != 5 {
		t.Fatal(l.Number(), err)
	}
	_, onA := l.Find(a)
	why, onB := l.Find(b)
	if onA || !onB || why != "void" {
		t.Error(onA, onB, why)
	}
	for bad, want := range map[string]error{
		Increment(6) + Increment(8): Gap, Increment(5): Gap, Increment(6) + Full(7) + End(0): BadList, Full(1) + Full(2) + End(0): BadList,
		Increment(6) + "-" + b + "\n?" + End(1): BadList, "increment x\n" + End(0): BadList, Increment(6) + "-" + b + "\n\n" + End(1): BadList,
		Increment(6) + "-" + b + "\n": BadList, Increment(6) + "-" + b + "\n" + End(2): BadList, Full(9): BadList, End(0): BadList, Full(9) + End(0) + End(0): BadList,
	} {
		if err := l.Load(strings.NewReader(bad)); !errors.Is(err, want) || l.Number() != 5 {
			t.Errorf("%q: %v", bad, err)
		}
		if _, still := l.Find(b); !still {
			t.Errorf("%q changed the list", bad)
		}
	}
	if err := l.Load(strings.NewReader(Increment(6) + Increment(7) + Change{CardID: b, Gone: true}.Line() + End(1))); err != nil || l.Number() != 7 {
		t.Error(err)
	}
}
