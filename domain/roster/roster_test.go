package roster

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"kawu/kit/clock"
	"kawu/kit/fault"
	"kawu/kit/gb"
	"kawu/kit/idno"
	"kawu/kit/sheet"
	"kawu/kit/wording"

	"github.com/xuri/excelize/v2"
)

var on = time.Date(2024, 2, 1, 9, 0, 0, 0, clock.Zone)

func readText(t *testing.T, lines ...string) *Result {
	t.Helper()
	b := []byte(strings.Join(lines, "\n") + "\n")
	r, err := Read(bytes.NewReader(b), int64(len(b)), 0, on)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// told writes problems as "line column code …".
func told(ps []Problem) string {
	var out []string
	for _, p := range ps {
		s := fmt.Sprintf("%d%s %s", p.Line, p.Column, p.Fault.Code)
		if v, ok := p.Fault.Args["first"]; ok {
			s += fmt.Sprint(" ", v)
		}
		out = append(out, s)
	}
	return strings.Join(out, "; ")
}

const head = "姓名,证件号码,手机号码"

func TestAllFaultsOfAllRowsAtOnce(t *testing.T) {
	r := readText(t, head,
		"司马䶮𠅤,11010519491231002X,13800002209",
		",110105194912310021,1380000220",
		"张😀,310101200513010011,028-12345678",
		"阿卜杜热合曼·买买提,65010219610302001X,13900001234",
		"张\ufffd,1.10105E+17,=A1",
		"李小,510100202411010012,13900001235")
	want := "3A name.empty; 3B idno.check_digit; 3C phone.length; 4A name.emoji; 4B idno.date; 4C phone.prefix; " +
		"6A name.lost_character; 6B idno.excel_rounded; 6C sheet.formula"
	if got := told(r.Problems); !strings.HasPrefix(got, want) {
		t.Errorf("got %s", got)
	}
	if r.Rows() != 6 || len(r.Entries) != 2 || r.Entries[0].Name != "司马䶮𠅤" || r.Entries[1].Line != 5 {
		t.Errorf("%d rows, good %v", r.Rows(), r.Entries)
	}
}

func TestBirthInTheFuture(t *testing.T) {
	body := "51010020240202001"
	number := body + string(idno.Check(body))
	if got := told(readText(t, head, "李小,"+number+",13900001235").Problems); got != "2B idno.not_born" {
		t.Error(got)
	}
	later := strings.NewReader(head + "\n李小," + number + ",13900001235\n")
	r, err := Read(later, later.Size(), 0, on.AddDate(0, 0, 1))
	if err != nil || len(r.Entries) != 1 {
		t.Errorf("%v %v", r, err)
	}
}

func TestNormalisedAndSaidSo(t *testing.T) {
	r := readText(t, head, " 阿卜杜热合曼•买买提,１１０１０５ 19491231002x,+86 138-0000-2209")
	want := []Note{{2, "A", "tidy.spaces"}, {2, "A", "tidy.middle_dot"}, {2, "B", "tidy.full_width"}, {2, "B", "tidy.spaces"},
		{2, "B", "tidy.upper_case"}, {2, "C", "tidy.spaces"}, {2, "C", "tidy.dashes"}, {2, "C", "tidy.country_code"}}
	if !slices.Equal(r.Notes, want) || len(r.Problems) > 0 {
		t.Errorf("%v %v", r.Notes, told(r.Problems))
	}
	e := r.Entries[0]
	if e.ID.Reveal() != "11010519491231002X" || e.Name.Reveal() != "阿卜杜热合曼·买买提" || e.Mobile.Reveal() != "13800002209" {
		t.Errorf("%s %s %s", e.ID.Reveal(), e.Name.Reveal(), e.Mobile.Reveal())
	}
}

func TestDuplicates(t *testing.T) {
	const id = "11010519491231002"
	for name, c := range map[string]struct {
		rows []string
		want string
		good int
	}{
		"the same row":              {[]string{"张三," + id + "X,13800002209", "张三," + id + "x,13800002209"}, "3B roster.duplicate 2", 1},
		"three times":               {[]string{"张三," + id + "X,13800002209", "张三," + id + "x,13800002209", "张三," + id + "X,13800002209"}, "3B roster.duplicate 2; 4B roster.duplicate 2", 1},
		"another mobile":            {[]string{"张三," + id + "X,13800002209", "张三," + id + "X,13900002209"}, "3B roster.duplicate 2", 1},
		"another name":              {[]string{"张三," + id + "X,13800002209", "李四," + id + "X,13800002209"}, "2B roster.conflict 3; 3B roster.conflict 2", 0},
		"another name, third":       {[]string{"张三," + id + "X,13800002209", "李四," + id + "X,13800002209", "李四," + id + "X,13800002209"}, "2B roster.conflict 3; 3B roster.conflict 2; 4B roster.conflict 2", 0},
		"the first is wrong anyway": {[]string{"张3," + id + "X,13800002209", "张三," + id + "X,13800002209"}, "2A name.digit; 3B roster.duplicate 2", 0},
		"the second has no name":    {[]string{"张三," + id + "X,13800002209", "," + id + "X,13800002209"}, "3A name.empty; 3B roster.duplicate 2", 1},
	} {
		r := readText(t, append([]string{head}, c.rows...)...)
		if got := told(r.Problems); got != c.want || len(r.Entries) != c.good || len(r.Raw) != len(c.rows)-c.good {
			t.Errorf("%s: %s, %d good", name, got, len(r.Entries))
		}
	}
}

// sheetOf makes a workbook whose cells are given as XML.
func sheetOf(t *testing.T, rows string) []byte {
	t.Helper()
	var out bytes.Buffer
	f := excelize.NewFile()
	if err := f.Write(&out); err != nil {
		t.Fatal(err)
	}
	in, err := zip.NewReader(bytes.NewReader(out.Bytes()), int64(out.Len()))
	if err != nil {
		t.Fatal(err)
	}
	var made bytes.Buffer
	z := zip.NewWriter(&made)
	for _, part := range in.File {
		if part.Name != "xl/worksheets/sheet1.xml" {
			if err := z.Copy(part); err != nil {
				t.Fatal(err)
			}
			continue
		}
		w, err := z.Create(part.Name)
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(w, `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>%s</sheetData></worksheet>`, rows)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return made.Bytes()
}

func text(ref, s string) string {
	return fmt.Sprintf(`<c r="%s" t="inlineStr"><is><t>%s</t></is></c>`, ref, s)
}

// A number that Excel kept as a quantity is lost, also when it passes its check digit by chance.
func TestExcelRoundedNumbers(t *testing.T) {
	lucky := ""
	for day := 1; day <= 28 && lucky == ""; day++ {
		for seq := range 10 {
			if body := fmt.Sprintf("110105199005%02d%d00", day, seq); idno.Check(body) == '0' {
				lucky = body + "0"
				break
			}
		}
	}
	heads := `<row r="1">` + text("A1", "姓名") + text("B1", "身份证号") + text("C1", "手机") + `</row>`
	b := sheetOf(t, heads+
		`<row r="2">`+text("A2", "张三")+`<c r="B2"><v>1.1010519491231E+17</v></c><c r="C2"><v>13800002209</v></c></row>`+
		`<row r="3">`+text("A3", "李四")+`<c r="B3"><v>`+lucky+`</v></c><c r="C3"><v>1.3800002209E+10</v></c></row>`+
		`<row r="4">`+text("A4", "王五")+text("B4", lucky)+`<c r="C4"><v>13800002209</v></c></row>`+
		`<row r="5">`+text("A5", "赵六")+`<c r="B5" t="str"><f>"65010219610302001"&amp;"X"</f><v>65010219610302001X</v></c><c r="C5"><v>13800002209</v></c></row>`)
	r, err := Read(bytes.NewReader(b), int64(len(b)), 0, on)
	if err != nil {
		t.Fatal(err)
	}
	if got := told(r.Problems); got != "2B idno.excel_rounded; 3B idno.excel_rounded; 5B sheet.formula" || len(r.Entries) != 1 || r.Entries[0].Mobile != "13800002209" {
		t.Errorf("%s, good %v", got, r.Entries)
	}
	// As text the lucky one is believed; not in a file where another number was rounded.
	row := "王五," + lucky + ",13800002209"
	if r := readText(t, head, row); len(r.Entries) != 1 {
		t.Errorf("%s", told(r.Problems))
	}
	if got := told(readText(t, head, row, "张三,110105194912310000,13800002209").Problems); got != "2B idno.excel_rounded; 3B idno.excel_rounded" {
		t.Error(got)
	}
}

// The eight characters that the usual decoder loses, in a roster as old systems export it.
func TestNamesInGB18030(t *testing.T) {
	b, err := gb.Encode(head + "\r\n龴龵龶龷龸龹龺龻,11010519491231002X,13800002209\r\n㛃小禾,65010219610302001X,13800002209\r\n" +
		strings.Repeat("买", 25) + ",510100201911010012,13800002209\r\n" + strings.Repeat("买", 26) + ",310101200002290015,13800002209\r\n")
	if err != nil {
		t.Fatal(err)
	}
	r, err := Read(bytes.NewReader(b), int64(len(b)), 0, on)
	if err != nil || len(r.Entries) != 3 || r.Entries[0].Name != "龴龵龶龷龸龹龺龻" || told(r.Problems) != "5A name.too_long" || r.Info.Encoding != "gb18030" {
		t.Errorf("%s %v", told(r.Problems), err)
	}
}

func TestAgainst(t *testing.T) {
	r := readText(t, head, "张三,11010519491231002X,13800002209", "李四,65010219610302001X,13800002209", "王五,510100201911010012,13800002209",
		"赵六,310101200002290015,13800002209", "钱,1,1")
	r.Against(map[int]Stored{
		3: {OtherBatch: "col_1", HoldsThird: true, OutsidePilot: true, NotInService: true},
		4: {Unknown: true, NotInService: true},
		5: {},
		6: {Unknown: true}, // had its faults before; nothing is added
	})
	want := "3B roster.in_other_batch; 3B roster.holds_third_generation; 3B roster.outside_pilot; 3B roster.not_in_service; 4B roster.unknown_person; 6B idno.length; 6C phone.length"
	if len(r.Out) != 2 || r.Out[0].Line != 3 || r.Out[1].Line != 4 || len(r.Raw) != 1 {
		t.Errorf("out %v, raw %v", r.Out, r.Raw)
	}
	if got := told(r.Problems); got != want || len(r.Entries) != 2 || r.Entries[0].Line != 2 || r.Entries[1].Line != 5 {
		t.Errorf("%s, good %v", got, r.Entries)
	}
	if n := r.Counts(); n["idno.length"] != 1 || len(n) != 7 {
		t.Errorf("%v", n)
	}
}

func TestJSON(t *testing.T) {
	r := readText(t, head, "张三,110105194912310021,13800002209", "李四,65010219610302001x,13800002209")
	var out bytes.Buffer
	if err := r.WriteJSON(&out, "名单.csv"); err != nil {
		t.Fatal(err)
	}
	type line struct {
		Row     int               `json:"row"`
		Column  string            `json:"column"`
		Code    string            `json:"code"`
		Message map[string]string `json:"message"`
		Do      map[string]string `json:"do"`
	}
	var got struct {
		File       string
		Rows, Good int
		Faults     []line
		Notes      []line
	}
	d := json.NewDecoder(&out)
	d.DisallowUnknownFields()
	if err := d.Decode(&got); err != nil {
		t.Fatal(err)
	}
	f := got.Faults[0]
	if got.File != "名单.csv" || got.Rows != 2 || got.Good != 1 || len(got.Faults) != 1 || f.Row != 2 || f.Column != "B" || f.Code != "idno.check_digit" ||
		f.Message["zh-CN"] == "" || f.Message["en"] == "" || f.Do["zh-CN"] == "" || len(got.Notes) != 1 || got.Notes[0].Code != "tidy.upper_case" || got.Notes[0].Message["en"] == "" {
		t.Errorf("%+v", got)
	}
	out.Reset()
	if err := Refused(sheet.Macro).WriteJSON(&out, "a"); err != nil || !json.Valid(out.Bytes()) || !strings.Contains(out.String(), `"sheet.macro"`) {
		t.Errorf("%s %v", out.String(), err)
	}
}

// Nothing that a person typed gets into a problem or a note: they are shown, logged and stored.
func TestProblemsHoldNoPersonalData(t *testing.T) {
	r := readText(t, head, "张秘密3,110105194912310021,1380000220", "张秘密,11010519491231002X,13800002209", "李秘密,11010519491231002X,13800002209", "王秘密,310101200513010011,1381234567x")
	var out bytes.Buffer
	if err := r.WriteJSON(&out, "f"); err != nil {
		t.Fatal(err)
	}
	if strings.Contains(out.String(), "{at}") || strings.Contains(out.String(), "{first}") {
		t.Errorf("a place is not filled: %s", out.String())
	}
	raw, err := json.Marshal(r.Raw)
	if err != nil {
		t.Fatal(err)
	}
	s := out.String() + string(raw) + fmt.Sprintf("%+v %v %v %#v", r.Entries, r.Marks(wording.ZH), r.Raw, r.Raw[2])
	for _, secret := range []string{"秘密", "19491231", "13800002", "1380000220", "20051301", "1381234567"} {
		if strings.Contains(s, secret) {
			t.Errorf("%s is in %s", secret, s)
		}
	}
}

func TestEveryFaultHasWordings(t *testing.T) {
	for _, f := range []*fault.Fault{Duplicate, Conflict, InOtherBatch, HoldsThird, OutsidePilot, NotInService, Unknown, idno.NotBorn, sheet.FormulaCell, sheet.ErrorCell} {
		if !wording.Has(f.Code) || wording.DoBoth(f) == nil {
			t.Errorf("%s lacks a wording", f.Code)
		}
	}
}

// What the template asks for is what Read finds, and what Annotate returns can be sent again.
func TestTemplateAndReturn(t *testing.T) {
	var out bytes.Buffer
	if err := Template(&out); err != nil {
		t.Fatal(err)
	}
	if _, err := Read(bytes.NewReader(out.Bytes()), int64(out.Len()), 0, on); !errors.Is(err, sheet.NoRows) {
		t.Errorf("%v", err)
	}
	in := []byte(head + "\n张三,1,13800002209\n李四,65010219610302001X,13800002209\n")
	r, err := Read(bytes.NewReader(in), int64(len(in)), 0, on)
	if err != nil {
		t.Fatal(err)
	}
	out.Reset()
	if err := sheet.Annotate(bytes.NewReader(in), int64(len(in)), sheet.Spec{Columns: Columns}, r.Marks(wording.ZH), "问题", &out); err != nil {
		t.Fatal(err)
	}
	again, err := Read(bytes.NewReader(out.Bytes()), int64(out.Len()), 0, on)
	if err != nil || told(again.Problems) != told(r.Problems) || !reflect.DeepEqual(again.Entries, r.Entries) {
		t.Errorf("%v %v", again, err)
	}
}

func FuzzRead(f *testing.F) {
	f.Add([]byte(head + "\n张三,11010519491231002X,13800002209\n"))
	f.Fuzz(func(t *testing.T, b []byte) {
		r, err := Read(bytes.NewReader(b), int64(len(b)), 0, on)
		if err != nil {
			if fault.Of(err) == nil {
				t.Fatal(err)
			}
			return
		}
		bad := map[int]bool{}
		for _, p := range r.Problems {
			bad[p.Line] = true
		}
		for _, e := range r.Entries {
			if bad[e.Line] {
				t.Fatalf("line %d is good and bad", e.Line)
			}
		}
		for line := range bad {
			if _, kept := r.Raw[line]; !kept {
				t.Fatalf("what line %d says is lost", line)
			}
		}
		if len(r.Raw) != len(bad) || len(bad)+len(r.Entries) != r.Rows() {
			t.Fatalf("%d rows, %d bad, %d good", r.Rows(), len(bad), len(r.Entries))
		}
	})
}
