// Package db is the one door to the database: SQLite by default, PostgreSQL in production, one SQL
// text for both.
//
// It owns connections, transactions, group commit, the dialect and the set-shaped helpers. It does
// not know any table. SQL is written for PostgreSQL with $1 placeholders and three portable
// spellings that the dialect translates:
//
//	each($1)      a JSON array of arrays as a table with one column "value"; value ->> 0 is the
//	              first field as text, cast(value ->> 1 as bigint) the second as a number
//	for update    dropped on SQLite, whose writer is alone anyway
//
// Work on sets is one statement per chunk of a set (ExecEach, QueryEach), never one per member.
// Times are UTC microseconds in bigint columns, set by the transaction and never by the database;
// sealed columns are text made by Box. Write transactions are opened by flow/desk and kit/job only.
package db
