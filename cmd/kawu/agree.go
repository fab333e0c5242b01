package main

import (
	"context"
	"os"
	"strings"

	"kawu/app"
	"kawu/app/custodian"
	"kawu/domain/access"
	"kawu/kit/fault"
)

var (
	errNoPassword = fault.New(fault.Refused, "line.no_password", "nobody can type the password of {login} here: this is no terminal")
	errTwice      = fault.New(fault.Invalid, "line.twice", "{login} is named twice; two different people are needed")
	errTwoPersons = fault.New(fault.Invalid, "line.two_persons", "name two members of staff who agree, each with --by")
)

// byFlag explains --by.
const byFlag = "a member of staff who agrees, once for each: LOGIN asks for the password at the terminal, LOGIN=FILE reads it"

// agree lets everybody whom --by names prove who they are.
func (t *tool) agree(ctx context.Context, h *app.House, by []string) (all []custodian.Actor, err error) {
	seen := map[string]bool{}
	for _, b := range by {
		login, file, _ := strings.Cut(b, "=")
		if login = access.Login(login); seen[login] {
			return nil, errUsage{fault.New(errTwice.Kind, errTwice.Code, errTwice.Message, "login", login)}
		}
		seen[login] = true
		password, err := t.password(login, file)
		if err != nil {
			return nil, err
		}
		who, err := h.Custodians().Prove(ctx, login, password)
		if f := fault.Of(err); f != nil {
			return nil, f.At(login)
		}
		if err != nil {
			return nil, err
		}
		all = append(all, who)
	}
	return all, nil
}

// password reads a password from a file or, unseen, from the terminal.
func (t *tool) password(login, file string) (string, error) {
	if file != "" {
		text, err := os.ReadFile(file)
		return strings.TrimSpace(string(text)), err
	}
	return t.askSecret(t.word("staff.ask", "login", login), fault.New(errNoPassword.Kind, errNoPassword.Code, errNoPassword.Message, "login", login))
}
