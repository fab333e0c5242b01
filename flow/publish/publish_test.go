package publish_test

import (
	"context"
	"errors"
	"io/fs"
	"strings"
	"sync"
	"testing"
	"time"

	"kawu/city"
	"kawu/domain/application"
	"kawu/domain/audit"
	"kawu/domain/edition"
	"kawu/domain/ref"
	"kawu/flow/desk"
	"kawu/flow/publish"
	"kawu/kit/clock"
	"kawu/kit/db"
	"kawu/kit/db/dbtest"
	"kawu/kit/fault"
	"kawu/policy"
	"kawu/policy/notice"
	"kawu/policy/part"
	"kawu/policy/shelf"
)

var (
	ctx   = context.Background()
	today = time.Date(2025, 5, 6, 9, 30, 0, 0, clock.Zone) // a Tuesday in the sample city's campaign
	anna  = desk.Actor{Role: desk.Centre, ID: "stf_a", City: "sample", Org: "centre", Channel: "web"}
	bert  = desk.Actor{Role: desk.Centre, ID: "stf_b", City: "sample", Org: "centre", Channel: "web"}
	carla = desk.Actor{Role: desk.Centre, ID: "stf_c", City: "sample", Org: "centre", Channel: "web"}
)

// node is one program at a database.
type node struct {
	*publish.Flow
	t     *testing.T
	clock *clock.Manual
}

func open(t *testing.T, d *db.DB, at *clock.Manual) *node {
	t.Helper()
	book, err := shelf.Open(ctx, city.Files, nil, "sample", publish.Press{Store: d, City: "sample"})
	if err != nil {
		t.Fatal(err)
	}
	return &node{&publish.Flow{Desk: &desk.Desk{DB: d, Clock: at}, City: "sample", Shelf: book}, t, at}
}

func each(t *testing.T, run func(t *testing.T, n *node)) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) { run(t, open(t, d, clock.At(today))) }, edition.Cycle, application.Collectively, application.Cycle)
}

// text is the sample city's edition as another one, with more texts replaced.
func text(t *testing.T, id, from string, more ...string) string {
	t.Helper()
	data, err := fs.ReadFile(city.Files, "sample/2025-exchange.yaml")
	if err != nil {
		t.Fatal(err)
	}
	s := string(data)
	for _, pair := range append([][2]string{{"id: 2025-exchange ", "id: " + id + " "}, {"  from: 2025-03-01\n", "  from: " + from + "\n"}}, pairs(more)...) {
		if !strings.Contains(s, pair[0]) {
			t.Fatalf("the sample has no %q", pair[0])
		}
		s = strings.Replace(s, pair[0], pair[1], 1)
	}
	return s
}

func pairs(list []string) (out [][2]string) {
	for i := 0; i+1 < len(list); i += 2 {
		out = append(out, [2]string{list[i], list[i+1]})
	}
	return out
}

func (n *node) propose(text string) edition.ID {
	n.t.Helper()
	id, err := n.Propose(ctx, anna, text, "到期前换卡放宽", "")
	if err != nil {
		n.t.Fatal(err)
	}
	return id
}

func (n *node) now() *policy.Edition {
	n.t.Helper()
	c, err := n.Shelf.Now(ctx)
	if err != nil {
		n.t.Fatal(err)
	}
	return c.On(n.clock.Now())
}

// file opens a collective application under the edition of today.
func (n *node) file(id ref.Collective) ref.Edition { n.t.Helper(); return n.fileAt(id, n.clock.Now()) }

func (n *node) fileAt(id ref.Collective, at time.Time) ref.Edition {
	n.t.Helper()
	e := ref.Edition(n.now().ID)
	err := n.Desk.DB.Write(ctx, at, func(tx *db.Tx) error {
		return application.Open(ctx, tx, application.Collective{ID: id, City: "sample", Employer: "emp_1", Edition: e})
	})
	if err != nil {
		n.t.Fatal(err)
	}
	return e
}

