package dbtest

import (
	"bufio"
	"fmt"
	"io"
	"net/url"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strconv"
	"syscall"
)

// Cluster is a running private PostgreSQL.
type Cluster struct {
	Address string
	hold    io.Closer // the keeper waits for the end of this pipe
	keeper  *exec.Cmd
}

// settings trade safety for speed: the cluster never outlives its test. Half of the connections of
// a pool of 16 are idle, so 400 are enough for two packages with a few databases each.
const settings = `
listen_addresses = ''
unix_socket_directories = '%s'
max_connections = 400
shared_buffers = 64MB
fsync = off
synchronous_commit = off
full_page_writes = off
max_wal_size = 4GB
deadlock_timeout = 100ms
`

// keep starts the server and lives until its standard input ends, which happens however the process
// that holds the other end ends; then it removes everything.
const keep = `"$0/pg_ctl" -w -s -D "$1/data" -l "$1/log" start && echo ready
cat >/dev/null
"$0/pg_ctl" -s -D "$1/data" -m immediate stop
rm -rf "$1"`

// Start makes a cluster. As root it runs as Debian's user postgres, because PostgreSQL refuses root.
func Start() (*Cluster, error) {
	bin, err := programs()
	if err != nil {
		return nil, err
	}
	dir, err := os.MkdirTemp("", "kawu-postgres-")
	if err != nil {
		return nil, err
	}
	as, err := owner(dir)
	if err != nil {
		return nil, err
	}
	initdb := exec.Command(filepath.Join(bin, "initdb"), "--no-sync", "--auth=trust", "--username=postgres",
		"--encoding=UTF8", "--locale=C.UTF-8", "-D", filepath.Join(dir, "data"))
	initdb.Dir, initdb.SysProcAttr = dir, as
	if out, err := initdb.CombinedOutput(); err != nil {
		return nil, fmt.Errorf("initdb: %w\n%s", err, out)
	}
	conf := filepath.Join(dir, "data", "postgresql.auto.conf")
	if err := os.WriteFile(conf, fmt.Appendf(nil, settings, dir), 0o600); err != nil {
		return nil, err
	}
	return start(bin, dir, as)
}

func start(bin, dir string, as *syscall.SysProcAttr) (*Cluster, error) {
	keeper := exec.Command("/bin/sh", "-c", keep, bin, dir)
	keeper.Dir, keeper.SysProcAttr, keeper.Stderr = dir, as, os.Stderr
	hold, err := keeper.StdinPipe()
	if err != nil {
		return nil, err
	}
	out, err := keeper.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := keeper.Start(); err != nil {
		return nil, err
	}
	if line, err := bufio.NewReader(out).ReadString('\n'); line != "ready\n" {
		return nil, fmt.Errorf("PostgreSQL did not start: %q %v", line, err)
	}
	q := url.Values{"host": {dir}, "sslmode": {"disable"}}
	return &Cluster{Address: "postgres://postgres@/postgres?" + q.Encode(), hold: hold, keeper: keeper}, nil
}

// Stop ends the server and removes its folder.
func (c *Cluster) Stop() error {
	if err := c.hold.Close(); err != nil {
		return err
	}
	return c.keeper.Wait()
}

// programs finds the folder of initdb and pg_ctl: on the path, or the newest of Debian's.
func programs() (string, error) {
	if p, err := exec.LookPath("initdb"); err == nil {
		return filepath.Dir(p), nil
	}
	found, _ := filepath.Glob("/usr/lib/postgresql/*/bin/initdb") // a fixed pattern is never malformed
	if len(found) == 0 {
		return "", fmt.Errorf("initdb is not installed (Debian: postgresql-15)")
	}
	return filepath.Dir(found[len(found)-1]), nil
}

// owner hands the folder to the user the server will run as. The group of its own keeps an
// interrupt at the keyboard away from the keeper, which has to clean up.
func owner(dir string) (*syscall.SysProcAttr, error) {
	as := &syscall.SysProcAttr{Setpgid: true}
	if os.Getuid() != 0 {
		return as, nil
	}
	u, err := user.Lookup("postgres")
	if err != nil {
		return nil, err
	}
	uid, err := strconv.ParseUint(u.Uid, 10, 32)
	if err != nil {
		return nil, err
	}
	gid, err := strconv.ParseUint(u.Gid, 10, 32)
	if err != nil {
		return nil, err
	}
	as.Credential = &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}
	return as, os.Chown(dir, int(uid), int(gid))
}
