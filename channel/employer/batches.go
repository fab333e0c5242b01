package employer

import (
	"context"
	"net/http"
	"time"

	"kawu/channel/web"
	"kawu/domain/application"
	"kawu/domain/ref"
	"kawu/domain/trouble"
	"kawu/kit/clock"
	"kawu/kit/fault"
	"kawu/kit/state"
	"kawu/kit/wording"
)

// Batches is GET /employer/: all collective applications of this employer. POST /employer/batches
// opens a new one and leads to its step 1.
type Batches struct {
	web.Page
	Rows    []BatchRow
	CanOpen bool     // a pilot is running here and for this employer
	WhyNot  web.Said // when it is not
}

// BatchRow is one collective application in the list.
type BatchRow struct {
	ID, No  string
	Opened  time.Time
	Stage   web.Tag // where it is
	People  int     // good rows, or submitted people afterwards
	Bank    web.Text
	Due     time.Time // promised day; zero before submission
	Left    int       // days to Due
	Done    bool      // everybody submitted has an enabled card
	Trouble int       // exceptions that need the employer
	Href    string    // the page to go on with
}

// BatchesView is the page.
var BatchesView = web.NewView[Batches](files, "batches")

// Over is how many days late.
func (r BatchRow) Over() int { return -r.Left }

// batches is GET /employer/.
func (p *Portal) batches(w http.ResponseWriter, r *http.Request) error {
	ctx, page := r.Context(), Batches{Page: p.hall.Page(r, web.PortalEmployer, "employer.batches")}
	_, of := agent(r)
	if _, err := p.apply.Rule(ctx, of, ""); err == nil {
		page.CanOpen = true
	} else if f := fault.Of(err); f != nil && f.Kind == fault.Refused {
		page.WhyNot = web.Words(web.Text{ZH: wording.Of(wording.ZH, f), EN: wording.Of(wording.EN, f)})
	} else {
		return err
	}
	all, err := application.OfEmployer(ctx, p.store, of)
	if err != nil {
		return err
	}
	mine, err := trouble.OpenOf(ctx, p.store, ref.OwnEmployer, string(of), 1000)
	if err != nil {
		return err
	}
	for _, c := range all {
		row, err := p.batchRow(ctx, page.Page, c)
		if err != nil {
			return err
		}
		for _, t := range mine {
			if t.About == string(c.ID) {
				row.Trouble++
			}
		}
		page.Rows = append(page.Rows, row)
	}
	return BatchesView.Show(w, http.StatusOK, page)
}

// stages are a collective application's states as the employer reads them.
var stages = map[state.State]web.Tag{
	application.Opened:    {Tone: web.Info, Said: web.Say("employer.stage.checking")},
	application.Listed:    {Tone: web.Info, Said: web.Say("employer.stage.checking")},
	application.Chosen:    {Tone: web.Info, Said: web.Say("employer.stage.bank")},
	application.Notifying: {Tone: web.Watch, Said: web.Say("employer.stage.confirming")},
	application.Submitted: {Tone: web.Branded, Said: web.Say("employer.stage.submitted")},
	application.Closed:    {Tone: web.Good, Said: web.Say("employer.stage.done")},
}

func (p *Portal) batchRow(ctx context.Context, page web.Page, c application.Collective) (BatchRow, error) {
	row := BatchRow{ID: string(c.ID), No: number(c.ID), Opened: c.OpenedAt, Stage: stages[c.State], Done: c.State == application.Closed}
	if c.Bank != "" {
		row.Bank = p.bank(c.Bank)
	}
	rows, err := application.Count(ctx, p.store, c.ID)
	if err != nil {
		return row, err
	}
	row.People, row.Href = int(rows.Good), Frame{ID: row.ID}.To(current(c, rows))
	if c.SubmittedAt.IsZero() {
		return row, nil
	}
	n, err := application.CountReached(ctx, p.store, c.ID)
	row.People, row.Due = n.Submitted, day(c.DueDay)
	row.Left = page.DaysTo(row.Due)
	if c.State == application.Submitted && n.Delivered > 0 {
		row.Stage.Said = web.Say("employer.stage.delivering")
	}
	if row.Done {
		row.Left = 0
	}
	return row, err
}

// day reads a stored day; the zero time when there is none.
func day(s string) time.Time {
	t, err := time.ParseInLocation(time.DateOnly, s, clock.Zone)
	if err != nil {
		return time.Time{}
	}
	return t
}

// openBatch is POST /employer/batches: step 1 begins.
func (p *Portal) openBatch(w http.ResponseWriter, r *http.Request) error {
	return p.hall.Once(w, r, func() (string, error) {
		who, of := agent(r)
		id, err := p.apply.Open(r.Context(), who, of, r.PostFormValue("once"))
		return Frame{ID: string(id)}.To("upload"), err
	})
}
