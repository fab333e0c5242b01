package sheet

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"kawu/kit/fault"
	"kawu/kit/gb"
	"kawu/kit/wording"

	"github.com/xuri/excelize/v2"
)

var people = Spec{Columns: []Column{
	{Key: "name", Names: []string{"姓名"}, Required: true},
	{Key: "id", Names: []string{"证件号码", "身份证号"}, Required: true, Looks: func(s string) bool { return len(s) == 18 }},
	{Key: "mobile", Names: []string{"手机号", "手机号码"}},
}}

func read(b []byte, spec Spec) ([]Row, Info, error) {
	var rows []Row
	info, err := Read(bytes.NewReader(b), int64(len(b)), spec, func(r Row) error {
		rows = append(rows, r)
		return nil
	})
	return rows, info, err
}

// flatRows writes rows as "line A=text/kind …".
func flatRows(rows []Row) string {
	var b strings.Builder
	for _, r := range rows {
		fmt.Fprintf(&b, "%d", r.Line)
		for _, c := range r.Cells {
			fmt.Fprintf(&b, " %s=%s/%d", c.Column, c.Text, c.Kind)
		}
		b.WriteString("\n")
	}
	return b.String()
}

var (
	names = []string{"姓名", "证件号码", "手机号"}
	zhang = []string{"司马䶮𠅤", "11010519491231002X", "13800002209"}
	ali   = []string{"阿卜杜热合曼·买买提", "65010219610302001X", "13900001234"}
)

func TestReadWorkbooks(t *testing.T) {
	for name, c := range map[string]struct {
		book workbook
		want string
	}{
		"inline strings": {workbook{tabs: []string{inline(names, zhang)}},
			"2 A=司马䶮𠅤/1 B=11010519491231002X/1 C=13800002209/1\n"},
		"shared strings, rich text and reading aid": {workbook{
			tabs: []string{`<sheetData><row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c></row>` +
				`<row r="2"><c r="A2" s="1" t="s"><v>2</v></c><c r="B2" t="s"><v>3</v></c></row></sheetData>`},
			strings: `<si><t>姓名</t><rPh sb="0" eb="1"><t>xing</t></rPh></si><si><t xml:space="preserve"> 身份证号 </t></si>` +
				`<si><r><rPr><b/></rPr><t>㛃</t></r><r><t>小禾&amp;</t></r></si><si><t>1_x000D_2</t></si>`},
			"2 A=㛃小禾&/1 B=1\r2/1 =/0\n"},
		"no references, prefixed names": {workbook{tabs: []string{
			`<x:sheetData xmlns:x="` + nsMain + `"><x:row><x:c t="str"><x:v>姓名</x:v></x:c><x:c t="str"><x:v>证件号码</x:v></x:c></x:row>` +
				`<x:row><x:c t="str"><x:v>张三</x:v></x:c><x:c><x:v>1</x:v></x:c></x:row></x:sheetData>`}},
			"2 A=张三/1 B=1/2 =/0\n"},
		"kinds": {workbook{tabs: []string{inline(names,
			[]string{`<c r="A2" t="str"><f>B1&amp;C1</f><v>张三</v></c>`, `<c r="B2"><v>1.1010519491231E+17</v></c>`, `<c r="C2"><v>1.3800002209E10</v></c>`},
			[]string{`<c r="A3" t="e"><v>#N/A</v></c>`, `<c r="B3"><v>110105194912310000</v></c>`, `<c r="C3"/>`},
			[]string{`<c r="A4"><f>1+1</f></c>`})}},
			"2 A=张三/3 B=1.1010519491231E+17/2 C=13800002209/2\n" +
				"3 A=#N/A/4 B=110105194912310000/2 C=/0\n4 A=/3 B=/0 C=/0\n"},
		"title, notes, other columns, order, empty lines": {workbook{tabs: []string{
			inline([]string{"花名册"}, nil, []string{"", "备注", "* 手机号码（必填）", "姓 名", "身份证号"}, nil, []string{"", "x", "1", "张三", "2"}, []string{" "}, []string{"1"}, []string{"", "", "", "李四"}) +
				`<mergeCells count="1"><mergeCell ref="A1:E1"/></mergeCells>`}},
			"5 D=张三/1 E=2/1 C=1/1\n8 D=李四/1 E=/0 C=/0\n"},
		"the better name wins": {workbook{tabs: []string{inline([]string{"身份证号", "手机号码", "姓名", "手机号", "证件号码"}, []string{"0", "1", "张三", "2", "3"})}},
			"2 C=张三/1 E=3/1 D=2/1\n"},
		"hidden lists": {workbook{tabs: []string{inline(names, ali), inline([]string{"工商银行"}), inline([]string{"x"}), `<sheetData/>`}, states: []string{"", "hidden", "veryHidden"}},
			"2 A=阿卜杜热合曼·买买提/1 B=65010219610302001X/1 C=13900001234/1\n"},
	} {
		rows, info, err := read(c.book.bytes(t), people)
		if got := flatRows(rows); err != nil || got != c.want || info.Format != "xlsx" || info.Sheet != "表1" || info.Rows != len(rows) {
			t.Errorf("%s: %v %+v\n got %s\nwant %s", name, err, info, got, c.want)
		}
	}
}

