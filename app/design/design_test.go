package design

import (
	"strings"
	"testing"
)

// Everything that is wrong with a file is said at once, with its line.
func TestWrongDesignSaysAllAtOnce(t *testing.T) {
	_, err := read("x/face/y.yaml", []byte("title: 卡\nregion: 省\nissuer: 局\nhotline: '1'\nversion: v\nground: red\naccent: '#12345'\nmotifs: [peak, dragon]\ncolour: blue\n"))
	if err == nil {
		t.Fatal("taken")
	}
	for _, want := range []string{"note", "ground", "accent", "dragon", "colour", ":8 "} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("nothing about %s in\n%v", want, err)
		}
	}
}
