package usage

import (
	"net"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"kawu/kit/fault"
)

// Faults of values that a flag's type lets through.
var (
	Twice    = fault.New(fault.Invalid, "usage.twice", "{name} is given twice")
	TooSmall = fault.New(fault.Invalid, "usage.too_small", "{name} cannot be {value}; it is {least} or more")
	Address  = fault.New(fault.Invalid, "usage.address", "{name} cannot be {value}; an address is written 127.0.0.1:8080")
	Surplus  = fault.New(fault.Invalid, "usage.surplus", "{value} is one argument too many")
)

// Annotations of a flag: the least number it takes, the words it takes, that it is an address.
const (
	least   = "kawu_least"
	words   = "kawu_words"
	address = "kawu_address"
)

// Least says the least number that flags of a command take; without it that is 0.
func Least(c *cobra.Command, n int, names ...string) {
	for _, name := range names {
		annotate(c, name, least, strconv.Itoa(n))
	}
}

// Words says the only values that a flag takes; an empty one is left to the command.
func Words(c *cobra.Command, name string, allowed ...string) { annotate(c, name, words, allowed...) }

// Addresses says which flags take host and port.
func Addresses(c *cobra.Command, names ...string) {
	for _, name := range names {
		annotate(c, name, address, "")
	}
}

func annotate(c *cobra.Command, name, key string, values ...string) {
	set := c.Flags()
	if set.Lookup(name) == nil {
		set = c.PersistentFlags()
	}
	_ = set.SetAnnotation(name, key, values) // fails for a flag that is not there: the tests call every flag
}

// Check looks at all flags of a command that is about to run: everything wrong at once.
func Check(c *cobra.Command) error {
	var all fault.List
	c.Flags().VisitAll(func(f *pflag.Flag) {
		if f.Changed {
			if x := check(f); x != nil {
				all = append(all, x)
			}
		}
	})
	return all.Err()
}

func check(f *pflag.Flag) *fault.Fault {
	name, value := "--"+f.Name, f.Value.String()
	if kind := f.Value.Type(); strings.HasPrefix(kind, "int") || strings.HasPrefix(kind, "uint") {
		lowest := 0
		if a := f.Annotations[least]; a != nil {
			lowest, _ = strconv.Atoi(a[0])
		}
		if n, err := strconv.ParseInt(value, 10, 64); err != nil || n < int64(lowest) {
			return With(TooSmall, "name", name, "value", value, "least", lowest)
		}
	}
	if a := f.Annotations[words]; a != nil && value != "" && !slices.Contains(a, value) {
		return With(NotOneOf, "name", name, "value", value, "allowed", strings.Join(a, ", "))
	}
	if f.Annotations[address] != nil {
		if _, port, err := net.SplitHostPort(value); err != nil || port == "" {
			return With(Address, "name", name, "value", value)
		}
	}
	return nil
}

// Strict makes every flag of a command and of those below refuse to be given twice; one that collects
// NAME=VALUE refuses a NAME twice. The library would let the last one win.
func Strict(c *cobra.Command) {
	for _, set := range []*pflag.FlagSet{c.LocalNonPersistentFlags(), c.PersistentFlags()} {
		set.VisitAll(func(f *pflag.Flag) {
			switch f.Value.Type() {
			case "bool", "stringArray": // said again, it says the same
			case "stringToString":
				f.Value = &named{f.Value, f.Name, map[string]bool{}}
			default:
				f.Value = &once{f.Value, f.Name, false}
			}
		})
	}
	for _, sub := range c.Commands() {
		Strict(sub)
	}
}

// once is a flag's value that is set at most once.
type once struct {
	pflag.Value
	name string
	set  bool
}

// Set implements pflag.Value: Twice.
func (o *once) Set(s string) error {
	if o.set {
		return With(Twice, "name", "--"+o.name)
	}
	o.set = true
	return o.Value.Set(s)
}

// named is a flag that collects NAME=VALUE.
type named struct {
	pflag.Value
	name string
	set  map[string]bool
}

// Set implements pflag.Value: Twice.
func (n *named) Set(s string) error {
	for pair := range strings.SplitSeq(s, ",") {
		name, _, _ := strings.Cut(pair, "=")
		if n.set[name] {
			return With(Twice, "name", "--"+n.name+" "+name)
		}
		n.set[name] = true
	}
	return n.Value.Set(s)
}
