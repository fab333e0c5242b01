package centre

import (
	"context"
	"net/http"
	"sync"
	"time"

	"kawu/channel/web"
	"kawu/domain/audit"
	"kawu/flow/desk"
	"kawu/kit/id"
	"kawu/kit/wording"
)

// Audit is GET /centre/audit (?page= ?who= ?about=): who did what, on whom, by which channel; the
// chain verified.
type Audit struct {
	web.Page
	Frame
	Verified int       // lines whose chain is right, from the first
	Lines    int       // all lines
	At       time.Time // when it was verified
	Broken   int       // number of the first broken line; 0: none
	Anchor   string    // head of the chain, shortened
	Who      string
	About    string
	Rows     []AuditLine
	Pager    web.Pager
}

// AuditLine is one line: who, what, on whom, by which channel, when.
type AuditLine struct {
	N       int
	At      time.Time
	Who     string
	Role    string   // wording key
	What    web.Said // the act
	About   string   // id of what it was done to
	Channel string   // wording key: "centre.channel.employer" …
	Set     int      // size of the set; 0 or 1: one
	Hash    string   // shortened
}

// AuditView is the page.
var AuditView = web.NewView[Audit](files, "audit")

// WhoField filters by who did it, named "who".
func (a Audit) WhoField() web.Field { return a.Field("who", "centre.audit.who", a.Who) }

// AboutField filters by what it was done to, named "about".
func (a Audit) AboutField() web.Field { return a.Field("about", "centre.audit.about", a.About) }

// AuditRows is the table of lines with the page's language.
type AuditRows struct {
	web.Page
	Rows []AuditLine
}

// ShowAudit boxes lines for their table.
func (f Frame) ShowAudit(p web.Page, rows []AuditLine) AuditRows { return AuditRows{p, rows} }

// trail keeps the last verification: computing the chain anew takes seconds for millions of lines.
type trail struct {
	mu   sync.Mutex
	rep  audit.Report
	at   time.Time
	done bool
}

// fresh is how long a verification is shown before it is made again.
const fresh = time.Minute

func (p *Portal) verified(ctx context.Context) (audit.Report, time.Time, error) {
	p.trail.mu.Lock()
	defer p.trail.mu.Unlock()
	now := p.Hall.Clock.Now()
	if p.trail.done && now.Sub(p.trail.at) < fresh {
		return p.trail.rep, p.trail.at, nil
	}
	rep, err := audit.Verify(ctx, p.Store, p.Key)
	if err == nil {
		p.trail.rep, p.trail.at, p.trail.done = rep, now, true
	}
	return rep, now, err
}

func (p *Portal) audit(w http.ResponseWriter, r *http.Request, _ desk.Actor) error {
	ctx, q := r.Context(), r.URL.Query()
	x := Audit{Page: p.Hall.Page(r, web.PortalCentre, "centre.audit"), Who: q.Get("who"), About: q.Get("about")}
	var err error
	if x.Frame, err = p.frame(ctx, "audit"); err != nil {
		return err
	}
	rep, at, err := p.verified(ctx)
	if err != nil {
		return err
	}
	head, err := audit.Head(ctx, p.Store)
	if err != nil {
		return err
	}
	x.Verified, x.Lines, x.At, x.Broken, x.Anchor = int(rep.Lines), int(head.Seq), at, int(rep.Broken), short(rep.Head)
	total, err := audit.CountLines(ctx, p.Store, x.Who, x.About)
	if err != nil {
		return err
	}
	filter := web.Page{Path: "/centre/audit", Query: "who=" + x.Who}.Switch("about", x.About)
	x.Pager = web.Pager{Page: web.PageOf(r), Size: size, Total: total, Base: "/centre/audit" + filter}
	lines, err := audit.Page(ctx, p.Store, x.Who, x.About, x.Pager.Offset(), size)
	if err != nil {
		return err
	}
	x.Rows = p.auditRows(ctx, x.Page, lines)
	return AuditView.Show(w, http.StatusOK, x)
}

func short(hash string) string {
	if len(hash) < 8 {
		return hash
	}
	return hash[:4] + "…" + hash[len(hash)-4:]
}

// roles name the portals' users; the clock, partners and visitors are the system's.
var roles = map[string]string{"agent": "centre.role.employer", "terminal": "centre.role.terminal", "citizen": "centre.role.citizen", "clerk": "centre.role.counter",
	"banker": "centre.role.bank", "centre": "centre.role.centre", "auditor": "centre.role.auditor",
	"visitor": "centre.role.visitor", "custodian": "centre.role.custodian", "two": "centre.role.two", "owner": "centre.role.owner"}

// channels name where an act was done from.
var channels = map[string]string{"agent": "centre.channel.employer", "terminal": "centre.channel.terminal", "citizen": "centre.channel.citizen", "clerk": "centre.channel.counter",
	"banker": "centre.channel.counter", "centre": "centre.channel.centre", "auditor": "centre.channel.centre", "job": "centre.channel.job",
	"visitor": "centre.channel.door", "custodian": "centre.channel.line", "two": "centre.channel.line", "owner": "centre.channel.line"}

// auditRows shows lines: staff by name, a citizen by id only, the clock by its duty.
func (p *Portal) auditRows(ctx context.Context, page web.Page, lines []audit.Line) []AuditLine {
	names := map[string]string{}
	out := make([]AuditLine, len(lines))
	for i, l := range lines {
		x := AuditLine{N: int(l.Seq), At: l.At, Who: l.Actor, Role: roles[l.ActorKind], Channel: channels[l.ActorKind], What: act(l.Act),
			About: subject(l.Subject), Set: int(l.N), Hash: short(l.Hash)}
		if x.Role == "" {
			x.Role = "centre.role.system"
		}
		if x.Channel == "" {
			x.Channel = "centre.channel.callback"
		}
		switch {
		case id.Prefix(l.Actor) == "stf":
			if _, ok := names[l.Actor]; !ok {
				names[l.Actor] = p.staff(ctx, page, l.Actor)
			}
			x.Who = names[l.Actor]
		case l.ActorKind == "job":
			x.Who = page.Say(kind(l.Actor))
		}
		out[i] = x
	}
	return out
}

// named puts what people know somebody or something by in the place of an id.
func (l *AuditLine) named(id, as string) {
	for _, s := range []*string{&l.Who, &l.About} {
		if *s == id {
			*s = as
		}
	}
}

// act is an act in words.
func act(a string) web.Said {
	if key := "centre.act." + a; wording.Has(key) {
		return web.Say(key)
	}
	return web.Words(web.Text{ZH: a})
}
