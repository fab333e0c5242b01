package gb

import (
	"bytes"
	"encoding/binary"
	"errors"
	"os/exec"
	"reflect"
	"testing"
	"unicode/utf8"

	"kawu/kit/fault"
	"kawu/kit/wording"

	"pgregory.net/rapid"
)

func need(t *testing.T, tool string) {
	t.Helper()
	if _, err := exec.LookPath(tool); err != nil {
		t.Skipf("%s is not installed; the comparison with its decoder was not made", tool)
	}
}

// codes are all codes in the order of testdata/decode.js.
func codes() [][]byte {
	var out [][]byte
	for a := 0x81; a <= 0xFE; a++ {
		for b := 0x40; b <= 0xFE; b++ {
			if b != 0x7F {
				out = append(out, []byte{byte(a), byte(b)})
			}
		}
	}
	for a := 0x81; a <= 0xFE; a++ {
		for b := '0'; b <= '9'; b++ {
			for c := 0x81; c <= 0xFE; c++ {
				for d := '0'; d <= '9'; d++ {
					out = append(out, []byte{byte(a), byte(b), byte(c), byte(d)})
				}
			}
		}
	}
	return out
}

func TestEveryCodeAgainstNode(t *testing.T) {
	need(t, "node")
	out, err := exec.Command("node", "testdata/decode.js").Output()
	if err != nil {
		t.Fatal(err)
	}
	all := codes()
	if len(out) != 4*len(all) {
		t.Fatalf("node wrote %d bytes for %d codes", len(out), len(all))
	}
	wrong := 0
	for i, code := range all {
		want := rune(binary.LittleEndian.Uint32(out[4*i:]))
		got, losses := Decode(code)
		r, _ := utf8.DecodeRuneInString(got)
		if r != want || (len(losses) > 0) != (want == unknown || Private(want)) {
			if wrong++; wrong < 40 {
				t.Errorf("%X: U+%04X, node says U+%04X; losses %v", code, r, want, losses)
			}
		}
	}
	if wrong > 0 {
		t.Errorf("%d of %d codes differ", wrong, len(all))
	}
}

// Where glibc and browsers differ from each other: glibc writes six ideographs as the two-byte codes
// that the standard keeps for private use, and gives A3A0 to U+E5E5. We do as browsers do.
var glibcDiffers = map[rune]bool{
	0xE5E5: true, 0xE816: true, 0xE817: true, 0xE818: true, 0xE831: true, 0xE83B: true, 0xE855: true,
	0x20087: true, 0x20089: true, 0x200CC: true, 0x215D7: true, 0x2298F: true, 0x241FE: true,
}

// Every code point is written as glibc writes it, and read back as itself.
func TestEveryCodePointAgainstIconv(t *testing.T) {
	need(t, "iconv")
	var in bytes.Buffer
	var points []rune
	for r := rune(0x80); r <= utf8.MaxRune; r++ {
		if r >= 0xD800 && r <= 0xDFFF || r == unknown {
			continue
		}
		points = append(points, r)
		in.WriteRune(r)
		in.WriteByte('\n')
	}
	cmd := exec.Command("iconv", "-c", "-f", "UTF-8", "-t", "GB18030")
	cmd.Stdin = &in
	out, _ := cmd.Output() // -c still ends with 1 when it left something out
	lines := bytes.Split(out, []byte{'\n'})
	if len(lines) != len(points)+1 {
		t.Fatalf("iconv wrote %d lines for %d code points", len(lines)-1, len(points))
	}
	wrong := 0
	for i, r := range points {
		got, err := Encode(string(r))
		if bytes.Equal(got, lines[i]) == glibcDiffers[r] {
			if wrong++; wrong < 60 {
				t.Errorf("%U: %X %v, iconv says %X", r, got, err, lines[i])
			}
		}
		if back, _ := Decode(got); err == nil && back != string(r) {
			t.Errorf("%U was read back as %U", r, []rune(back))
		}
	}
	if wrong > 0 {
		t.Errorf("%d differ", wrong)
	}
}

