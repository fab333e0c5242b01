package apdu

import (
	"bytes"
	"encoding/hex"
	"errors"
	"testing"

	"pgregory.net/rapid"
)

func TestSeenOnWire(t *testing.T) {
	for text, want := range map[string]Command{
		"00A404000F7378312E73682EC9E7BBE1B1A3D5CF": {INS: Select, P1: 4, Data: []byte("sx1.sh.\xC9\xE7\xBB\xE1\xB1\xA3\xD5\xCF")},
		"0084000008":       {INS: Challenge, Le: 8},
		"00B0000000":       {INS: ReadBinary, Le: 256},
		"0020000003123456": {INS: Verify, Data: []byte{0x12, 0x34, 0x56}},
		"00B000000002 58":  {INS: ReadBinary, Le: 600},
		"00A40000023F0000": {INS: Select, Data: []byte{0x3F, 0}, Le: 256},
	} {
		b, _ := hex.DecodeString(string(bytes.ReplaceAll([]byte(text), []byte(" "), nil)))
		c, err := Parse(b)
		if err != nil || c.INS != want.INS || c.P1 != want.P1 || !bytes.Equal(c.Data, want.Data) || c.Le != want.Le {
			t.Errorf("%s: %+v %v", text, c, err)
		}
	}
	for _, bad := range []string{"", "00A404", "00A4040002AA", "00A4040002AABBCCDD", "00A404000000", "00B00000000000FF", "00A4040000"[:8] + "0001"} {
		b, _ := hex.DecodeString(bad)
		if _, err := Parse(b); !errors.Is(err, ErrLength) {
			t.Errorf("%s accepted", bad)
		}
	}
}

func TestRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := Command{CLA: 0x80, INS: 0xD4, P1: rapid.Byte().Draw(t, "p1"), Data: rapid.SliceOfN(rapid.Byte(), 0, 700).Draw(t, "data"),
			Le: rapid.SampledFrom([]int{0, 1, 255, 256, 257, 65536}).Draw(t, "le")}
		got, err := Parse(c.Bytes())
		if len(c.Data) > 255 && c.Le == 256 { // in extended form 256 is said as it is
			c.Le = 256
		}
		if err != nil || got.P1 != c.P1 || !bytes.Equal(got.Data, c.Data) || got.Le != c.Le {
			t.Fatalf("%+v %v", got, err)
		}
	})
}

type script [][]byte

func (s *script) Transmit([]byte) ([]byte, error) {
	if len(*s) == 0 {
		return nil, errors.New("taken away")
	}
	b := (*s)[0]
	*s = (*s)[1:]
	return b, nil
}

func TestExchange(t *testing.T) {
	r, err := Send(&script{{0x6C, 4}, {1, 2, 0x61, 2}, {3, 4, 0x90, 0}}, Command{INS: ReadBinary, Le: 256})
	if err != nil || r.Status != OK || !bytes.Equal(r.Data, []byte{1, 2, 3, 4}) {
		t.Error(r, err)
	}
	if _, err := Do(&script{{0x6A, 0x82}}, "select", Command{}); !errors.Is(err, Refused) {
		t.Error(err)
	}
	if _, err := Do(&script{{0x90}}, "select", Command{}); !errors.Is(err, Lost) {
		t.Error(err)
	}
	if _, err := Do(&script{}, "select", Command{}); !errors.Is(err, Lost) {
		t.Error(err)
	}
	if n, ok := Tries(5).TriesLeft(); !ok || n != 5 || Tries(5).String() != "63C5 wrong, 5 tries left" {
		t.Error(Tries(5))
	}
}

func FuzzParse(f *testing.F) {
	f.Add([]byte{0, 0xA4, 4, 0, 2, 1, 2, 0})
	f.Add([]byte{0, 0xB0, 0, 0, 0, 1, 0})
	f.Fuzz(func(t *testing.T, b []byte) {
		c, err := Parse(b)
		if err != nil {
			return
		}
		if d, err := Parse(c.Bytes()); err != nil || !bytes.Equal(c.Data, d.Data) || c.Le != d.Le && len(c.Data) <= 255 {
			t.Fatalf("%x: %+v, again %+v, %v", b, c, d, err)
		}
	})
}
