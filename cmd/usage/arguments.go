package usage

import (
	"strings"

	"github.com/spf13/cobra"

	"kawu/kit/fault"
)

// NoArgument names the argument that is missing, as the command's help writes it; args: name, example.
var NoArgument = fault.New(fault.Invalid, "usage.no_argument", "{name} is missing, as in: {example}")

// Named makes a command and those below say which argument is missing and which is one too many. The
// library would count them.
func Named(c *cobra.Command) {
	for _, sub := range c.Commands() {
		Named(sub)
	}
	if right := c.Args; right != nil && c.Runnable() && !c.HasSubCommands() {
		c.Args = func(c *cobra.Command, args []string) error {
			err := right(c, args)
			if err != nil && counted.MatchString(err.Error()) {
				return argument(c, args)
			}
			return err
		}
	}
}

// argument is what is wrong with the number of arguments; a name in brackets may be left out.
func argument(c *cobra.Command, args []string) error {
	names := strings.Fields(c.Use)[1:]
	if len(args) >= len(names) {
		return With(Surplus, "value", args[len(names)])
	}
	example, _, _ := strings.Cut(strings.TrimSpace(c.Example), "\n")
	return With(NoArgument, "name", strings.TrimSuffix(names[len(args)], "…"), "example", example)
}
