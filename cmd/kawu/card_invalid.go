package main

import (
	"context"
	"io"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"kawu/app"
)

func (t *tool) invalidCards() *cobra.Command {
	var out, city string
	var since int64
	c := &cobra.Command{
		Use: "invalid", Short: "Write the list of invalid cards (失效名单) that terminals load: the whole of it, or what follows a number",
		Example: "  kawu card invalid --out invalid.txt\n  kawu card invalid --out invalid-since-41.txt --since 41", Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			h, err := t.serving(c.Context(), city)
			if err != nil {
				return err
			}
			defer h.Close()
			return t.writeInvalid(c.Context(), h, out, since)
		},
	}
	c.Flags().StringVar(&out, "out", "", "file to write")
	c.Flags().Int64Var(&since, "since", 0, "number of the list that a terminal has: only what came after it")
	c.Flags().StringVar(&city, "city", "", servedCity)
	_ = c.MarkFlagRequired("out")
	return c
}

func (t *tool) writeInvalid(ctx context.Context, h *app.House, out string, since int64) error {
	newest, err := h.Flows.Read.Invalid(ctx, h.Flows.Read.Shell(), since)
	if err != nil {
		return err
	}
	written := since == 0 || since < newest
	if written {
		err = whole(out, func(w io.Writer) error { return h.Flows.Read.WriteInvalid(ctx, w, since, newest) })
	}
	if err != nil {
		return err
	}
	if t.json {
		return t.print(map[string]any{"newest": newest, "since": since, "written": written})
	}
	if written {
		t.tell("line.invalid", "list", newest, "file", out)
	} else {
		t.tell("line.invalid_none", "list", newest)
	}
	return nil
}

// whole writes a file that is there entirely or not at all.
func whole(path string, write func(io.Writer) error) error {
	f, err := os.CreateTemp(filepath.Dir(path), ".invalid-*")
	if err != nil {
		return err
	}
	defer os.Remove(f.Name()) // gone already when all went well
	err = write(f)
	if e := f.Close(); err == nil {
		err = e
	}
	if err == nil {
		err = os.Chmod(f.Name(), 0o644)
	}
	if err == nil {
		err = os.Rename(f.Name(), path)
	}
	return err
}
