package rules

import (
	"io"
	"testing"

	"github.com/cucumber/godog"

	"kawu/app"
	"kawu/kit/db/dbtest"
	"kawu/policy"
)

func book(t testing.TB) *policy.Book {
	t.Helper()
	b, err := app.Book()
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// suite is the scenarios that a tag expression chooses.
func suite(t *testing.T, tags string, steps func(*godog.ScenarioContext)) *godog.TestSuite {
	return &godog.TestSuite{Name: t.Name(), ScenarioInitializer: steps,
		Options: &godog.Options{Format: "progress", Output: io.Discard, Paths: []string{"."}, Tags: tags, Strict: true, TestingT: t, NoColors: true}}
}

// TestNotices runs the scenarios about what a city decides and says.
func TestNotices(t *testing.T) {
	b, tell := book(t), told(t)
	run := suite(t, "~@later && ~@house", func(s *godog.ScenarioContext) {
		q := &questions{book: b, told: tell}
		q.steps(s)
		q.harmSteps(s)
	})
	if run.Run() != 0 {
		t.Error("scenarios fail")
	}
}

// TestHouse runs the scenarios about what is done, in a house on each engine.
func TestHouse(t *testing.T) {
	for _, engine := range dbtest.Engines {
		t.Run(string(engine), func(t *testing.T) {
			t.Parallel()
			h := found(t, engine)
			run := suite(t, "~@later && @house", func(s *godog.ScenarioContext) {
				(&group{house: h}).steps(s)
				one := &hand{house: h}
				one.steps(s)
				(&chip{hand: one}).steps(s)
				(&page{hand: one}).steps(s)
				(&losing{one}).steps(s)
				(&whole{h}).steps(s)
			})
			if run.Run() != 0 {
				t.Error("scenarios fail")
			}
		})
	}
}
