package sheet

import (
	"bufio"
	"bytes"
	"regexp"
	"unicode"
	"unicode/utf8"

	"kawu/kit/gb"
)

type lineCount struct{ n, first int }

func (c *lineCount) add(line int) {
	if c.n++; c.n == 1 {
		c.first = line
	}
}

// ratherUTF8 decides about a line that is valid UTF-8 in a file that is not. Lines of GB 18030 can
// be valid UTF-8 by chance (联通 is the known case), and lines of UTF-8 nearly always decode as
// something in GB 18030; but read in the wrong encoding, names are rare characters or no code at all.
func ratherUTF8(line []byte) bool {
	ideographs, rareUTF8 := rarity(string(line))
	if ideographs == 0 {
		return false
	}
	text, losses := gb.Decode(line)
	_, rareGB := rarity(text)
	return len(losses) > 0 || rareUTF8 < rareGB
}

// rarity counts the ideographs of a text, and its characters that GB 2312 does not have: nearly all
// names and all words of a form consist of the 6,763 ideographs of that first standard.
func rarity(text string) (ideographs, rare int) {
	for _, r := range text {
		if r < utf8.RuneSelf {
			continue
		}
		if unicode.Is(unicode.Han, r) {
			ideographs++
		}
		b, err := gb.Encode(string(r))
		if err != nil || len(b) != 2 || b[0] < 0xA1 || b[0] > 0xF7 || b[1] < 0xA1 {
			rare++
		}
	}
	return ideographs, rare
}

// decoded is the text of a .csv in UTF-8, line by line: no byte of a longer code of GB 18030 is a
// line feed, a quotation mark or a separator.
type decoded struct {
	lines *bufio.Reader
	gb    bool
	begun bool
	rest  []byte
}

// keptAsText is ="110" without the quotation marks around it that CSV asks for; programs of the
// trade write it so, and it is put right before the strict reader sees it.
var keptAsText = regexp.MustCompile(`(^|[,;\t])="([^"\r\n]*)"`)

func (d *decoded) Read(p []byte) (int, error) {
	for len(d.rest) == 0 {
		line, err := d.lines.ReadSlice('\n')
		if len(line) == 0 && err != nil {
			return 0, err
		}
		if !d.begun {
			line, d.begun = bytes.TrimPrefix(line, []byte(bom)), true
		}
		if d.gb {
			s, _ := gb.Decode(line)
			line = []byte(s)
		}
		if bytes.Contains(line, []byte(`="`)) {
			line = keptAsText.ReplaceAll(line, []byte(`$1"=""$2"""`))
		}
		d.rest = line
	}
	n := copy(p, d.rest)
	d.rest = d.rest[n:]
	return n, nil
}
