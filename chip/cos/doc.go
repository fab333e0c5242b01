// Package cos is the card's own program: its operating system, files, keys and PINs, as a chip would
// run it, in pure Go.
//
// It owns: the tree of applications (social security environment and its DFs, certificates, bank
// debit), access rules, every command with its status words, counters and blocking. It does not own:
// the memory that survives power cuts (chip/cell), what is written into the files (chip/perso), key
// masters (chip/key), how commands arrive (chip/vpcd, in-process calls).
//
// A card is two things: cells of non-volatile memory, changed by one command at a time and all at
// once, and a session that power-off forgets. A command that was cut off has happened or has not;
// tries are counted down before a secret is compared, so cutting power never buys another try.
//
// Rebuilt from published readers and PBOC custom where LD/T 32 is not public; no conformity claimed.
// A Card is not safe for concurrent use: a chip does one thing at a time. Its Image holds its secret
// keys: seal it before it is stored.
package cos