func days(t *testing.T, e *policy.Edition) int {
	t.Helper()
	for _, p := range e.Promises {
		if p.ID == "twenty" {
			return p.Days
		}
	}
	t.Fatal("no promise")
	return 0
}

// A new edition from tomorrow: nothing changes before another person has agreed, and before its day
// has come; what was filed today keeps today's promise for ever.
func TestFromTomorrow(t *testing.T) {
	each(t, func(t *testing.T, n *node) {
		id := n.propose(text(t, "2025-faster", "2025-05-07", "days: 20", "days: 15"))
		if _, err := n.Shelf.Edition(ctx, "2025-faster"); err == nil {
			t.Error("a proposal took effect before anybody agreed")
		}
		before := n.file("col_0000001")
		if err := n.Approve(ctx, bert, id, ""); err != nil {
			t.Fatal(err)
		}
		if after := n.file("col_0000002"); before != "2025-exchange" || after != before {
			t.Errorf("filed today under %s and %s", before, after)
		}
		n.clock.Add(24 * time.Hour)
		if e := n.file("col_0000003"); e != "2025-faster" {
			t.Errorf("filed tomorrow under %s", e)
		}
		for id, want := range map[string]int{"2025-exchange": 20, "2025-faster": 15} {
			e, err := n.Shelf.Edition(ctx, id)
			if err != nil || days(t, e) != want {
				t.Errorf("%s promises %d days, %v", id, days(t, e), err)
			}
		}
		again := open(t, n.Desk.DB, n.clock) // a program that starts anew
		if e := again.now(); e.ID != "2025-faster" || days(t, e) != 15 {
			t.Errorf("after a restart %s is in force", e.ID)
		}
	})
}

// Four eyes: who proposed cannot agree or reject, and nobody else can take it back; the database
// refuses the same when the flow is gone round.
func TestFourEyes(t *testing.T) {
	each(t, func(t *testing.T, n *node) {
		id := n.propose(text(t, "2025-next", "2025-06-01"))
		for name, err := range map[string]error{
			"approve":       n.Approve(ctx, anna, id, ""),
			"reject":        n.Reject(ctx, anna, id, "不要"),
			"district":      n.Approve(ctx, desk.Actor{Role: desk.Centre, ID: "stf_d", District: "139901"}, id, ""),
			"clerk":         n.Approve(ctx, desk.Actor{Role: desk.Clerk, ID: "stf_e"}, id, ""),
			"auditor":       n.Approve(ctx, desk.Actor{Role: desk.Auditor, ID: "stf_f"}, id, ""),
			"withdraw":      n.Withdraw(ctx, bert, id),
			"without words": n.Reject(ctx, bert, id, " "),
		} {
			if f := fault.Of(err); f == nil || f.Kind != fault.Forbidden && name != "without words" {
				t.Errorf("%s: %v", name, err)
			}
		}
		for _, e := range []string{"publish", "reject"} {
			err := n.Desk.DB.Write(ctx, today, func(tx *db.Tx) error {
				return edition.Decide(ctx, tx, id, "publish", "stf_a", "", 1, "sit_1")
			})
			if err == nil {
				t.Errorf("the database let one person %s", e)
			}
		}
		if p, err := edition.Get(ctx, n.Desk.DB, id); err != nil || p.State != edition.Proposed || p.DecidedBy != "" {
			t.Errorf("%+v %v", p, err)
		}
		if err := n.Withdraw(ctx, anna, id); err != nil {
			t.Error(err)
		}
		if err := n.Approve(ctx, bert, id, ""); !errors.Is(err, edition.ErrDecided) {
			t.Errorf("what was taken back was agreed to: %v", err)
		}
	})
}