func TestInfo(t *testing.T) {
	_, info, err := read(workbook{tabs: []string{inline([]string{"花名册"}, []string{"备注", "姓名", "", "身份证号"}, []string{"", "a", "", "b"})}}.bytes(t), people)
	want := Info{Format: "xlsx", Sheet: "表1", Header: 2, Columns: map[string]string{"name": "B", "id": "D"}, Ignored: []string{"A"}, Rows: 1}
	if err != nil || !reflect.DeepEqual(info, want) {
		t.Errorf("%+v %v", info, err)
	}
}

func csvOf(lines ...[]string) string {
	var b strings.Builder
	for _, l := range lines {
		b.WriteString(strings.Join(l, ",") + "\r\n")
	}
	return b.String()
}

func TestReadCSV(t *testing.T) {
	both := csvOf(names, zhang, ali)
	inGB, err := gb.Encode(both)
	if err != nil {
		t.Fatal(err)
	}
	want := "2 A=司马䶮𠅤/1 B=11010519491231002X/1 C=13800002209/1\n3 A=阿卜杜热合曼·买买提/1 B=65010219610302001X/1 C=13900001234/1\n"
	for name, c := range map[string]struct {
		in       string
		encoding string
		want     string
	}{
		"utf-8":           {both, "utf-8", want},
		"byte mark":       {bom + both, "utf-8", want},
		"gb 18030":        {string(inGB), "gb18030", want},
		"tabs":            {strings.ReplaceAll(both, ",", "\t"), "utf-8", want},
		"semicolons":      {strings.ReplaceAll(both, ",", ";"), "utf-8", want},
		"no last newline": {strings.TrimSuffix(both, "\r\n"), "utf-8", want},
		"quotes":          {strings.ReplaceAll(both, "手机号", `"手机""号"`) + "\"张\n三\",1,=1+1\n", "utf-8", ""},
		"kept as text": {csvOf(names, []string{"张三", `="110"`, `'1`}, []string{"#N/A", "=B2", `"=""2"""`}), "utf-8",
			"2 A=张三/1 B==\"110\"/1 C='1/1\n3 A=#N/A/4 B==B2/3 C==\"2\"/1\n"},
		"blank lines": {"\r\n" + csvOf(names) + ",,\r\n\r\n" + csvOf(zhang), "utf-8", "5 A=司马䶮𠅤/1 B=11010519491231002X/1 C=13800002209/1\n"},
	} {
		rows, info, err := read([]byte(c.in), people)
		if name == "quotes" {
			c.want = "2 A=司马䶮𠅤/1 B=11010519491231002X/1 =/0\n3 A=阿卜杜热合曼·买买提/1 B=65010219610302001X/1 =/0\n4 A=张\n三/1 B=1/1 =/0\n"
		}
		if got := flatRows(rows); err != nil || got != c.want || info.Format != "csv" || info.Encoding != c.encoding {
			t.Errorf("%s: %v %+v\n got %s\nwant %s", name, err, info, got, c.want)
		}
	}
}

