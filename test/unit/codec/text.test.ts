import { encodeHex } from "../../../src/codec/hex.ts";
import { decodeUtf8, encodeUtf8 } from "../../../src/codec/utf8.ts";
import { assert, fc, test } from "../../harness.ts";

test("hex: two lower-case digits a byte", () => {
  assert.equal(encodeHex(Uint8Array.of(0, 1, 15, 16, 171, 255)), "00010f10abff");
  assert.equal(encodeHex(new Uint8Array()), "");
  assert.equal(encodeHex(Uint8Array.of(9, 171, 9).subarray(1, 2)), "ab");
});

test("UTF-8: known bytes both ways", () => {
  for (const [text, bytes] of [
    ["aé€😀", [0x61, 0xc3, 0xa9, 0xe2, 0x82, 0xac, 0xf0, 0x9f, 0x98, 0x80]],
    ["", []],
    ["\0", [0]],
  ] as const) {
    assert.deepEqual([...encodeUtf8(text)], [...bytes]);
    assert.equal(decodeUtf8(Uint8Array.from(bytes)), text);
  }
});

test("UTF-8: decode undoes encode of any well-formed text", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      fc.pre(!text.startsWith("\ufeff"));
      assert.equal(decodeUtf8(encodeUtf8(text)), text);
    }),
  );
});

test("UTF-8: malformed bytes and lone surrogates become U+FFFD, a byte order mark goes", () => {
  assert.equal(decodeUtf8(Uint8Array.of(0x61, 0xff, 0xc3)), "a\ufffd\ufffd");
  assert.equal(decodeUtf8(Uint8Array.of(0xef, 0xbb, 0xbf, 0x61)), "a");
  assert.deepEqual([...encodeUtf8("\ud800")], [0xef, 0xbf, 0xbd]);
});
