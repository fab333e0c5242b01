// Command postgres runs another command beside a private PostgreSQL, so that the tests of all
// packages share one server instead of starting one each:
//
//	go run ./test/postgres go test ./...
//
// The command finds the server's address in KAWU_TEST_POSTGRES. Where PostgreSQL is not installed it
// runs without, and says so; with KAWU_TEST_REQUIRE=1 that is an error.
package main

import (
	"errors"
	"fmt"
	"os"
	"os/exec"

	"kawu/kit/db/dbtest"
)

func main() { os.Exit(run(os.Args[1:])) }

func run(args []string) int {
	if len(args) == 0 {
		fmt.Fprintln(os.Stderr, "usage: postgres COMMAND [ARGUMENT ...]")
		return 2
	}
	command := exec.Command(args[0], args[1:]...)
	command.Stdin, command.Stdout, command.Stderr, command.Env = os.Stdin, os.Stdout, os.Stderr, os.Environ()
	if os.Getenv("KAWU_TEST_POSTGRES") == "" {
		c, err := dbtest.Start()
		switch {
		case err == nil:
			defer func() { _ = c.Stop() }()
			command.Env = append(command.Env, "KAWU_TEST_POSTGRES="+c.Address)
		case os.Getenv("KAWU_TEST_REQUIRE") == "1":
			fmt.Fprintln(os.Stderr, err)
			return 1
		default:
			fmt.Fprintln(os.Stderr, "tests of PostgreSQL will be skipped:", err)
		}
	}
	err := command.Run()
	var exit *exec.ExitError
	switch {
	case err == nil:
		return 0
	case errors.As(err, &exit):
		return exit.ExitCode()
	}
	fmt.Fprintln(os.Stderr, err)
	return 1
}
