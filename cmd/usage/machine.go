package usage

import (
	"cmp"
	"errors"
	"io/fs"
	"net"
	"os"
	"syscall"

	"kawu/kit/fault"
)

// Faults of the machine: files, folders and addresses. Args: path or address.
var (
	NoFile       = fault.New(fault.NotFound, "machine.no_file", "there is no {path}")
	NoPermission = fault.New(fault.Refused, "machine.no_permission", "this user may not use {path}")
	FileThere    = fault.New(fault.Conflict, "machine.file_there", "{path} is there already and is not overwritten")
	IsFolder     = fault.New(fault.Invalid, "machine.is_folder", "{path} is a folder, a file is wanted")
	NoFolder     = fault.New(fault.Invalid, "machine.no_folder", "a part of {path} is no folder")
	Full         = fault.New(fault.Refused, "machine.full", "there is no room for {path}")
	AddressTaken = fault.New(fault.Conflict, "machine.address_taken", "another program listens on {address}")
	NotMine      = fault.New(fault.Invalid, "machine.not_mine", "this machine has no address {address}")
	NoAnswer     = fault.New(fault.Outside, "machine.no_answer", "nobody answers at {address}")
	NoName       = fault.New(fault.Outside, "machine.no_name", "there is no machine called {address}")
)

// Machine gives what the operating system complains about our own words; nil for anything else.
func Machine(err error) *fault.Fault {
	if f := cmp.Or(network(err), server(err)); f != nil {
		return f
	}
	var one *fs.PathError
	var two *os.LinkError
	path := ""
	switch {
	case errors.As(err, &one):
		path = one.Path
	case errors.As(err, &two):
		path = two.New
	default:
		return nil
	}
	for _, x := range []struct {
		is error
		f  *fault.Fault
	}{{fs.ErrNotExist, NoFile}, {fs.ErrPermission, NoPermission}, {syscall.EROFS, NoPermission}, {fs.ErrExist, FileThere}, {syscall.EISDIR, IsFolder},
		{syscall.ENOTDIR, NoFolder}, {syscall.ENOSPC, Full}} {
		if errors.Is(err, x.is) {
			return With(x.f, "path", path).Because(err)
		}
	}
	return nil
}

func network(err error) *fault.Fault {
	var op *net.OpError
	var name *net.DNSError
	var form *net.AddrError
	address := ""
	if errors.As(err, &op) && op.Addr != nil {
		address = op.Addr.String()
	}
	switch {
	case errors.As(err, &name):
		return With(NoName, "address", name.Name).Because(err)
	case errors.As(err, &form):
		return With(NotMine, "address", form.Addr).Because(err)
	case op == nil:
		return nil
	case errors.Is(err, syscall.EADDRINUSE):
		return With(AddressTaken, "address", address).Because(err)
	case errors.Is(err, syscall.EADDRNOTAVAIL):
		return With(NotMine, "address", address).Because(err)
	case errors.Is(err, fs.ErrPermission):
		return With(NoPermission, "path", address).Because(err)
	case op.Op == "listen" && errors.Is(err, fs.ErrNotExist):
		return With(NoFile, "path", address).Because(err)
	case op.Op == "dial":
		return With(NoAnswer, "address", address).Because(err)
	}
	return nil
}