// What GB 18030 cannot say comes through as U+FFFD or private use, for the check of the name.
func TestLostCharactersAreKept(t *testing.T) {
	head, _ := gb.Encode(csvOf(names))
	rows, _, err := read(append(head, "\xD5\xC5\xFF,1,2\n\xAA\xA1,1,2\n"...), people)
	if got := flatRows(rows); err != nil || got != "2 A=张\ufffd/1 B=1/1 C=2/1\n3 A=\ue000/1 B=1/1 C=2/1\n" {
		t.Errorf("%q %v", got, err)
	}
}

// Lines of GB 18030 that happen to be UTF-8 do not make a file mixed. 联通 is two Latin letters in
// UTF-8; the other is a name whose six bytes are two ideographs there.
func TestAccidentalUTF8(t *testing.T) {
	for name, inUTF8 := range map[string]string{"联通": "", "洹辩啊": "䡱簡", "涓颁赴": "丰丰"} {
		if b, err := gb.Encode(name); err != nil || inUTF8 != "" && string(b) != inUTF8 {
			t.Fatalf("%s is no example: %X %s", name, b, b)
		}
		b, err := gb.Encode(csvOf(names, zhang, []string{name, "1", "2"}))
		if err != nil {
			t.Fatal(err)
		}
		if rows, info, err := read(b, people); err != nil || info.Encoding != "gb18030" || rows[1].Cells[0].Text != name {
			t.Errorf("%s: %+v %v", name, info, err)
		}
	}
}

func ole(names ...string) []byte {
	b := []byte("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1" + strings.Repeat("\x00", 600))
	for _, n := range names {
		for _, c := range n {
			b = append(b, byte(c), 0)
		}
		b = append(b, make([]byte, 64)...)
	}
	return b
}