// Two people agree at the same moment: one of them does it. Two proposals agreed to at the same
// moment: each was checked against a book without the other, so one has to look again.
func TestTwoAtOnce(t *testing.T) {
	each(t, func(t *testing.T, n *node) {
		one := n.propose(text(t, "2025-one", "2025-06-01"))
		two := n.propose(text(t, "2025-two", "2025-06-01"))
		for _, race := range [][2]edition.ID{{one, one}, {two, two}} {
			errs := make([]error, 2)
			var wg sync.WaitGroup
			for i, who := range []desk.Actor{bert, carla} {
				wg.Go(func() { errs[i] = n.Approve(ctx, who, race[i], "") })
			}
			wg.Wait()
			if race[0] == two { // the day is taken by now
				for _, err := range errs {
					if f := findings(err); len(f) != 1 || f[0].Code != "policy.edition_order" {
						t.Errorf("%v", err)
					}
				}
				continue
			}
			if (errs[0] == nil) == (errs[1] == nil) {
				t.Errorf("%v and %v", errs[0], errs[1])
			}
			for _, err := range errs {
				if err != nil && !errors.Is(err, edition.ErrDecided) && !errors.Is(err, publish.ErrMeanwhile) && findings(err) == nil {
					t.Errorf("%v", err)
				}
			}
		}
		if last, err := edition.Last(ctx, n.Desk.DB, "sample"); err != nil || last != 1 {
			t.Errorf("%d published, %v", last, err)
		}
	})
}

func TestTwoProposalsAtOnce(t *testing.T) {
	each(t, func(t *testing.T, n *node) {
		ids := []edition.ID{n.propose(text(t, "2025-one", "2025-06-01")), n.propose(text(t, "2025-two", "2025-06-01"))}
		errs := make([]error, 2)
		var wg sync.WaitGroup
		for i := range ids {
			wg.Go(func() { errs[i] = n.Approve(ctx, bert, ids[i], "") })
		}
		wg.Wait()
		if (errs[0] == nil) == (errs[1] == nil) {
			t.Errorf("%v and %v", errs[0], errs[1])
		}
		if c, err := n.Shelf.Now(ctx); err != nil || len(c.Editions()) != 2 {
			t.Errorf("%d editions, %v", len(c.Editions()), err)
		}
	})
}

func findings(err error) (f notice.Findings) { errors.As(err, &f); return f }

// Another node sees what was published here at its next question, and one that was never asked about
// today finds an edition by its id.
func TestAnotherNode(t *testing.T) {
	each(t, func(t *testing.T, n *node) {
		asks, finds := open(t, n.Desk.DB, n.clock), open(t, n.Desk.DB, n.clock)
		if err := n.Approve(ctx, bert, n.propose(text(t, "2025-next", "2025-05-07")), ""); err != nil {
			t.Fatal(err)
		}
		if _, no := asks.Shelf.Book(); no != 0 {
			t.Error("the other node read before it was asked")
		}
		n.clock.Add(24 * time.Hour)
		if e := asks.now(); e.ID != "2025-next" {
			t.Errorf("the other node says %s", e.ID)
		}
		before := n.Desk.DB.Statements()
		for range 3 {
			asks.now()
		}
		if got := n.Desk.DB.Statements() - before; got != 3 {
			t.Errorf("%d statements for three questions", got)
		}
		if e, err := finds.Shelf.Edition(ctx, "2025-next"); err != nil || e.ID != "2025-next" {
			t.Error(err)
		}
		if text, run, err := finds.Shelf.Text("2025-next"); err != nil || !run || !strings.Contains(text, "id: 2025-next ") {
			t.Errorf("%v %v", run, err)
		}
	})
}

