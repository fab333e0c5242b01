// Writes, for every two-byte and then every four-byte code of GB 18030, the code point as a
// little-endian uint32; 0xFFFD when the code is not exactly one character.
const d = new TextDecoder('gb18030');
const out = [];
function put(bytes) {
  const s = [...d.decode(new Uint8Array(bytes))];
  out.push(s.length === 1 ? s[0].codePointAt(0) : 0xFFFD);
}
for (let a = 0x81; a <= 0xFE; a++)
  for (let b = 0x40; b <= 0xFE; b++) if (b !== 0x7F) put([a, b]);
for (let a = 0x81; a <= 0xFE; a++)
  for (let b = 0x30; b <= 0x39; b++)
    for (let c = 0x81; c <= 0xFE; c++)
      for (let e = 0x30; e <= 0x39; e++) put([a, b, c, e]);
process.stdout.write(Buffer.from(new Uint32Array(out).buffer));
