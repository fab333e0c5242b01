package roster

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"testing"
	"time"

	"kawu/kit/clock"
	"kawu/kit/gb"
	"kawu/kit/idno"

	"github.com/xuri/excelize/v2"
)

// csvOf makes n rows of synthetic people, one in a thousand with a character of a higher plane;
// wrong of them in a thousand have a wrong check digit.
func csvOf(n, wrong int) []byte {
	names := []rune("赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀兰霞平刚桂英禾玥")
	rnd := rand.New(rand.NewPCG(1, 2))
	var b bytes.Buffer
	b.WriteString(head + "\n")
	for i := range n {
		day := time.Date(1960, 1, 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, i/900)
		body := "110102" + day.Format("20060102") + fmt.Sprintf("%03d", i%900)
		check := idno.Check(body)
		if rnd.IntN(1000) < wrong {
			check = '0' + (check-'0'+1)%10
		}
		given := names[rnd.IntN(len(names))]
		if rnd.IntN(1000) == 0 {
			given = 0x20000 + rnd.Int32N(0xA000)
		}
		fmt.Fprintf(&b, "%c%c%c,%s%c,1380%07d\n", names[rnd.IntN(len(names))], names[rnd.IntN(len(names))], given, body, check, i)
	}
	return b.Bytes()
}

// files writes the same 100,000 people as a workbook of ten columns and as a .csv in GB 18030.
func files(b *testing.B, dir string) []string {
	b.Helper()
	text := csvOf(100_000, 20)
	records, err := csv.NewReader(bytes.NewReader(text)).ReadAll()
	if err != nil {
		b.Fatal(err)
	}
	f := excelize.NewFile()
	w, err := f.NewStreamWriter("Sheet1")
	if err != nil {
		b.Fatal(err)
	}
	for i, r := range records {
		row := []any{r[0], r[1], r[2]}
		for j := range 7 {
			row = append(row, fmt.Sprintf("备注%d-%d", i, j))
		}
		if err := w.SetRow(fmt.Sprintf("A%d", i+1), row); err != nil {
			b.Fatal(err)
		}
	}
	if err := w.Flush(); err != nil {
		b.Fatal(err)
	}
	inGB, err := gb.Encode(string(text))
	if err != nil {
		b.Fatal(err)
	}
	xlsx, plain := filepath.Join(dir, "roster.xlsx"), filepath.Join(dir, "roster.csv")
	if err := f.SaveAs(xlsx); err != nil {
		b.Fatal(err)
	}
	if err := os.WriteFile(plain, inGB, 0o600); err != nil {
		b.Fatal(err)
	}
	return []string{xlsx, plain}
}

// BenchmarkCheck100000 reads and checks 100,000 people in a process of its own, so that the peak of
// its memory is that of the work and not of making the file. The promise is well under a minute and
// under 200 MB.
func BenchmarkCheck100000(b *testing.B) {
	if file := os.Getenv("KAWU_BENCH_ROSTER"); file != "" {
		checkFile(b, file)
		return
	}
	for _, file := range files(b, b.TempDir()) {
		b.Run(filepath.Ext(file), func(b *testing.B) {
			for b.Loop() {
				cmd := exec.Command(os.Args[0], "-test.run=NONE", "-test.bench=BenchmarkCheck100000$", "-test.benchtime=1x")
				cmd.Env = append(os.Environ(), "KAWU_BENCH_ROSTER="+file)
				out, err := cmd.CombinedOutput()
				m := peak.FindSubmatch(out)
				if err != nil || m == nil {
					b.Fatalf("%v %s", err, out)
				}
				mb, _ := strconv.Atoi(string(m[1]))
				seconds, _ := strconv.ParseFloat(string(m[2]), 64)
				b.ReportMetric(float64(mb), "MB-peak")
				b.ReportMetric(seconds, "s-check")
				if mb >= 200 || seconds >= 30 {
					b.Errorf("%d MB, %.1f s", mb, seconds)
				}
			}
		})
	}
}

var (
	peak = regexp.MustCompile(`peak (\d+) MB, ([\d.]+) s`)
	hwm  = regexp.MustCompile(`VmHWM:\s+(\d+) kB`)
)

func checkFile(b *testing.B, file string) {
	for b.Loop() {
		elapsed := clock.Since()
		f, err := os.Open(file)
		if err != nil {
			b.Fatal(err)
		}
		info, err := f.Stat()
		if err != nil {
			b.Fatal(err)
		}
		r, err := Read(f, info.Size(), 0, on)
		if err != nil || r.Rows() != 100_000 || len(r.Entries) < 95_000 || len(r.Problems) < 1000 {
			b.Fatalf("%v %v", r, err)
		}
		status, err := os.ReadFile("/proc/self/status")
		m := hwm.FindSubmatch(status)
		if err != nil || m == nil {
			b.Skip("this system does not tell the peak of memory")
		}
		kb, _ := strconv.Atoi(string(m[1]))
		fmt.Printf("peak %d MB, %.2f s\n", kb>>10, elapsed().Seconds())
		_ = f.Close()
	}
}
