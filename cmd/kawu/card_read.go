package main

import (
	"context"
	"errors"
	"os"

	"github.com/spf13/cobra"

	"kawu/app"
	"kawu/chip/apdu"
	"kawu/chip/pcsc"
	"kawu/chip/reader"
	"kawu/cmd/usage"
	"kawu/kit/fault"
	"kawu/kit/idno"
	"kawu/kit/name"
	"kawu/kit/wording"
)

type readFlags struct {
	reader, module      int
	office, terminal    string
	token, device, city string
	division, invalid   string
	plain               bool
}

func (t *tool) readCard() *cobra.Command {
	var f readFlags
	c := &cobra.Command{
		Use: "read", Short: "Read the card in a PC/SC reader as the official reader function does, and say whether it is accepted",
		Long: "Card and back office prove themselves to each other; then both files are read and the acceptance checks are made in\n" +
			"the standard's order. The back office is this installation, or with --office another one, for which a terminal's number\n" +
			"and token are needed, or with --module the terminal's own module (PSAM) in a second reader.\n\n" +
			"Name and numbers are masked. --plain prints what the official function prints, eleven fields that each end with a bar:\n" +
			"use it where the holder stands before you with the card. Give the token as KAWU_TOKEN: others can see command lines.\n" +
			"This needs a program built with -tags pcsc (Debian: libpcsclite-dev, gcc) and a running pcscd.",
		Example: "  kawu card read\n  kawu card read --plain --office https://cards.example.cn --terminal 110000000007\n  kawu card read --module 1 --division 110000 --json", Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error { return t.runRead(c.Context(), f) },
	}
	c.Flags().IntVar(&f.reader, "reader", 0, "which reader the card is in, from 0")
	c.Flags().StringVar(&f.office, "office", "", "address of the installation that answers (default: this one, in --data)")
	c.Flags().StringVar(&f.terminal, "terminal", "", "the terminal's number, with --office")
	c.Flags().StringVar(&f.token, "token", "", "the terminal's token, with --office")
	c.Flags().IntVar(&f.module, "module", -1, "read without a back office: the reader that holds the terminal's module")
	usage.Least(c, -1, "module")
	c.Flags().StringVar(&f.division, "division", "", "issuing city's six digits: with --module whose cards are read, else whose are accepted (default: any)")
	c.Flags().StringVar(&f.invalid, "invalid", "", "file with the list of invalid cards (kawu card invalid)")
	c.Flags().BoolVar(&f.plain, "plain", false, "print the official line, with the holder's name and number in full")
	c.Flags().StringVar(&f.device, "device", "0", "the device's number, the official line's last field")
	c.Flags().StringVar(&f.city, "city", "", servedCity)
	return c
}

// runRead reads one card. Whatever the verdict, what was read is shown.
func (t *tool) runRead(ctx context.Context, f readFlags) error {
	now, err := t.clock()
	if err != nil {
		return err
	}
	accept := reader.Acceptance{Versions: []string{"2.00", "3.00"}}
	if f.division != "" {
		accept.Cities = []string{f.division}
	}
	if f.invalid != "" {
		if accept.Invalid, err = loadInvalid(f.invalid); err != nil {
			return err
		}
	}
	card, err := pcsc.Connect(f.reader)
	if err != nil {
		return err
	}
	defer card.Close()
	d, terminal, err := t.readThrough(ctx, f, card, card.Reset())
	if no := fault.Of(err); no != nil && errors.Is(no, reader.Listed) {
		return reader.InWords(t.language(), no)
	}
	if err != nil {
		return err
	}
	return t.sayRead(d, terminal, f, accept.Check(d, now.Now()))
}

// readThrough asks whichever back office the flags name, and gives the terminal's number.
func (t *tool) readThrough(ctx context.Context, f readFlags, card apdu.Channel, reset []byte) (reader.Data, string, error) {
	switch {
	case f.module >= 0:
		module, err := pcsc.Connect(f.module)
		if err != nil {
			return reader.Data{}, "", err
		}
		defer module.Close()
		return reader.Offline(card, reset, module, f.division)
	case f.office != "":
		d, err := reader.Read(ctx, card, reset, reader.Remote{URL: f.office, Terminal: f.terminal, Token: f.token})
		return d, f.terminal, err
	}
	h, err := t.serving(ctx, f.city)
	if err != nil {
		return reader.Data{}, "", err
	}
	defer h.Close()
	d, err := reader.Read(ctx, card, reset, here{h})
	return d, noTerminal, err
}

// noTerminal is the number in the official line when no terminal but this installation has read.
const noTerminal = "000000000000"

// here is this installation as a back office.
type here struct{ *app.House }

func (h here) Answer(ctx context.Context, set []reader.Inquiry) ([]reader.Answer, error) {
	return h.Flows.Read.AnswerHere(ctx, h.Flows.Read.Shell(), set)
}

func loadInvalid(path string) (*reader.InvalidList, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	l := new(reader.InvalidList)
	return l, l.Load(file)
}

// readView is a card that was read, masked unless the official line was asked for.
type readView struct {
	Line       string       `json:"line,omitempty"` // the official function's output, with --plain only
	CardID     string       `json:"card_id"`
	Division   string       `json:"division"`
	Number     string       `json:"number"`
	Name       string       `json:"name"`
	CardNumber string       `json:"card_number"`
	Version    string       `json:"version"`
	Issued     string       `json:"issued"`
	Expires    string       `json:"expires"`
	Accepted   bool         `json:"accepted"`
	Code       string       `json:"code,omitempty"` // why it is not accepted
	Why        wording.Both `json:"why,omitempty"`
}

func (t *tool) sayRead(d reader.Data, terminal string, f readFlags, verdict error) error {
	v := readView{CardID: d.CardID, Division: d.City(), Number: idno.Number(d.Number).Masked(), Name: name.Person(d.Name).Masked(),
		CardNumber: maskCard(d.CardNumber), Version: d.Version, Issued: d.Issued, Expires: d.Expires, Accepted: verdict == nil}
	if no := fault.Of(verdict); no != nil {
		v.Code, v.Why = no.Code, reader.Say(no).Message
		verdict = reader.InWords(t.language(), no)
	}
	if f.plain {
		v.Line = d.Line(terminal, f.device)
	}
	switch {
	case t.json:
		if err := t.print(v); err != nil {
			return err
		}
		t.json = false // the document is out
	case f.plain:
		t.say("%s", v.Line)
	default:
		t.tell("line.read", "card", v.CardNumber, "chip", v.CardID, "version", v.Version, "from", v.Issued, "until", v.Expires)
		t.say("  %s  %s", v.Name, v.Number)
		if verdict == nil {
			t.say("  %s", t.word("line.accepted"))
		}
	}
	return verdict
}

// maskCard shows the first two and last three characters, as pages do.
func maskCard(number string) string {
	if len(number) < 9 {
		return number
	}
	return number[:2] + "****" + number[len(number)-3:]
}
