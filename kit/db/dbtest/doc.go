// Package dbtest gives a test a fresh database on each engine.
//
// It owns a private PostgreSQL cluster: Debian's package, a folder of its own, a unix socket and no
// port, gone with the process that started it. It does not own what is in the database: the caller
// names the life cycles, and everything else is migration's. Only tests import it, so it is the one
// package of kit that may import migration.
//
// KAWU_TEST_POSTGRES names a running server to use instead, such as the one that `make test` starts
// for all packages together. Without PostgreSQL its subtests are skipped; KAWU_TEST_REQUIRE=1 makes
// such a skip a failure.
package dbtest
