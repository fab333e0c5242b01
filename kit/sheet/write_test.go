package sheet

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
)

func TestTemplateIsReadBack(t *testing.T) {
	var out bytes.Buffer
	err := Template(&out, "花名册", []Field{{Title: "姓名", Width: 12, Hint: "照证件填写"}, {Title: "证件号码", Width: 24}, {Title: "银行", Width: 20, Choices: []string{"工商银行", "建设银行"}}})
	if err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenReader(&out)
	if err != nil {
		t.Fatal(err)
	}
	style, err := f.GetCellStyle("花名册", "B2")
	if err != nil {
		t.Fatal(err)
	}
	if s, err := f.GetStyle(style); err != nil || s.NumFmt != 49 && (s.CustomNumFmt == nil || *s.CustomNumFmt != "@") {
		t.Errorf("column B is not text: %+v %v", s, err)
	}
	if v, err := f.GetDataValidations("花名册"); err != nil || len(v) != 3 || v[2].Formula1 == "" || *v[0].Prompt != "照证件填写" {
		t.Errorf("%+v %v", v, err)
	}
	// Filled in, it is a roster.
	for cell, v := range map[string]string{"A2": "张三", "B2": "11010519491231002X"} {
		if err := f.SetCellStr("花名册", cell, v); err != nil {
			t.Fatal(err)
		}
	}
	var filled bytes.Buffer
	if err := f.Write(&filled); err != nil {
		t.Fatal(err)
	}
	rows, _, err := read(filled.Bytes(), people)
	if got := flatRows(rows); err != nil || got != "2 A=张三/1 B=11010519491231002X/1 =/0\n" {
		t.Errorf("%s %v", got, err)
	}
}

func TestAnnotate(t *testing.T) {
	in := []byte("名单\n" + csvOf(append(names, "备注"), zhang, []string{"李四", "1"}, ali))
	var out bytes.Buffer
	marks := []Mark{{0, "", "整个文件"}, {4, "B", "证件号码应为 18 位"}, {4, "C", "没有填手机号"}, {5, "", "重复"}}
	if err := Annotate(bytes.NewReader(in), int64(len(in)), people, marks, "问题", &out); err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenReader(bytes.NewReader(out.Bytes()))
	if err != nil {
		t.Fatal(err)
	}
	for cell, want := range map[string]string{"A1": "名单", "E1": "", "D2": "备注", "E2": "问题", "A3": zhang[0], "B3": zhang[1], "E3": "",
		"E4": "证件号码应为 18 位\n没有填手机号", "E5": "重复", "B4": "1"} {
		if got, err := f.GetCellValue("Sheet1", cell); got != want || err != nil {
			t.Errorf("%s: %q, want %q (%v)", cell, got, want, err)
		}
	}
	comments, err := f.GetComments("Sheet1")
	if err != nil || len(comments) != 2 || comments[0].Cell != "B4" || !strings.Contains(comments[0].Text, "18 位") {
		t.Errorf("%+v %v", comments, err)
	}
	red := func(cell string) bool {
		id, _ := f.GetCellStyle("Sheet1", cell)
		s, err := f.GetStyle(id)
		return err == nil && len(s.Fill.Color) == 1 && s.Fill.Color[0] == "FFC7CE"
	}
	if !red("B4") || !red("C4") || red("A4") || red("B3") || !red("E5") {
		t.Error("the wrong cells are red")
	}
	// Corrected and sent again, the last column is nobody's.
	rows, info, err := read(out.Bytes(), people)
	if err != nil || len(rows) != 3 || strings.Join(info.Ignored, "") != "DE" {
		t.Errorf("%d %+v %v", len(rows), info, err)
	}
}

// LibreOffice opens the file with its comments.
func TestAnnotatedFileInLibreOffice(t *testing.T) {
	office, err := exec.LookPath("soffice")
	if err != nil {
		t.Skip("LibreOffice is not installed; the file was not opened with it")
	}
	dir := t.TempDir()
	in := []byte(csvOf(names, zhang))
	var out bytes.Buffer
	if err := Annotate(bytes.NewReader(in), int64(len(in)), people, []Mark{{2, "B", "问题一"}}, "问题", &out); err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(dir, "a.xlsx")
	if err := os.WriteFile(file, out.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(office, "-env:UserInstallation=file://"+dir+"/profile", "--headless", "--convert-to", "fods", "--outdir", dir, file)
	if b, err := cmd.CombinedOutput(); err != nil {
		t.Skipf("LibreOffice did not convert: %v %s", err, b)
	}
	b, err := os.ReadFile(filepath.Join(dir, "a.fods"))
	if err != nil || !strings.Contains(string(b), "office:annotation") || strings.Count(string(b), "问题一") != 2 {
		t.Errorf("no comment: %v", err)
	}
}

func TestExport(t *testing.T) {
	var out bytes.Buffer
	e, err := NewExport(&out)
	if err != nil {
		t.Fatal(err)
	}
	if err := e.Row("张三", "=1+1", "+86", "-1", "@x", "a,\"b", "", "\tx"); err != nil {
		t.Fatal(err)
	}
	if err := e.End(); err != nil || out.String() != bom+"张三,'=1+1,'+86,'-1,'@x,\"a,\"\"b\",,'\tx\r\n" {
		t.Errorf("%q %v", out.String(), err)
	}
}