// An edition that would begin on a day on which open cases were filed already, or that takes an id
// which cases keep: named with file, line and key, and the old edition stays in force.
func TestNeverTouchesACase(t *testing.T) {
	each(t, func(t *testing.T, n *node) {
		past := text(t, "2025-past", "2025-05-06")
		early := n.propose(text(t, "2025-early", "2025-05-06")) // nothing is filed yet
		n.file("col_0000001")
		for name, c := range map[string]struct{ text, code, key, at string }{
			"begins today":       {past, "publish.starts_late", "in_force.from", "  from: 2025-05-06"},
			"begins a month ago": {text(t, "2025-past", "2025-04-01"), "publish.starts_late", "in_force.from", "  from: 2025-04-01"},
			"takes a used id":    {text(t, "2025-exchange", "2025-06-01"), "publish.id_used", "id", "id: 2025-exchange"},
		} {
			_, err := n.Propose(ctx, anna, c.text, "理由", "")
			found := findings(err)
			if len(found) != 1 {
				t.Fatalf("%s: %v", name, err)
			}
			f := found[0]
			line := 1 + strings.Count(c.text[:strings.Index(c.text, c.at)], "\n")
			if f.Code != c.code || f.Key != c.key || f.Line != line || !strings.HasPrefix(f.File, "sample/2025-") || strings.ContainsAny(f.Message.ZH+f.Message.EN, "{}⟦") {
				t.Errorf("%s: %+v, want line %d", name, f, line)
			}
		}
		if err := n.Approve(ctx, bert, early, ""); len(findings(err)) != 1 {
			t.Errorf("agreed to although a case was filed meanwhile: %v", err)
		}
		if e := n.now(); e.ID != "2025-exchange" || e.InForce.From.String() != "2025-03-01" {
			t.Errorf("%s is in force", e.ID)
		}
	})
}

// A start in the past is refused while any case is open, also one that was filed long before that day:
// what its people were told since would be another edition's. From today on it only counts what was
// filed today.
func TestNoPastStartWithOldCases(t *testing.T) {
	each(t, func(t *testing.T, n *node) {
		early := n.propose(text(t, "2025-early", "2025-05-02"))
		n.fileAt("col_0000001", time.Date(2025, 3, 20, 9, 0, 0, 0, clock.Zone))
		_, err := n.Propose(ctx, anna, text(t, "2025-past", "2025-05-01"), "理由", "")
		if f := findings(err); len(f) != 1 || f[0].Code != "publish.starts_late" || f[0].Key != "in_force.from" {
			t.Errorf("proposed: %v", err)
		}
		if f := findings(n.Approve(ctx, bert, early, "")); len(f) != 1 || f[0].Code != "publish.starts_late" {
			t.Errorf("agreed to: %v", f)
		}
		if e := n.now(); e.ID != "2025-exchange" {
			t.Errorf("%s is in force", e.ID)
		}
		if err := n.Approve(ctx, bert, n.propose(text(t, "2025-today", "2025-05-06")), ""); err != nil {
			t.Errorf("from today, with a case of March: %v", err)
		}
	})
}

// With no case under way an edition may begin in the past: a city is set up.
func TestNoCaseNoHarm(t *testing.T) {
	each(t, func(t *testing.T, n *node) {
		if err := n.Approve(ctx, bert, n.propose(text(t, "2025-past", "2025-04-01")), ""); err != nil {
			t.Fatal(err)
		}
		if e := n.now(); e.ID != "2025-past" {
			t.Errorf("%s is in force", e.ID)
		}
	})
}

// What has not begun may be replaced as long as no case keeps it; what has begun may not.
func TestReplaceWhatIsToCome(t *testing.T) {
	each(t, func(t *testing.T, n *node) {
		for _, days := range []string{"days: 15", "days: 12"} {
			if err := n.Approve(ctx, bert, n.propose(text(t, "2025-next", "2025-06-01", "days: 20", days)), ""); err != nil {
				t.Fatal(err)
			}
		}
		e, err := n.Shelf.Edition(ctx, "2025-next")
		if err != nil || days(t, e) != 12 {
			t.Errorf("%d days, %v", days(t, e), err)
		}
		n.clock.Add(40 * 24 * time.Hour)
		_, err = n.Propose(ctx, anna, text(t, "2025-next", "2025-07-01"), "理由", "")
		if f := findings(err); len(f) != 1 || f[0].Code != "publish.id_begun" {
			t.Errorf("%v", err)
		}
	})
}

