package sheet

import (
	"bytes"
	"errors"
	"fmt"
	"testing"

	"github.com/xuri/excelize/v2"
)

// big is a workbook of n people and ten columns; shared makes it as Excel and WPS save it.
func big(b testing.TB, n int, shared bool) []byte {
	b.Helper()
	if !shared {
		f := excelize.NewFile()
		w, err := f.NewStreamWriter("Sheet1")
		if err != nil {
			b.Fatal(err)
		}
		for i := range n + 1 {
			row := []any{"姓名", "证件号码", "手机号", "部门", "岗位", "备注", "a", "b", "c", "d"}
			if i > 0 {
				row = []any{fmt.Sprintf("张%d", i), fmt.Sprintf("11010519491231%04d", i%10000), fmt.Sprintf("138%08d", i), "一部", "职员", "", "1", "2", "3", "4"}
			}
			if err := w.SetRow(fmt.Sprintf("A%d", i+1), row); err != nil {
				b.Fatal(err)
			}
		}
		if err := w.Flush(); err != nil {
			b.Fatal(err)
		}
		var out bytes.Buffer
		if err := f.Write(&out); err != nil {
			b.Fatal(err)
		}
		return out.Bytes()
	}
	var tab, list bytes.Buffer
	tab.WriteString("<sheetData>")
	k := 0
	for i := range n + 1 {
		fmt.Fprintf(&tab, `<row r="%d" spans="1:10">`, i+1)
		row := []string{"姓名", "证件号码", "手机号", "部门", "岗位", "备注", "a", "b", "c", "d"}
		if i > 0 {
			row = []string{fmt.Sprintf("张%d", i), fmt.Sprintf("11010519491231%04d", i%10000), fmt.Sprintf("138%08d", i), "一部", "职员", "x", "1", "2", "3", "4"}
		}
		for j, s := range row {
			fmt.Fprintf(&tab, `<c r="%s%d" s="1" t="s"><v>%d</v></c>`, letter(j), i+1, k)
			fmt.Fprintf(&list, `<si><t>%s</t><phoneticPr fontId="1" type="noConversion"/></si>`, s)
			k++
		}
		tab.WriteString("</row>")
	}
	tab.WriteString("</sheetData>")
	return workbook{tabs: []string{tab.String()}, strings: list.String()}.bytes(b)
}

func BenchmarkRead100000(b *testing.B) {
	for name, shared := range map[string]bool{"inline": false, "shared": true} {
		file := big(b, 100_000, shared)
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				n := 0
				if _, err := Read(bytes.NewReader(file), int64(len(file)), people, func(Row) error { n++; return nil }); err != nil || n != 100_000 {
					b.Fatal(n, err)
				}
			}
		})
	}
}

// A million rows of three columns; it is refused after the first hundred thousand.
func BenchmarkRefuse1000000(b *testing.B) {
	var csv bytes.Buffer
	csv.WriteString(csvOf(names))
	var tab bytes.Buffer
	tab.WriteString(`<sheetData><row><c t="s"><v>0</v></c><c t="s"><v>1</v></c></row>`)
	for i := range 1_000_000 {
		fmt.Fprintf(&csv, "张三,11010519491231%04d,13800002209\n", i%10000)
		fmt.Fprintf(&tab, `<row r="%d"><c r="A%d" t="s"><v>0</v></c><c r="B%d" t="s"><v>1</v></c></row>`, i+2, i+2, i+2)
	}
	tab.WriteString("</sheetData>")
	spec := people
	spec.MaxBytes = 100 << 20
	for name, file := range map[string][]byte{
		"csv":  csv.Bytes(),
		"xlsx": workbook{tabs: []string{tab.String()}, strings: "<si><t>姓名</t></si><si><t>证件号码</t></si>"}.bytes(b),
	} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, _, err := read(file, spec); !errors.Is(err, TooManyRows) {
					b.Fatal(err)
				}
			}
		})
	}
}
