package cos

import (
	"kawu/chip/apdu"
	"kawu/chip/key"
)

// blockApp is APPLICATION BLOCK of the selected application: P2 00 until unblocked, 01 for ever.
func (c *Card) blockApp(cmd apdu.Command) ([]byte, apdu.Status) {
	if cmd.P2 > 1 {
		return nil, apdu.WrongP1P2
	}
	app, state := c.s.app, stateBlocked
	if cmd.P2 == 1 {
		state = stateDead
	}
	return nil, c.mac(cmd, key.Maintain, func(int) { c.setState(app, state) })
}

// unblockApp reverses blockApp with P2 00.
func (c *Card) unblockApp(cmd apdu.Command) ([]byte, apdu.Status) {
	if c.state(c.s.app) != stateBlocked {
		return nil, apdu.NotNow
	}
	app := c.s.app
	return nil, c.mac(cmd, key.Maintain, func(int) { c.setState(app, stateOpen) })
}

// blockCard ends the whole card, with the social security environment's key: there is no way back.
func (c *Card) blockCard(cmd apdu.Command) ([]byte, apdu.Status) {
	if c.environment(c.s.app) != social {
		return nil, apdu.NotNow
	}
	return nil, c.mac(cmd, key.Maintain, func(int) { c.setState(mf, stateDead) })
}

func (c *Card) setState(app int, state byte) {
	c.mem.Set(address{App: byte(app), Kind: cellState}, []byte{state})
}
