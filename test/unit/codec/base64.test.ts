import { decodeBase64, encodeBase64 } from "../../../src/codec/base64.ts";
import { DecodeError } from "../../../src/errors.ts";
import { assert, fc, test } from "../../harness.ts";

test("base64: the vectors of RFC 4648", () => {
  for (const [text, encoded] of [
    ["", ""],
    ["f", "Zg=="],
    ["fo", "Zm8="],
    ["foo", "Zm9v"],
    ["foob", "Zm9vYg=="],
    ["fooba", "Zm9vYmE="],
    ["foobar", "Zm9vYmFy"],
  ] as const) {
    const bytes = new TextEncoder().encode(text);
    assert.equal(encodeBase64(bytes), encoded);
    assert.deepEqual(decodeBase64(encoded), bytes);
  }
  assert.equal(encodeBase64(Uint8Array.of(0xfb, 0xff, 0xfe)), "+//+");
});

test("base64: decode undoes encode, also beyond the size of one chunk", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), fc.nat(40_000), (bytes, zeros) => {
      const long = new Uint8Array(bytes.length + zeros);
      long.set(bytes, zeros);
      assert.deepEqual(decodeBase64(encodeBase64(long)), long);
    }),
  );
});

test("base64: a view into a larger buffer is encoded alone", () => {
  assert.equal(encodeBase64(Uint8Array.of(9, 1, 2, 3, 9).subarray(1, 4)), "AQID");
});

test("base64: what is not base64 is a DecodeError", () => {
  for (const text of ["A", "Zm9v!", "====", "Zg===", "é"]) assert.throws(() => decodeBase64(text), DecodeError);
});
