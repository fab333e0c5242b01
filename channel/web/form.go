package web

import (
	"strings"

	"kawu/kit/fault"
)

// Problem is one line of the error summary; Field is the name of the input it points to.
type Problem struct{ Field, Text string }

// Fail puts a form's faults on its page: each is worded, shown in the summary and at its field.
// It answers false for an error that is not about the form, which the fault page must show.
func (p *Page) Fail(err error) bool {
	list := faults(err)
	for _, f := range list {
		p.Errors = append(p.Errors, Problem{f.Field, p.Word(f)})
	}
	return len(list) > 0
}

// faults are the problems a person can mend on the form; any other kind belongs to the fault page.
func faults(err error) fault.List {
	f := fault.Of(err)
	if f == nil || f.Kind != fault.Invalid && f.Kind != fault.Refused && f.Kind != fault.TooMany {
		return nil
	}
	if l, ok := err.(fault.List); ok {
		return l
	}
	return fault.List{f}
}

// ErrorOf is the text at a field, "" when it is right.
func (p Page) ErrorOf(name string) string {
	for _, e := range p.Errors {
		if e.Field == name {
			return e.Text
		}
	}
	return ""
}

// Field is a one-line input: label, hint, error, input, in this order.
type Field struct {
	Name, Label, Help, Error, Value string
	Type                            string // "text" unless Password or Tel set it
	Class, InputMode, Autocomplete  string
	MaxLength                       int
}

// Field starts an input whose label is the wording key; its error is taken from the page.
func (p Page) Field(name, label, value string) Field {
	return Field{Name: name, Label: p.T(label), Value: value, Error: p.ErrorOf(name), Type: "text", Autocomplete: "off"}
}

// Hint adds the line under the label.
func (f Field) Hint(worded string) Field { f.Help = worded; return f }

// Filled names the autocomplete token, so that browsers fill it and nobody types twice.
func (f Field) Filled(token string) Field { f.Autocomplete = token; return f }

// Code makes it monospaced and n characters wide at most, for identity numbers and codes.
func (f Field) Code(n int) Field {
	f.Class, f.MaxLength = "input--id input--narrow", n
	return f
}

// Large makes a code easy to type and to compare.
func (f Field) Large() Field { f.Class = "codebox"; return f }

// Digits asks phones for the number keys.
func (f Field) Digits() Field { f.InputMode = "numeric"; return f }

// Secret hides what is typed.
func (f Field) Secret() Field { f.Type = "password"; return f }

// DescribedBy lists the ids of hint and error for aria-describedby.
func (f Field) DescribedBy() string {
	var ids []string
	if f.Help != "" {
		ids = append(ids, "h-"+f.Name)
	}
	if f.Error != "" {
		ids = append(ids, "e-"+f.Name)
	}
	return strings.Join(ids, " ")
}

// Option is one choice of a Select.
type Option struct{ Value, Label string }

// Select is a native drop-down.
type Select struct {
	Name, Label, Help, Error, Value string
	Options                         []Option
}

// Select starts a drop-down whose label is the wording key.
func (p Page) Select(name, label, value string, options []Option) Select {
	return Select{Name: name, Label: p.T(label), Error: p.ErrorOf(name), Value: value, Options: options}
}

// DescribedBy lists the ids of hint and error for aria-describedby.
func (s Select) DescribedBy() string {
	return Field{Name: s.Name, Help: s.Help, Error: s.Error}.DescribedBy()
}

// Choice is one radio button or checkbox shown as a card with a note.
type Choice struct {
	ID, Name, Value, Label, Note string
	On, Many                     bool // Many: a checkbox
}

// Choices is a group of radio buttons or checkboxes under one legend.
type Choices struct {
	Name, Label, Help, Error string
	Choices                  []Choice
}

// Choices starts a group of radio buttons whose legend is the wording key.
func (p Page) Choices(name, legend string) Choices {
	return Choices{Name: name, Label: p.T(legend), Error: p.ErrorOf(name)}
}

// Add appends a radio button. The first one has the id that the error summary points to.
func (c Choices) Add(value, label, note string, on bool) Choices {
	id := "f-" + c.Name
	if len(c.Choices) > 0 {
		id += "-" + value
	}
	c.Choices = append(c.Choices, Choice{ID: id, Name: c.Name, Value: value, Label: label, Note: note, On: on})
	return c
}

// Tick is a single checkbox, such as "I have told the person"; it is a group of one.
func (p Page) Tick(name, label string, on bool) Choices {
	return Choices{Name: name, Error: p.ErrorOf(name), Choices: []Choice{
		{ID: "f-" + name, Name: name, Value: "yes", Label: label, On: on, Many: true}}}
}
