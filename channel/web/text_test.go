package web

import (
	"bytes"
	"image"
	"image/color"
	"image/png"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"kawu/kit/clock"
	"kawu/kit/fault"
	"kawu/kit/wording"
)

func TestSaying(t *testing.T) {
	bank := Text{"北京银行", "Bank of Beijing"}
	for _, c := range []struct {
		lang wording.Lang
		said Said
		want string
	}{
		{wording.EN, Say("web.promise.by", "date", time.Date(2024, 3, 19, 0, 0, 0, 0, clock.Zone)), "Ready to collect by 19 March"},
		{wording.ZH, Say("web.promise.by", "date", time.Date(2024, 3, 18, 16, 0, 0, 0, time.UTC)), "最晚 3月19日 可以领卡"},
		{wording.EN, Say("web.step.since", "at", time.Date(2024, 3, 19, 9, 5, 0, 0, clock.Zone)), "since 19 Mar, 09:05"},
		{wording.EN, Say("web.promise.holder", "who", bank), "Now with Bank of Beijing"},
		{wording.ZH, Say("web.promise.holder", "who", bank), "现在由 北京银行 办理"},
		{wording.EN, Say("web.promise.holder", "who", Say("web.holder.bank")), "Now with Bank"},
		{wording.EN, Words(bank), "Bank of Beijing"},
		{wording.EN, Words(Text{ZH: "京城快递"}), "京城快递"},
		{wording.EN, Said{}, ""},
	} {
		if got := (Page{Lang: c.lang}).Say(c.said); got != c.want {
			t.Errorf("%s: %q, want %q", c.lang, got, c.want)
		}
	}
}

func TestNum(t *testing.T) {
	for n, want := range map[int]string{0: "0", 12: "12", 999: "999", 1000: "1,000", -1234567: "−1,234,567"} {
		if got := Num(n); got != want {
			t.Errorf("%d: %s, want %s", n, got, want)
		}
	}
}

// Days are calendar days in China, whatever the hour.
func TestDaysTo(t *testing.T) {
	p := Page{Now: time.Date(2024, 2, 28, 23, 59, 0, 0, clock.Zone)}
	for at, want := range map[time.Time]int{
		time.Date(2024, 2, 28, 0, 0, 0, 0, clock.Zone): 0, time.Date(2024, 2, 29, 0, 1, 0, 0, clock.Zone): 1,
		time.Date(2024, 2, 28, 16, 0, 0, 0, time.UTC): 1, time.Date(2024, 2, 27, 23, 0, 0, 0, clock.Zone): -1, time.Date(2024, 3, 1, 9, 0, 0, 0, clock.Zone): 2,
	} {
		if got := p.DaysTo(at); got != want {
			t.Errorf("%s: %d days, want %d", at, got, want)
		}
	}
}

func TestAddresses(t *testing.T) {
	for href, want := range map[string]string{"/progress?no=1": "/progress?no=1", "tel:010-6600-0118": "tel:010-6600-0118", "javascript:alert(1)": "#", "//x.example": "#", "https://x.example": "#", "tel:1;x": "#", "": "#"} {
		if got := string(Address(href)); got != want {
			t.Errorf("%q becomes %q", href, got)
		}
	}
}

func TestPager(t *testing.T) {
	p := Pager{Page: 2, Size: 20, Total: 45, Base: "?tab=bad"}
	if p.First() != 21 || p.Last() != 40 || p.Prev() != "?tab=bad&page=1" || p.Next() != "?tab=bad&page=3" || p.Offset() != 20 {
		t.Errorf("%d %d %s %s", p.First(), p.Last(), p.Prev(), p.Next())
	}
	if end := (Pager{Page: 3, Size: 20, Total: 45}); end.Next() != "" || end.Last() != 45 || end.Prev() != "?page=2" {
		t.Error("the last page has no next")
	}
	if none := (Pager{Page: 1, Size: 20}); none.First() != 0 || none.Prev() != "" || none.Next() != "" {
		t.Error("an empty list has no pages")
	}
}

// A form's faults are shown all at once, in the summary and at their fields; a fault that is not
// about the form is left to the fault page.
func TestFormFaults(t *testing.T) {
	p := Page{Lang: wording.EN}
	var list fault.List
	list.Add("phone", fault.New(fault.Invalid, "test.phone", "11 digits, you typed {n}", "n", 9))
	list.Add("name", fault.New(fault.Invalid, "test.name", "type the name"))
	if !p.Fail(list.Err()) || len(p.Errors) != 2 || p.ErrorOf("phone") != "11 digits, you typed 9" {
		t.Errorf("%+v", p.Errors)
	}
	if f := p.Field("name", "web.signin.user", "x").Hint("h"); f.DescribedBy() != "h-name e-name" || f.Value != "x" {
		t.Errorf("%+v", f)
	}
	if c := p.Choices("phone", "web.signin").Add("a", "A", "", true).Add("b", "B", "", false); c.Choices[0].ID != "f-phone" || c.Choices[1].ID != "f-phone-b" || c.Error == "" {
		t.Errorf("%+v", c)
	}
	if p.Fail(fault.New(fault.NotFound, "test.gone", "gone")) || p.Fail(os.ErrClosed) {
		t.Error("not a problem of the form")
	}
}

var runs = regexp.MustCompile(`M(\d+) (\d+)h(\d+)v1`)

// The drawing is read by a scanner that is not ours.
func TestQRIsRead(t *testing.T) {
	bin, err := exec.LookPath("zbarimg")
	if err != nil {
		t.Skip("no zbarimg here: apt-get install zbar-tools")
	}
	svg, err := QR("R240305-0027")
	if err != nil {
		t.Fatal(err)
	}
	const scale = 8
	size, _ := strconv.Atoi(between(string(svg), `viewBox="0 0 `, " "))
	im := image.NewGray(image.Rect(0, 0, size*scale, size*scale))
	for i := range im.Pix {
		im.Pix[i] = 255
	}
	for _, m := range runs.FindAllStringSubmatch(string(svg), -1) {
		x, _ := strconv.Atoi(m[1])
		y, _ := strconv.Atoi(m[2])
		n, _ := strconv.Atoi(m[3])
		for dy := range scale {
			for dx := range n * scale {
				im.SetGray(x*scale+dx, y*scale+dy, color.Gray{})
			}
		}
	}
	var b bytes.Buffer
	if err := png.Encode(&b, im); err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "qr.png")
	if err := os.WriteFile(file, b.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	out, err := exec.CommandContext(t.Context(), bin, "-q", "--raw", file).Output()
	if err != nil || strings.TrimSpace(string(out)) != "R240305-0027" {
		t.Errorf("read %q: %v", out, err)
	}
}
