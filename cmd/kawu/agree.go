package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"kawu/app"
	"kawu/app/custodian"
	"kawu/domain/access"
	"kawu/kit/fault"
)

var (
	errNoPassword = fault.New(fault.Refused, "line.no_password", "nobody can type the password of {login} here: this is no terminal")
	errWrong      = fault.New(fault.Unsigned, "line.wrong", "this is not the password of {login}, or nobody has this login")
	errOpenFile   = fault.New(fault.Refused, "line.open_file", "others can read {file} (mode {mode}), so what is in it is no secret")
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
		if errors.Is(err, custodian.ErrWrong) {
			err = access.Of(errWrong, login)
		}
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
		return secretFile(file)
	}
	return t.askSecret(t.word("staff.ask", "login", login), fault.New(errNoPassword.Kind, errNoPassword.Code, errNoPassword.Message, "login", login))
}

// secretFile reads a password from a file that only its owner can read.
func secretFile(path string) (string, error) {
	f, err := os.Open(path)
	if err != nil {
		return "", err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return "", err
	}
	if mode := info.Mode().Perm(); mode&0o077 != 0 {
		return "", fault.New(errOpenFile.Kind, errOpenFile.Code, errOpenFile.Message, "file", path, "mode", fmt.Sprintf("%04o", mode))
	}
	text, err := io.ReadAll(f)
	return strings.TrimSpace(string(text)), err
}
