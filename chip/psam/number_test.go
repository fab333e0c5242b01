package psam

import (
	"errors"
	"testing"
)

func TestNumbers(t *testing.T) {
	s, n, err := Numbers("4B570000000000000007", "510100000007")
	if err != nil || s != [10]byte{0x4B, 0x57, 9: 7} || n != [6]byte{0x51, 0x01, 5: 7} {
		t.Errorf("%x %x %v", s, n, err)
	}
	for _, bad := range [][2]string{{"4B57", "510100000007"}, {"4B570000000000000007", "5101"}, {"4B57000000000000000x", "510100000007"}, {"4B570000000000000007", "51010000000x"}} {
		if _, _, err := Numbers(bad[0], bad[1]); !errors.Is(err, BadNumbers) {
			t.Error(bad, err)
		}
	}
}
