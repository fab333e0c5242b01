package element

import (
	"encoding/hex"
	"errors"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestPublishedForms(t *testing.T) {
	for _, x := range []struct {
		e    Element
		text string
		hex  string
	}{
		{Class, "1", "31"},
		{Version, "3.00", "332E3030"},
		{Issued, "20191120", "20191120"},
		{CardNumber, "BA0010547", "424130303130353437"},
		{CardID, "330300D15600000599110145FFFFFFFF", "330300D15600000599110145FFFFFFFF"},
		{Ethnic, "01", "01"},
		{Birthland, "310101", "310101"},
		{Number, "11010519491231002X", "313130313035313934393132333130303258"},
		{Sex, "", "00"},
		{Issued, "2019", "2019FFFF"},
	} {
		b, err := x.e.Encode(x.text)
		if err != nil || strings.ToUpper(hex.EncodeToString(b)) != x.hex {
			t.Errorf("%s: %X, %v", x.e.Name, b, err)
			continue
		}
		if back, err := x.e.Decode(b); err != nil || back != x.text {
			t.Errorf("%s: %q, %v", x.e.Name, back, err)
		}
	}
}

func TestRefused(t *testing.T) {
	for _, x := range []struct {
		e    Element
		text string
		want error
	}{{Issued, "2019-11-20", TooLong}, {Issued, "2019112a", NotDigits}, {CardNumber, "BA00105470", TooLong}, {Sex, "男", TooLong}} {
		if _, err := x.e.Encode(x.text); !errors.Is(err, x.want) {
			t.Errorf("%s %q: %v", x.e.Name, x.text, err)
		}
	}
	if _, err := Name.Encode("\uFFFD"); err == nil {
		t.Error("a lost character was written")
	}
	if _, err := Name.Decode([]byte{0x98}); !errors.Is(err, Unreadable) {
		t.Error("half a character was read:", err)
	}
}

func TestNames(t *testing.T) {
	for _, name := range []string{"王小明", "𠮷䶮㛃", strings.Repeat("字", 25), strings.Repeat("𠮷", 12), "阿卜杜·" + strings.Repeat("买", 20), "龴龵龶龷龸龹龺龻",
		strings.Repeat("𠮷", 7) + strings.Repeat("字", 11), strings.Repeat("字", 14) + strings.Repeat("𠮷", 5),
		strings.Repeat("字", 14) + strings.Repeat("𠮷", 5) + "字"} { // the last one only fits with a character cut at byte 30
		first, more, err := EncodeName(name)
		if err != nil || len(first) != 30 || len(more) != 20 {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if back, err := DecodeName(first, more); err != nil || back != name {
			t.Errorf("%s read back as %s, %v", name, back, err)
		}
	}
	// 28 bytes and a character of four: the first record ends before it, readable by itself.
	first, _, _ := EncodeName(strings.Repeat("字", 14) + "𠮷")
	if s, err := Name.Decode(first); err != nil || s != strings.Repeat("字", 14) {
		t.Error("the first record cuts a character:", s, err)
	}
	for _, long := range []string{strings.Repeat("字", 26), strings.Repeat("𠮷", 13)} {
		if _, _, err := EncodeName(long); !errors.Is(err, TooLong) {
			t.Error(long, err)
		}
	}
}

func TestAnyName(t *testing.T) {
	letters := []rune("王字·䶮㛃𠮷𫖶龴aé")
	rapid.Check(t, func(t *rapid.T) {
		name := rapid.StringOfN(rapid.SampledFrom(letters), 0, 25, -1).Draw(t, "name")
		first, more, err := EncodeName(name)
		if errors.Is(err, TooLong) {
			return
		}
		if back, err2 := DecodeName(first, more); err != nil || err2 != nil || back != name {
			t.Fatal(name, back, err, err2)
		}
	})
}

func FuzzDecode(f *testing.F) {
	f.Add([]byte("\xCD\xF5\x00"))
	f.Fuzz(func(t *testing.T, b []byte) {
		Name.Decode(b)
		Issued.Decode(b)
		DecodeName(b, b)
	})
}