func TestNames(t *testing.T) {
	for s, want := range map[string]string{
		"张三": "\xD5\xC5\xC8\xFD", "䶮": "\xFE\x9F", "𠮷": "\x95\x34\xB2\x35", "𫖶": "\x98\x38\xF6\x34",
		"龴龵龶龷": "\xFE\x59\xFE\x61\xFE\x66\xFE\x67", "龸龹龺龻": "\xFE\x6D\xFE\x7E\xFE\x90\xFE\xA0",
		"阿·买": "\xB0\xA2\xA1\xA4\xC2\xF2", "A1": "A1", "": "",
	} {
		b, err := Encode(s)
		if err != nil || string(b) != want || Len(s) != len(want) {
			t.Errorf("%s: %X %v, length %d", s, b, err, Len(s))
		}
		if back, losses := Decode(b); back != s || losses != nil {
			t.Errorf("%s was read back as %s %v", s, back, losses)
		}
	}
	// Files from before 2022 have the four-byte form of the eight; it names the same character.
	if s, losses := Decode([]byte("\x82\x35\x90\x37")); s != "龴" || losses != nil {
		t.Errorf("%s %v", s, losses)
	}
}

func TestMeant(t *testing.T) {
	for r, want := range map[rune]rune{0xE815: '⺁', 0xE81E: '龴', 0xE863: '䶮', 0xE864: '龻', 0xE816: '𠂇', 0xE81A: '㑳', 0xE843: '龹', 0xE844: '䜣'} {
		if got, ok := Meant(r); got != want || !ok {
			t.Errorf("%U: %c, want %c", r, got, want)
		}
	}
	for r := rune(0xE815); r <= 0xE864; r++ {
		if got, ok := Meant(r); !ok || Private(got) {
			t.Errorf("%U: %U", r, got)
		}
	}
	if _, ok := Meant(0xE865); ok {
		t.Error("U+E865 means nothing")
	}
}

func TestLosses(t *testing.T) {
	for in, c := range map[string]struct {
		want   string
		losses []Loss
	}{
		"a\xAA\xA1":              {"a\ue000", []Loss{{1, "AAA1", PrivateUse}}},
		"\xFE\x51b":              {"\ue816b", []Loss{{0, "FE51", PrivateUse}}},
		"\xFF":                   {"\ufffd", []Loss{{0, "FF", Broken}}},
		"\xB0\x20":               {"\ufffd ", []Loss{{0, "B0", Broken}}},
		"\xB0":                   {"\ufffd", []Loss{{0, "B0", Broken}}},
		"\x81\x30\x81":           {"\ufffd0\ufffd", []Loss{{0, "81", Broken}, {2, "81", Broken}}},
		"\xFE\x39\xFE\x39":       {"\ufffd", []Loss{{0, "FE39FE39", Unassigned}}},
		"\x84\x31\xA4\x37":       {"\ufffd", []Loss{{0, "8431A437", Unassigned}}},
		"\xA3\xA0":               {"\u3000", nil},
		"\xD5\xC5\x80\xC8\xFD\n": {"张\ufffd三\n", []Loss{{2, "80", Broken}}},
	} {
		got, losses := Decode([]byte(in))
		if got != c.want || !reflect.DeepEqual(losses, c.losses) {
			t.Errorf("%X: %+q %v", in, got, losses)
		}
	}
}

func TestEncodeRefuses(t *testing.T) {
	for s, want := range map[string]error{"张\ufffd": NotText, "张\xff": NotText, "\ue5e5": NotWritable, "\ue81e": NotWritable} {
		b, err := Encode(s)
		if b != nil || !errors.Is(err, want) || !wording.Has(fault.Of(err).Code) {
			t.Errorf("%+q: %X %v", s, b, err)
		}
	}
}

// What can be written is read back the same, and has the length that was said.
func TestRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.String().Draw(t, "s")
		b, err := Encode(s)
		if err != nil {
			return
		}
		if back, _ := Decode(b); back != s || Len(s) != len(b) {
			t.Fatalf("%q: %X %q", s, b, back)
		}
	})
}

// Whatever arrives, Decode ends with valid text, and with a loss for every replacement.
func FuzzDecode(f *testing.F) {
	f.Add([]byte("\xD5\xC5\x81\x30\x81"))
	f.Fuzz(func(t *testing.T, b []byte) {
		s, losses := Decode(b)
		lost := 0
		for _, l := range losses {
			if l.Why != PrivateUse {
				lost++
			}
		}
		if !utf8.ValidString(s) || bytes.Count([]byte(s), []byte("\ufffd")) != lost {
			t.Fatalf("%X: %q %v", b, s, losses)
		}
	})
}
