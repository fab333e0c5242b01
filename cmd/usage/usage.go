// Package usage says in the user's language what is wrong with the way a command was called.
//
// Owns: the faults of wrong use, made of what the library that reads flags complains about, the refusal
// of subcommands that do not exist and of values that no flag takes, and our own words for what the
// operating system complains about. Does not own: printing them, and exit codes.
package usage

import (
	"errors"
	"regexp"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"kawu/kit/fault"
)

// Faults of wrong use; Args name what was written and what would be right.
var (
	NoCommand  = fault.New(fault.Invalid, "usage.no_command", "there is no command {value}; there are {allowed}")
	NoFlag     = fault.New(fault.Invalid, "usage.no_flag", "there is no flag {name}; see --help")
	NeedsFlag  = fault.New(fault.Invalid, "usage.needs_flag", "{name} must be given")
	NeedsValue = fault.New(fault.Invalid, "usage.needs_value", "{name} needs a value")
	NotNumber  = fault.New(fault.Invalid, "usage.not_a_number", "{name} cannot be {value}; it is a whole number")
	NotYesNo   = fault.New(fault.Invalid, "usage.not_yes_no", "{name} cannot be {value}; it stands alone, or is true or false")
	BadValue   = fault.New(fault.Invalid, "usage.bad_value", "{name} cannot be {value}; see --help")
	NotOneOf   = fault.New(fault.Invalid, "usage.not_one_of", "{name} cannot be {value}; choose one of {allowed}")
	NotADate   = fault.New(fault.Invalid, "usage.not_a_date", "{value} is not a date; a date is written 2024-02-15")
	NotATime   = fault.New(fault.Invalid, "usage.not_a_time", "{name} cannot be {value}; a time is written 2024-02-15T09:00+08:00")
)

// With gives one of these faults its args, which are name, value pairs.
func With(f *fault.Fault, args ...any) *fault.Fault {
	return fault.New(f.Kind, f.Code, f.Message, args...)
}

var (
	required = regexp.MustCompile(`^required flag\(s\) (.*) not set$`)
	surplus  = regexp.MustCompile(`^unknown command "(.*)" for `)
	counted  = regexp.MustCompile(`^(?:accepts|requires) .* arg\(s\),(?: only)? received \d+$`)
)

// Fault is the fault of an error that reading a command line gave; nil for any other error.
func Fault(err error) *fault.Fault {
	var (
		missing *pflag.NotExistError
		empty   *pflag.ValueRequiredError
		wrong   *pflag.InvalidValueError
		form    *pflag.InvalidSyntaxError
	)
	switch {
	case errors.Is(err, NoCommand), errors.Is(err, Twice), errors.Is(err, NoArgument), errors.Is(err, Surplus):
		return fault.Of(err)
	case errors.As(err, &missing):
		return With(NoFlag, "name", dashed(missing.GetSpecifiedName()))
	case errors.As(err, &empty):
		return With(NeedsValue, "name", dashed(empty.GetSpecifiedName()))
	case errors.As(err, &wrong):
		return value(wrong)
	case errors.As(err, &form):
		return With(NoFlag, "name", form.GetSpecifiedFlag())
	}
	text := err.Error()
	if m := required.FindStringSubmatch(text); m != nil {
		names := strings.Split(strings.ReplaceAll(m[1], `"`, ""), ", ")
		return With(NeedsFlag, "name", "--"+strings.Join(names, ", --"))
	}
	if m := surplus.FindStringSubmatch(text); m != nil {
		return With(Surplus, "value", m[1])
	}
	return nil
}

func dashed(name string) string {
	if len(name) == 1 {
		return "-" + name
	}
	return "--" + name
}

func value(e *pflag.InvalidValueError) *fault.Fault {
	f := e.GetFlag()
	as := BadValue
	switch kind := f.Value.Type(); {
	case kind == "bool":
		as = NotYesNo
	case strings.HasPrefix(kind, "int"), strings.HasPrefix(kind, "uint"):
		as = NotNumber
	}
	return With(as, "name", "--"+f.Name, "value", e.GetValue())
}

// Groups makes every command that only holds others refuse a subcommand that it does not have, and
// show its help when none is named.
func Groups(c *cobra.Command) {
	for _, sub := range c.Commands() {
		Groups(sub)
	}
	if !c.HasSubCommands() || c.Runnable() {
		return
	}
	c.Args = cobra.ArbitraryArgs
	c.RunE = func(c *cobra.Command, args []string) error {
		if len(args) == 0 {
			return c.Help()
		}
		var names []string
		for _, sub := range c.Commands() {
			if sub.IsAvailableCommand() {
				names = append(names, sub.Name())
			}
		}
		return With(NoCommand, "value", args[0], "allowed", strings.Join(names, ", "))
	}
}
