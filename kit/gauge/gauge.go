package gauge

import (
	"os"
	"slices"
	"strings"

	"kawu/kit/clock"
)

// Round is one measured piece of work: members a second.
type Round struct {
	Wall float64 // as the clock on the wall has it, on all cores
	CPU  float64 // for a second of one core's work; 0 where the system does not tell
}

// Measure runs work over n members.
func Measure(n int, work func() error) (Round, error) {
	elapsed, before := clock.Since(), processor()
	err := work()
	r := Round{Wall: float64(n) / elapsed().Seconds()}
	if used := processor() - before; used > 0 {
		r.CPU = float64(n) / used.Seconds()
	}
	return r, err
}

// Spread is the slowest, the middle and the fastest round.
type Spread struct {
	Min    float64 `json:"min"`
	Median float64 `json:"median"`
	Max    float64 `json:"max"`
}

func spread(rounds []float64) Spread {
	s := slices.Sorted(slices.Values(rounds))
	return Spread{s[0], s[len(s)/2], s[len(s)-1]}
}

// Speed is how fast some rounds were, members a second.
type Speed struct {
	Wall Spread `json:"per_second"`
	CPU  Spread `json:"per_core_second"`
}

// Of sums rounds up; there is at least one.
func Of(rounds []Round) Speed {
	var wall, cpu []float64
	for _, r := range rounds {
		wall, cpu = append(wall, r.Wall), append(cpu, r.CPU)
	}
	return Speed{spread(wall), spread(cpu)}
}

// Share is how much of a floor's speed work reaches, 1 for all of it: the middle of the rounds that
// went in turn, by the clock and by processor time (0 where the system does not tell).
type Share struct {
	Wall float64 `json:"by_clock"`
	CPU  float64 `json:"by_processor"`
}

// ShareOf compares the rounds of work with those of its floor, one by one.
func ShareOf(work, floor []Round) (s Share) {
	var wall, cpu []float64
	for i := range work {
		wall = append(wall, work[i].Wall/floor[i].Wall)
		if floor[i].CPU > 0 {
			cpu = append(cpu, work[i].CPU/floor[i].CPU)
		}
	}
	s.Wall = spread(wall).Median
	if len(cpu) == len(work) {
		s.CPU = spread(cpu).Median
	}
	return s
}

// Load is the machine's load of the last minute and how many threads want to run, as Linux tells
// ("0.52 0.61 0.70 1/123"); "" elsewhere. More than the number of cores means that figures by the
// clock are too low.
func Load() string {
	text, err := os.ReadFile("/proc/loadavg")
	if err != nil {
		return ""
	}
	words := strings.Fields(string(text))
	return strings.Join(words[:min(4, len(words))], " ")
}