func TestRefuses(t *testing.T) {
	gbLine, _ := gb.Encode("张三,1,2\n")
	two := []string{inline(names, zhang), inline(names, ali)}
	for name, c := range map[string]struct {
		in   []byte
		want string
	}{
		"empty file":              {nil, "sheet.empty_file"},
		"blank file":              {[]byte("\n\n,,\n"), "sheet.empty_file"},
		"empty workbook":          {workbook{tabs: []string{"<sheetData/>", ""}}.bytes(t), "sheet.empty_file"},
		"no rows":                 {[]byte(csvOf(names)), "sheet.no_rows line=1"},
		"old excel":               {ole("Root Entry", "Workbook"), "sheet.old_excel"},
		"password":                {ole("Root Entry", "EncryptionInfo", "EncryptedPackage"), "sheet.password"},
		"old word":                {ole("Root Entry", "WordDocument"), "sheet.wrong_type type=.doc"},
		"pdf":                     {[]byte("%PDF-1.7\n"), "sheet.wrong_type type=.pdf"},
		"jpeg":                    {[]byte("\xFF\xD8\xFF\xE0"), "sheet.wrong_type type=.jpg"},
		"html":                    {[]byte("\n<html><table>"), "sheet.wrong_type type=.html"},
		"xml":                     {[]byte(bom + "<?xml version=\"1.0\"?><Workbook>"), "sheet.wrong_type type=.xml"},
		"docx":                    {workbook{extra: map[string]string{"word/document.xml": "x"}}.bytes(t), "sheet.wrong_type type=.docx"},
		"xlsb":                    {workbook{extra: map[string]string{"xl/workbook.bin": "x"}}.bytes(t), "sheet.wrong_type type=.xlsb"},
		"binary":                  {[]byte("姓名,证件号码\n\x00"), "sheet.wrong_type type=binary"},
		"long line":               {[]byte(strings.Repeat("x", 1<<17)), "sheet.wrong_type type=text"},
		"utf-16":                  {[]byte("\xFF\xFEY\x00"), "sheet.utf16"},
		"macro":                   {workbook{tabs: two[:1], extra: map[string]string{"xl/vbaProject.bin": "x"}}.bytes(t), "sheet.macro"},
		"cut":                     {workbook{tabs: two[:1]}.bytes(t)[:700], "sheet.broken"},
		"a sheet that ends early": {workbook{tabs: []string{strings.TrimSuffix(inline(names, zhang), "</sheetData>")}}.bytes(t), "sheet.broken"},
		"broken XML":              {workbook{tabs: []string{"<sheetData><row"}}.bytes(t), "sheet.broken"},
		"entities":                {workbook{tabs: []string{"<!DOCTYPE x>"}}.bytes(t), "sheet.broken"},
		"part missing":            {workbook{tabs: two[:1], extra: map[string]string{"xl/_rels/workbook.xml.rels": "<Relationships/>"}}.bytes(t), "sheet.broken"},
		"two sheets":              {workbook{tabs: two}.bytes(t), "sheet.two_sheets n=2 sheets=表1, 表2"},
		"no header":               {[]byte(csvOf(zhang, ali)), "sheet.header_not_found guess=B = 证件号码"},
		"no guess":                {[]byte("a,b\nc,d\n"), "sheet.header_not_found guess=?"},
		"header missing":          {[]byte(csvOf([]string{"姓名", "手机号"}, []string{"张三", "1"})), "sheet.header_missing line=1 missing=证件号码"},
		"header twice":            {[]byte(csvOf([]string{"姓名", "证件号码", "证件 号码"}, []string{"张三", "1", "1"})), "sheet.header_twice columns=B, C line=1 name=证件号码"},
		"header merged":           {workbook{tabs: []string{inline(names, zhang) + `<mergeCells><mergeCell ref="B1:B2"/></mergeCells>`}}.bytes(t), "sheet.header_merged range=B1:B2"},
		"utf-8 in gb":             {append(bytes.Repeat(gbLine, 3), "阿卜杜,3,4\n"...), "sheet.mixed_encodings line=4"},
		"gb in utf-8":             {append([]byte(csvOf(names, zhang, ali)), gbLine...), "sheet.mixed_encodings line=4"},
		"one rare name in utf-8":  {append(bytes.Repeat(gbLine, 3), "㛃小禾,3,4\n"...), "sheet.mixed_encodings line=4"},
		"one character in utf-8":  {append(bytes.Repeat(gbLine, 3), "B,王,4\n"...), "sheet.mixed_encodings line=4"},
		"two characters in utf-8": {append(bytes.Repeat(gbLine, 3), "王强,3,4\n"...), "sheet.mixed_encodings line=4"},
		"open quote":              {[]byte(csvOf(names) + "\"张三,1,2\n" + csvOf(ali)), "sheet.quotes line=2"},
		"stray quote":             {[]byte(csvOf(names) + "张\"三,1,2\n"), "sheet.quotes line=2"},
	} {
		rows, _, err := read(c.in, people)
		f := fault.Of(err)
		if f == nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		got := f.Code
		for _, arg := range []string{"columns", "guess", "line", "missing", "n", "name", "range", "sheets", "type"} {
			if v, ok := f.Args[arg]; ok {
				got += fmt.Sprintf(" %s=%v", arg, v)
			}
		}
		if got != c.want || rows != nil || !worded(f) {
			t.Errorf("%s: %s, want %s (%d rows)", name, got, c.want, len(rows))
		}
	}
}

func TestLimits(t *testing.T) {
	spec := people
	spec.MaxRows, spec.MaxBytes = 3, 2000
	csv := csvOf([]string{"title"}, names, zhang, zhang, zhang)
	if rows, _, err := read([]byte(csv), spec); err != nil || len(rows) != 3 {
		t.Errorf("%d %v", len(rows), err)
	}
	if _, _, err := read([]byte(csv+csvOf(zhang)), spec); !errors.Is(err, TooManyRows) || fault.Of(err).Args["max"] != 3 {
		t.Errorf("%v", err)
	}
	if _, _, err := read([]byte(csv+strings.Repeat("\n", 2000)), spec); !errors.Is(err, TooBig) {
		t.Errorf("%v", err)
	}
	// One cell that unpacks to more than a cell can hold.
	bomb := workbook{tabs: []string{inline(names, []string{strings.Repeat("x", 2<<20)})}}.bytes(t)
	if _, _, err := read(bomb, people); !errors.Is(err, Broken) || len(bomb) > 10_000 {
		t.Errorf("%d bytes: %v", len(bomb), err)
	}
	bomb = workbook{tabs: []string{inline(names)}, extra: map[string]string{"_rels/.rels": strings.Repeat(" ", maxPart)}}.bytes(t)
	if _, _, err := read(bomb, people); !errors.Is(err, TooBig) {
		t.Errorf("%v", err)
	}
}

