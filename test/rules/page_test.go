package rules

import (
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"

	"github.com/cucumber/godog"

	"kawu/domain/application"
	"kawu/domain/custody"
	"kawu/domain/notice"
	"kawu/domain/outlet"
	"kawu/domain/ref"
	"kawu/flow/desk"
)

// page is a scenario about what a citizen sees who has signed in.
type page struct {
	*hand
	cookies map[string]string
}

func (s *page) steps(c *godog.ScenarioContext) {
	c.Step(`^一名网点领卡职工查询进度$`, func() error {
		return errors.Join(s.pick(&s.x, application.Outlet, application.Ready), s.signIn())
	})
	c.Step(`^进度页写着这个网点的名称和电话$`, func() error { return s.shows(s.x.Outlet) })
	c.Step(`^他的卡被转到了同一银行的别的网点$`, s.moved)
	c.Step(`^进度页写着卡片实际所在网点的名称和电话,提示先打电话$`, func() error {
		return errors.Join(s.shows(s.other()), s.says("来之前可以先打电话"))
	})
}

func (s *page) other() ref.Outlet { return ref.Outlet("out_" + string(s.x.Bank) + "_110116") }

var code = regexp.MustCompile(`验证码(\d{6})`)

// signIn goes through the door with the code that was sent.
func (s *page) signIn() error {
	s.cookies = map[string]string{}
	if _, err := s.send("/sign-in", "number", s.x.Number.Reveal(), "name", s.x.Name.Reveal()); err != nil {
		return err
	}
	all, err := notice.OfPerson(s.ctx, s.House.Store, s.x.Person, 100)
	if err != nil {
		return err
	}
	for _, m := range all {
		if found := code.FindStringSubmatch(m.Text); found != nil {
			if _, err := s.send("/sign-in/code", "code", found[1]); err != nil {
				return err
			}
			_, err = s.send("/sign-in/notice", "next", "/")
			return err
		}
	}
	return errors.New("no code was sent")
}

// send asks for a page, or posts a form of name, value pairs.
func (s *page) send(path string, pairs ...string) (string, error) {
	o, err := s.Options(s.ctx, "")
	if err != nil {
		return "", err
	}
	portals, _ := s.House.Portals(o, "http://example.com")
	r := httptest.NewRequest(http.MethodGet, path, nil)
	if len(pairs) > 0 {
		f := url.Values{}
		for i := 0; i+1 < len(pairs); i += 2 {
			f.Add(pairs[i], pairs[i+1])
		}
		r = httptest.NewRequest(http.MethodPost, path, strings.NewReader(f.Encode()))
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	for k, v := range s.cookies {
		r.AddCookie(&http.Cookie{Name: k, Value: v})
	}
	w := httptest.NewRecorder()
	portals.ServeHTTP(w, r)
	for _, c := range w.Result().Cookies() {
		s.cookies[c.Name] = c.Value
	}
	if w.Code >= 400 {
		return "", fmt.Errorf("%s answers %d", path, w.Code)
	}
	return w.Body.String(), nil
}

func (s *page) says(words ...string) error {
	body, err := s.send("/progress")
	if err != nil {
		return err
	}
	for _, x := range words {
		if !strings.Contains(body, x) {
			return fmt.Errorf("the page does not say %q", x)
		}
	}
	return nil
}

func (s *page) shows(at ref.Outlet) error {
	o, err := outlet.Get(s.ctx, s.House.Store, at)
	if err != nil {
		return err
	}
	return s.says(o.Name, o.Phone)
}

// moved passes the card from the chosen outlet to another one of its bank.
func (s *page) moved() error {
	to := ref.Holder{Kind: ref.HeldByOutlet, Name: string(s.other())}
	return s.House.Desk.Sit(s.ctx, desk.Clockwork("rules"), desk.SetUp, func(sit *desk.Sitting) error {
		sit.About(string(s.x.card.ID), 1)
		from := ref.Holder{Kind: ref.HeldByOutlet, Name: string(s.x.Outlet)}
		return custody.Pass(s.ctx, sit.Tx, []ref.Card{s.x.card.ID}, from, to, "")
	})
}
