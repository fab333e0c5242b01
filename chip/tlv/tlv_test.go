package tlv

import (
	"bytes"
	"encoding/hex"
	"testing"

	"pgregory.net/rapid"
)

func TestPublished(t *testing.T) {
	// A file control information as EMV 4.3 book 1 shows it, with a two-byte tag inside.
	b, _ := hex.DecodeString("6F1A840E315041592E5359532E4444463031A5088801015F2D027A68")
	if v, ok := Find(b, 0x6F, 0xA5, 0x5F2D); !ok || string(v) != "zh" {
		t.Errorf("%q %v", v, ok)
	}
	if v, ok := Find(b, 0x6F, 0x84); !ok || string(v) != "1PAY.SYS.DDF01" {
		t.Errorf("%q %v", v, ok)
	}
	if _, ok := Find(b, 0x6F, 0x85); ok {
		t.Error("found a tag that is not there")
	}
	if !Tag(0x6F).Constructed() || Tag(0x9F02).Constructed() || !Tag(0xBF0C).Constructed() {
		t.Error("constructed")
	}
}

func TestHostile(t *testing.T) {
	for _, h := range []string{"30", "308D01", "3080", "3084FFFFFFFF", "1F8080801F00", "5F", "0401", "30830000"} {
		b, _ := hex.DecodeString(h)
		if _, _, _, err := Next(b); err == nil {
			t.Errorf("%s accepted", h)
		}
	}
	if tag, _, _, err := Next([]byte{0, 0xFF, 0}); tag != 0 || err != nil {
		t.Error("filler:", tag, err)
	}
}

func TestRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		tag := rapid.SampledFrom([]Tag{0x5A, 0x57, 0x6F, 0x9F0C, 0x5F20, 0xBF0C, 0xDF8101}).Draw(t, "tag")
		value := rapid.SliceOfN(rapid.Byte(), 0, 700).Draw(t, "value")
		got, v, rest, err := Next(Append(nil, tag, value))
		if err != nil || got != tag || !bytes.Equal(v, value) || len(rest) != 0 {
			t.Fatal(got, len(v), err)
		}
	})
}

func FuzzNext(f *testing.F) {
	f.Add([]byte{0x6F, 0x82, 0, 1, 0})
	f.Add([]byte{0x30, 0x8D})
	f.Fuzz(func(t *testing.T, b []byte) {
		for rest := b; len(rest) > 0; {
			tag, v, r, err := Next(rest)
			if err != nil || tag == 0 {
				break
			}
			if len(r) >= len(rest) || len(v) > len(rest) {
				t.Fatal("no progress")
			}
			rest = r
		}
		Find(b, 0x6F, 0xA5)
		ReadRecord(b)
	})
}