// A part that unpacks to more than it declares ends at the limit.
func TestLimitedPart(t *testing.T) {
	r := &limited{ReadCloser: io.NopCloser(strings.NewReader(strings.Repeat("x", 100))), left: 10, full: TooBig}
	b, err := io.ReadAll(r)
	if len(b) != 10 || !errors.Is(err, TooBig) {
		t.Errorf("%d %v", len(b), err)
	}
}

// The error of the receiver ends the reading and comes back as it is.
func TestReceiverEndsReading(t *testing.T) {
	stop := errors.New("stop")
	for _, b := range [][]byte{[]byte(csvOf(names, zhang, ali)), workbook{tabs: []string{inline(names, zhang, ali)}}.bytes(t)} {
		n := 0
		_, err := Read(bytes.NewReader(b), int64(len(b)), people, func(Row) error { n++; return stop })
		if !errors.Is(err, stop) || n != 1 {
			t.Errorf("%v after %d", err, n)
		}
	}
}

func TestLetters(t *testing.T) {
	for s, n := range map[string]int{"A": 0, "Z": 25, "AA": 26, "XFD": 16383, "": -1, "XFE": -1, "ZZZZZZZZ": -1} {
		if got := column(s + "7"); got != n {
			t.Errorf("%s: %d", s, got)
		}
		if n >= 0 && letter(n) != s {
			t.Errorf("%d: %s", n, letter(n))
		}
	}
}

// A true file of Excel 97-2003; LibreOffice's other files are read in domain/roster.
func TestOldExcelFromLibreOffice(t *testing.T) {
	office, err := exec.LookPath("soffice")
	if err != nil {
		t.Skip("LibreOffice is not installed; no true .xls was made")
	}
	dir := t.TempDir()
	in := filepath.Join(dir, "in.csv")
	if err := os.WriteFile(in, []byte("a,b\n1,2\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(office, "-env:UserInstallation=file://"+dir+"/profile", "--headless", "--convert-to", "xls", "--outdir", dir, in)
	if b, err := cmd.CombinedOutput(); err != nil {
		t.Skipf("LibreOffice did not convert: %v %s", err, b)
	}
	b, err := os.ReadFile(filepath.Join(dir, "in.xls"))
	if err != nil {
		t.Fatal(err)
	}
	if _, _, err := read(b, people); !errors.Is(err, OldExcel) {
		t.Errorf("%v", err)
	}
}

// A workbook that the library encrypted as Excel does.
func TestPasswordByTheLibrary(t *testing.T) {
	f := excelize.NewFile()
	var out bytes.Buffer
	if err := f.Write(&out, excelize.Options{Password: "1"}); err != nil {
		t.Fatal(err)
	}
	if _, _, err := read(out.Bytes(), people); !errors.Is(err, Password) {
		t.Errorf("%v", err)
	}
}

func FuzzRead(f *testing.F) {
	f.Add([]byte(csvOf(names, zhang)))
	f.Add(workbook{tabs: []string{inline(names, zhang)}}.bytes(f))
	f.Fuzz(func(t *testing.T, b []byte) {
		if _, _, err := read(b, people); err != nil && fault.Of(err) == nil {
			t.Fatalf("%v is no fault", err)
		}
	})
}

// worded says whether a fault has its wording in both halves, with all places filled.
func worded(f *fault.Fault) bool {
	both := wording.Of(wording.ZH, f) + wording.Of(wording.EN, f)
	return wording.Has(f.Code) && !strings.Contains(both, "{")
}
