package safe

import (
	"context"
	"path/filepath"

	"kawu/chip/key"
	"kawu/chip/keyd"
	"kawu/chip/perso"
	"kawu/kit/fault"
	"kawu/kit/seal"
)

// Keys is what both stores can.
type Keys interface {
	key.Store
	key.Lister
}

// Safe is an opened key store. It is safe for concurrent use, also by several processes on one folder.
type Safe struct {
	Keys   Keys
	Vault  *key.Vault // nil when the keys lie in another process
	Box    *seal.Box  // the vault's key-encryption key; nil with it
	Socket string     // of the other process; "" for the vault
	dir    string
}

// connections is how many questions to a key process may be under way at once.
const connections = 8

// Open opens the store in a folder, made when missing, or the key process behind a socket ("" for
// none). No masters are made.
func Open(dir, socket string) (*Safe, error) {
	if socket != "" {
		return &Safe{Keys: keyd.Dial(socket, connections), Socket: socket, dir: dir}, nil
	}
	box, err := seal.LoadOrCreate(filepath.Join(dir, "cards.seal"))
	if err != nil {
		return nil, err
	}
	v, err := key.OpenVault(filepath.Join(dir, "cards"), box, key.Rebuilt)
	if err != nil {
		return nil, err
	}
	return &Safe{Keys: v, Vault: v, Box: box, dir: dir}, nil
}

// Masters names the masters for the cards of a city (six digits) and one of its banks (its code, ""
// for cards without bank application), as masters.yaml has them now. Fault: NoMasters.
func (s *Safe) Masters(division, bank string) (perso.Masters, error) {
	n, err := s.Note()
	if err != nil {
		return perso.Masters{}, err
	}
	return n.masters(division, bank), nil
}

// NoVault says that an act needs the vault itself; args: socket.
var NoVault = fault.New(fault.Refused, "safe.no_vault", "the card keys lie in the process behind {socket}: this is done where it runs")

// Here says whether the vault is in this process: NoVault.
func (s *Safe) Here() error {
	if s.Vault == nil {
		return fault.New(NoVault.Kind, NoVault.Code, NoVault.Message, "socket", s.Socket)
	}
	return nil
}

// Check asks the store for a throw-away proof with every master, so that a missing one is noticed
// before there is a card in the machine. Faults: key.Missing, keyd.Away.
func (s *Safe) Check(ctx context.Context, m perso.Masters) error {
	var set []key.Question
	for _, r := range m.Refs() {
		set = append(set, key.Question{Key: key.Path{Master: r, Factors: []key.Factor{{}}}})
	}
	_, err := s.Keys.Prove(ctx, set)
	return err
}
