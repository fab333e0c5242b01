package web

import (
	"fmt"
	"math"
	"regexp"
	"strings"
	"testing"
)

var (
	token = regexp.MustCompile(`--([a-z0-9-]+):\s*#([0-9a-f]{6}|[0-9a-f]{3})\b`)
)

// themes reads the colours of tokens.css: the light theme, and the others laid over it.
func themes(t *testing.T) map[string]map[string][3]float64 {
	t.Helper()
	css := string(read("tokens.css"))
	light := colours(css[:strings.Index(css, `:root[data-density="work"]`)])
	care, high := maps(light), maps(light)
	for k, v := range colours(between(css, ":root[data-care]", "}")) {
		care[k] = v
	}
	for k, v := range colours(css[strings.Index(css, `:root[data-contrast="high"]`):]) {
		high[k] = v
	}
	return map[string]map[string][3]float64{"light": light, "care": care, "high contrast": high}
}

func maps(m map[string][3]float64) map[string][3]float64 {
	out := map[string][3]float64{}
	for k, v := range m {
		out[k] = v
	}
	return out
}

func colours(css string) map[string][3]float64 {
	out := map[string][3]float64{}
	for _, m := range token.FindAllStringSubmatch(css, -1) {
		hex := m[2]
		if len(hex) == 3 {
			hex = string([]byte{hex[0], hex[0], hex[1], hex[1], hex[2], hex[2]})
		}
		var r, g, b int
		if _, err := fmt.Sscanf(hex, "%02x%02x%02x", &r, &g, &b); err == nil {
			out[m[1]] = [3]float64{float64(r), float64(g), float64(b)}
		}
	}
	return out
}

// contrast is the ratio of WCAG 2.2, 1.4.3.
func contrast(a, b [3]float64) float64 {
	la, lb := luminance(a), luminance(b)
	return (math.Max(la, lb) + .05) / (math.Min(la, lb) + .05)
}

func luminance(c [3]float64) float64 {
	for i, v := range c {
		if v /= 255; v <= .04045 {
			c[i] = v / 12.92
		} else {
			c[i] = math.Pow((v+.055)/1.055, 2.4)
		}
	}
	return .2126*c[0] + .7152*c[1] + .0722*c[2]
}

// Every pair of text and ground that the style sheet makes has 4.5 : 1, every border of a control
// 3 : 1, in all themes. axe cannot see this on gradients and in charts.
func TestTokensHaveContrast(t *testing.T) {
	text := [][2]string{{"ink", "surface"}, {"ink", "paper"}, {"ink-2", "surface"}, {"ink-2", "paper"}, {"ink-2", "sunken"}, {"ink-3", "surface"}, {"ink-3", "paper"}, {"ink-3", "sunken"},
		{"brand-600", "surface"}, {"brand-600", "paper"}, {"brand-600", "brand-50"}, {"brand-700", "surface"}, {"brand-700", "brand-50"}, {"on-brand", "brand-600"}, {"on-brand-2", "brand-800"},
		{"ok-700", "ok-50"}, {"warn-700", "warn-50"}, {"danger-700", "danger-50"}, {"info-700", "info-50"}, {"ink", "ok-50"}, {"ink", "warn-50"}, {"ink", "danger-50"}, {"ink", "info-50"}, {"ink", "brand-50"},
		{"danger-700", "surface"}, {"ink", "seq-0"}, {"ink", "seq-1"}, {"ink", "seq-2"}}
	controls := [][2]string{{"line-strong", "surface"}, {"line-strong", "paper"}, {"focus-ink", "paper"}, {"c1", "surface"}, {"c2", "surface"}, {"c3", "surface"}, {"c4", "surface"}}
	for name, c := range themes(t) {
		need := func(pairs [][2]string, least float64) {
			for _, p := range pairs {
				a, okA := c[p[0]]
				b, okB := c[p[1]]
				if r := contrast(a, b); !okA || !okB || r < least {
					t.Errorf("%s: %s on %s: %.2f, at least %.1f", name, p[0], p[1], r, least)
				}
			}
		}
		on := [3]float64{255, 255, 255} // text in charts on the strong half of the scale; see pages.css
		if name == "high contrast" {
			on = [3]float64{}
		}
		for _, seq := range []string{"seq-3", "seq-4", "seq-5"} {
			if r := contrast(on, c[seq]); r < 4.5 {
				t.Errorf("%s: text on %s: %.2f", name, seq, r)
			}
		}
		need(text, 4.5)
		need(controls, 3)
	}
	if r := contrast([3]float64{255, 255, 255}, [3]float64{0, 0, 0}); math.Abs(r-21) > .01 {
		t.Errorf("white on black is 21, not %.2f", r)
	}
}
