package rules

import (
	"bytes"
	"encoding/pem"
	"errors"
	"fmt"
	"slices"

	"github.com/cucumber/godog"

	"kawu/app"
	"kawu/chip/apdu"
	"kawu/chip/cos"
	"kawu/chip/key"
	"kawu/chip/reader"
	"kawu/chip/tray"
	"kawu/domain/application"
	"kawu/domain/certificate"
	"kawu/kit/pki"
)

// chip is a scenario about what lies in the hand: the virtual card that the factory made.
type chip struct {
	*hand
	card *cos.Card
}

func (s *chip) steps(c *godog.ScenarioContext) {
	c.Step(`^读取一名职工制好的卡片芯片$`, s.take)
	c.Step(`^芯片标明采用国密算法$`, s.algorithm)
	c.Step(`^插卡和感应都要先互相认证,读出的是同一张卡$`, s.sides)
	c.Step(`^没有发卡地密钥的读卡后台读不出持卡人$`, s.stranger)
	c.Step(`^芯片里的签名证书就是发给他的那张,验证得通$`, s.certificate)
	c.Step(`^二代芯片只能插卡$`, s.second)
}

func (s *chip) take() error {
	if err := s.pick(&s.x, application.Outlet, application.Ready); err != nil {
		return err
	}
	plastic, err := tray.Open(app.Plastic(s.House.Data))
	if err != nil {
		return err
	}
	s.card, err = plastic.Copy(string(s.x.card.ID))
	return err
}

// algorithm: the issuer's data of the environment names SM4, which is 03.
func (s *chip) algorithm() error {
	s.card.Power(cos.Contact)
	fci, err := apdu.Do(s.card, "select", apdu.Command{INS: apdu.Select, P1: 4, Data: []byte(cos.AIDSocial)})
	return errors.Join(err, want(fmt.Sprintf("%X names SM4", fci), bytes.Contains(fci, []byte{0x86, 0x01, 0x03})))
}

func (s *chip) office(keys key.Store) reader.Office {
	city := "city/" + string(s.House.Here.Division)
	return reader.Office{Keys: keys, Internal: key.Ref{Name: city + "/ssse/irk", Version: 1}, Read: key.Ref{Name: city + "/ssse/rk", Version: 1}}
}

func (s *chip) sides() error {
	for _, side := range []cos.Interface{cos.Contact, cos.Contactless} {
		got, err := reader.Read(s.ctx, s.card, s.card.Power(side), s.office(s.House.Cards.Keys))
		if err != nil {
			return fmt.Errorf("side %d: %w", side, err)
		}
		if got.CardID != s.x.card.Chip || got.CardNumber != s.x.card.Number || got.Number != s.x.Number.Reveal() {
			return fmt.Errorf("side %d shows another card", side)
		}
	}
	return nil
}

// stranger reads with keys of the same names that another city made for itself.
func (s *chip) stranger() error {
	other := key.NewVault(key.Rebuilt)
	own := s.office(other)
	if err := errors.Join(other.Generate(own.Internal), other.Generate(own.Read)); err != nil {
		return err
	}
	_, err := reader.Read(s.ctx, s.card, s.card.Power(cos.Contactless), own)
	return refused(err, "reader.forged")
}

func (s *chip) certificate() error {
	all, err := certificate.Of(s.ctx, s.House.Store, s.x.card.ID)
	if err != nil {
		return err
	}
	i := slices.IndexFunc(all, func(c certificate.Certificate) bool { return c.Usage == "sign" })
	block, _ := pem.Decode([]byte(all[i].PEM))
	s.card.Power(cos.Contact)
	var on []byte
	for _, c := range []apdu.Command{{INS: apdu.Select, P1: 4, Data: []byte(cos.AIDCert)},
		{INS: apdu.Select, P1: 2, Data: []byte{byte(cos.EFSigning >> 8), byte(cos.EFSigning & 0xFF)}}} {
		if _, err := apdu.Do(s.card, "select", c); err != nil {
			return err
		}
	}
	for len(on) < len(block.Bytes) {
		b, err := apdu.Do(s.card, "read", apdu.Command{INS: apdu.ReadBinary, P1: byte(len(on) >> 8), P2: byte(len(on)), Le: min(200, len(block.Bytes)-len(on))})
		if err != nil {
			return err
		}
		on = append(on, b...)
	}
	chain, has, err := certificate.GetChain(s.ctx, s.House.Store, app.Authority)
	if err != nil || !has {
		return errors.Join(err, errors.New("there is no chain"))
	}
	var certs []*pki.Certificate
	for _, text := range []string{all[i].PEM, chain.Issuing, chain.Root} {
		c, err := pki.ParsePEM([]byte(text))
		if err != nil {
			return err
		}
		certs = append(certs, c)
	}
	return errors.Join(want("the chip holds his certificate", bytes.Equal(on, block.Bytes)), pki.Verify(certs[0], certs[1], certs[2], s.Clock.Now()))
}

// second asks a chip of generation 2 over the antenna.
func (s *chip) second() error {
	old := s.card.Chip()
	old.Generation = 2
	c, err := cos.New(old, [16]byte{1}, key.Rebuilt, nil)
	if err != nil {
		return err
	}
	return want("it answers on its contacts", c.Power(cos.Contact) != nil, "and has no antenna", c.Power(cos.Contactless) == nil)
}
