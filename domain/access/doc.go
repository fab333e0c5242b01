// Package access is the room of who may come in (登录).
//
// Owns: staff with role and scope (an employer, a bank, an outlet, the centre, a district), their
// passwords as argon2id hashes, sessions, sign-in codes of citizens, and the counters that slow
// guessing down. Does not own: what a role may do (flow/desk) or who lives in the city (person).
// Invariants: a password, a session's token and a code are never stored, only what proves them; a
// bucket's name is a digest, so the counters hold no address and no identity. Tables: staff,
// session, login_code, attempt.
package access
