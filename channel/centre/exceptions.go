package centre

import (
	"time"

	"kawu/channel/web"
)

// Exceptions is GET /centre/exceptions (?type= ?mine=1 ?page=): what does not move by itself, who
// owns it, and the ONE thing to do. POST …/{id} with field "do" does it; POST …/bulk does it for a
// whole type.
type Exceptions struct {
	web.Page
	Frame
	Types []web.Tab // by type, with counts; the first is all
	Rows  []Exception
	Pager web.Pager
	Bulk  *Bulk // one action for all of the chosen type; nil: none
}

// Exception is a case or a set of cases that waits for somebody.
type Exception struct {
	ID    string
	What  web.Said
	Why   web.Said
	Ref   string   // batch, card or partner it is about
	Href  string   // of Ref
	Stage string   // wording key of where it is stuck
	Owner web.Text // who has to act
	Due   time.Time
	Left  web.Said // time left in words
	Tone  web.Tone // Bad: overdue or today, Watch: soon
	N     int      // people concerned
	Do    string   // code of the action, value of field "do"
	DoKey string   // wording key of the button
}

// Bulk is one action for all exceptions of a type.
type Bulk struct {
	N     int
	Do    string
	DoKey string
	Note  web.Said
}

// ExceptionRows is the table of exceptions with the page's language.
type ExceptionRows struct {
	web.Page
	Rows []Exception
}

// ShowExceptions boxes exceptions for their table.
func (f Frame) ShowExceptions(p web.Page, rows []Exception) ExceptionRows {
	return ExceptionRows{p, rows}
}

// ExceptionsView is the page.
var ExceptionsView = web.NewView[Exceptions](files, "exceptions")
