package vpcd

import (
	"net"
	"syscall"
)

// quickAck asks the kernel to acknowledge now; it forgets the wish after a while, so it is asked for
// every frame. A failure only costs speed.
func quickAck(c net.Conn) {
	if raw, ok := c.(syscall.Conn); ok {
		if rc, err := raw.SyscallConn(); err == nil {
			rc.Control(func(fd uintptr) { syscall.SetsockoptInt(int(fd), syscall.IPPROTO_TCP, syscall.TCP_QUICKACK, 1) })
		}
	}
}
