package roster

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
)

// A roster with the faults that people make, saved by LibreOffice as a workbook and as a .csv in
// GB 18030: both files tell the same, but for what a .csv cannot hold (a formula becomes its value).
func TestRosterSavedByLibreOffice(t *testing.T) {
	office, err := exec.LookPath("soffice")
	if err != nil {
		t.Skip("LibreOffice is not installed; its files were not read")
	}
	dir := t.TempDir()
	f := excelize.NewFile()
	for i, row := range [][]any{
		{"某单位职工花名册"},
		{"序号", "姓 名*", "身份证号", "联系电话"},
		{1, "阿卜杜热合曼•买买提", "65010219610302001x", "13900001234"},
		{2, "㛃小禾", 110105194912310021, 13800002209},
		{3, "司马䶮𠅤", "11010519491231002X", 13800002209},
		{4, "𬱖一", "３１０１０１２００００２２９００１５", "+86 138-0000-2210"},
		{5, strings.Repeat("买", 25), "510100201911010012", "028-12345678"},
		{6, "司马䶮𠅤", "11010519491231002X", "13800002209"},
		{7, "龴龵", "810000199001010019", "13800002211"},
		{8},
	} {
		if err := f.SetSheetRow("Sheet1", fmt.Sprintf("A%d", i+1), &row); err != nil {
			t.Fatal(err)
		}
	}
	if err := f.MergeCell("Sheet1", "A1", "D1"); err != nil {
		t.Fatal(err)
	}
	if err := f.SetCellFormula("Sheet1", "D9", `"1380000"&"2211"`); err != nil {
		t.Fatal(err)
	}
	in := filepath.Join(dir, "in.xlsx")
	if err := f.SaveAs(in); err != nil {
		t.Fatal(err)
	}
	saved := func(format, ending string) *Result {
		cmd := exec.Command(office, "-env:UserInstallation=file://"+dir+"/profile", "--headless", "--convert-to", format, "--outdir", filepath.Join(dir, "out"), in)
		if b, err := cmd.CombinedOutput(); err != nil {
			t.Skipf("LibreOffice did not convert: %v %s", err, b)
		}
		b, err := os.ReadFile(filepath.Join(dir, "out", "in."+ending))
		if err != nil {
			t.Fatal(err)
		}
		r, err := Read(bytes.NewReader(b), int64(len(b)), 0, on)
		if err != nil {
			t.Fatal(err)
		}
		return r
	}
	const gb18030 = "85" // LibreOffice's number of the encoding
	book, text := saved("xlsx", "xlsx"), saved("csv:Text - txt - csv (StarCalc):44,34,"+gb18030, "csv")
	const both = "4C idno.excel_rounded; 7D phone.prefix; 8C roster.duplicate 5"
	if got := told(book.Problems); got != both+"; 9D sheet.formula" || len(book.Entries) != 3 {
		t.Errorf("xlsx: %s, good %v", got, book.Entries)
	}
	if got := told(text.Problems); got != both || len(text.Entries) != 4 || text.Info.Encoding != "gb18030" {
		t.Errorf("csv: %s, good %v, %s", got, text.Entries, text.Info.Encoding)
	}
	for _, r := range []*Result{book, text} {
		if r.Rows() != 7 || len(r.Notes) != 6 || r.Entries[0].Name != "阿卜杜热合曼·买买提" || r.Entries[1].Name != "司马䶮𠅤" || r.Entries[2].Name != "𬱖一" {
			t.Errorf("%d rows, notes %v", r.Rows(), r.Notes)
		}
	}
}
