package sheet

import (
	"bytes"
	"io"
	"strings"
)

// magics are the first bytes of files that people send by mistake, often under the name of a
// spreadsheet.
var magics = []struct{ magic, kind string }{
	{"PK\x03\x04", "zip"},
	{"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", "ole"},
	{"\xFF\xFE", "utf-16"}, {"\xFE\xFF", "utf-16"},
	{"%PDF", ".pdf"}, {"\xFF\xD8\xFF", ".jpg"}, {"\x89PNG", ".png"}, {"GIF8", ".gif"}, {"BM", ".bmp"},
	{"II*\x00", ".tif"}, {"MM\x00*", ".tif"}, {"{\\rtf", ".rtf"}, {"Rar!", ".rar"}, {"7z\xBC\xAF", ".7z"},
	{"\x1F\x8B", ".gz"}, {"PK\x05\x06", ".zip"}, {"MZ", ".exe"}, {"\x7FELF", ".exe"},
}

// sniff names the kind of a file by its first bytes; "" is text, which may be a .csv.
func sniff(head []byte) string {
	for _, m := range magics {
		if bytes.HasPrefix(head, []byte(m.magic)) && (m.kind != ".bmp" && m.kind != ".exe" || bytes.IndexByte(head, 0) >= 0) {
			return m.kind
		}
	}
	text := strings.ToLower(string(bytes.TrimLeft(bytes.TrimPrefix(head, []byte(bom)), " \t\r\n")))
	switch { // many systems write a web page or XML and call it .xls
	case strings.HasPrefix(text, "<?xml"), strings.HasPrefix(text, "<workbook"):
		return ".xml"
	case strings.HasPrefix(text, "<!doctype"), strings.HasPrefix(text, "<html"), strings.HasPrefix(text, "<table"), strings.HasPrefix(text, "<meta"), strings.HasPrefix(text, "<head"):
		return ".html"
	case bytes.IndexByte(head, 0) >= 0:
		return "binary"
	}
	return ""
}

const bom = "\xEF\xBB\xBF"

// insideOLE tells the three kinds of files in the old container apart by the names in its
// directory, which are UTF-16: an encrypted new workbook, an old workbook, anything else.
func insideOLE(r io.ReaderAt, size int64) error {
	all := make([]byte, size)
	if _, err := r.ReadAt(all, 0); err != nil && err != io.EOF {
		return err
	}
	has := func(name string) bool {
		wide := make([]byte, 0, 2*len(name))
		for i := range len(name) {
			wide = append(wide, name[i], 0)
		}
		return bytes.Contains(all, wide)
	}
	switch {
	case has("EncryptedPackage"):
		return Password
	case has("Workbook"), has("Book"):
		return OldExcel
	case has("WordDocument"):
		return with(WrongType, "type", ".doc")
	case has("PowerPoint Document"):
		return with(WrongType, "type", ".ppt")
	}
	return with(WrongType, "type", "OLE")
}