// While a proposal for an edition waits, a second one for it is refused and names the first: agreed to one
// after the other, the second would silently replace the first.
func TestOneProposalAnEdition(t *testing.T) {
	each(t, func(t *testing.T, n *node) {
		first := n.propose(text(t, "2025-next", "2025-06-01", "days: 20", "days: 15"))
		second := text(t, "2025-next", "2025-07-01", "days: 20", "days: 12")
		_, err := n.Propose(ctx, carla, second, "另一份", "")
		f := findings(err)
		if len(f) != 1 || f[0].Code != "publish.id_waits" || f[0].Key != "id" || f[0].Line == 0 || !strings.Contains(f[0].Message.ZH, string(first)) || strings.ContainsAny(f[0].Message.ZH+f[0].Message.EN, "{}⟦") {
			t.Fatalf("%v", err)
		}
		if r, err := n.ReadNew(ctx, second); err != nil || len(r.Findings) != 1 {
			t.Errorf("the check does not say so: %v %v", r.Findings, err)
		}
		if r, err := n.Read(ctx, second); err != nil || len(r.Findings) != 0 {
			t.Errorf("a proposal stands in its own way: %v %v", r.Findings, err)
		}
		n.propose(text(t, "2025-other", "2025-07-01"))
		if err := n.Reject(ctx, bert, first, "日期不对"); err != nil {
			t.Fatal(err)
		}
		n.propose(second)
	})
}

// Every sitting leaves its line, with the digest of the text.
func TestTrail(t *testing.T) {
	each(t, func(t *testing.T, n *node) {
		id := n.propose(text(t, "2025-next", "2025-06-01"))
		if err := n.Reject(ctx, bert, id, "与通知不符"); err != nil {
			t.Fatal(err)
		}
		again := n.propose(text(t, "2025-next", "2025-06-01"))
		if err := n.Approve(ctx, carla, again, "同意"); err != nil {
			t.Fatal(err)
		}
		lines, err := audit.Latest(ctx, n.Desk.DB, 0, 10)
		var acts []string
		for _, l := range lines {
			acts = append([]string{l.Act + " " + l.Actor}, acts...)
			if l.Act != "edition.reject" && !strings.Contains(l.Detail, `"digest":"`) {
				t.Errorf("%s without a digest: %s", l.Act, l.Detail)
			}
		}
		if got := strings.Join(acts, ", "); err != nil || got != "edition.propose stf_a, edition.reject stf_b, edition.propose stf_a, edition.approve stf_c" &&
			got != "edition.approve stf_c, edition.propose stf_a, edition.reject stf_b, edition.propose stf_a" {
			t.Errorf("%s %v", got, err)
		}
	})
}

// A notice that was published after the program was built comes with the edition that carries it out,
// and its rules are numbered on from the city's last.
func TestNewNotice(t *testing.T) {
	each(t, func(t *testing.T, n *node) {
		own := "notices:\n  - {id: supplement, title: 样例市补充通知, publisher: 样例市人社局, date: 2025-05-01}\n\nin_force:"
		good := text(t, "2025-next", "2025-06-01", "in_force:", own, "    rules: [SP-09]\n", "    rules: [SP-21]\n    notice: supplement\n")
		if err := n.Approve(ctx, bert, n.propose(good), ""); err != nil {
			t.Fatal(err)
		}
		e, err := n.Shelf.Edition(ctx, "2025-next")
		if err != nil {
			t.Fatal(err)
		}
		cited := ""
		for _, p := range part.Of(e) {
			if p.Clause.Notice == "supplement" {
				cited = p.Clause.Grounds()[0].Source
			}
		}
		if cited != "样例市补充通知" {
			t.Errorf("the clause cites %q", cited)
		}
		for code, bad := range map[string]string{
			"policy.foreign_rule": text(t, "2025-other", "2025-07-01", "in_force:", own, "    rules: [SP-09]\n", "    rules: [SP-21]\n"),
			"policy.twice":        text(t, "2025-other", "2025-07-01", "in_force:", strings.Replace(own, "id: supplement", "id: notice", 1)),
		} {
			_, err := n.Propose(ctx, anna, bad, "理由", "")
			if f := findings(err); len(f) == 0 || f[0].Code != code {
				t.Errorf("%s: %v", code, err)
			}
		}
	})
}
