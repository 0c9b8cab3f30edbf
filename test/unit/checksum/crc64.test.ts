import { combineCrc64, crc64, createCrc64 } from "../../../src/checksum/crc64.ts";
import { assert, fc, test } from "../../harness.ts";
import vectors from "../../vectors/crc64.json";
import { combined } from "./kernels.ts";
import { bytesOf, referenceCrc64 } from "./support.ts";

test("CRC-64: every vector", () => {
  const kinds = new Map<string, number>();
  for (const { name, kind, data, init, crc1, crc2, len2, expect, expectHex } of vectors) {
    kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
    const value =
      kind === "crc"
        ? crc64(bytesOf(data), BigInt(init ?? 0))
        : combineCrc64(BigInt(crc1 ?? -1), BigInt(crc2 ?? -1), len2 ?? -1);
    assert.equal(value.toString(), expect, name);
    assert.equal(value.toString(16).padStart(16, "0"), expectHex, name);
  }
  assert.isAbove(kinds.get("crc") ?? 0, 10);
  assert.isAbove(kinds.get("combine") ?? 0, 3);
});

test("CRC-64: the definition, bit by bit, for any bytes at any alignment", () => {
  fc.assert(
    fc.property(
      fc.uint8Array({ maxLength: 100 }),
      fc.nat(9),
      fc.bigInt(0n, 2n ** 64n - 1n),
      (bytes, offset, initial) => {
        const moved = new Uint8Array(offset + bytes.length + 3).fill(0xaa);
        moved.set(bytes, offset);
        const view = moved.subarray(offset, offset + bytes.length);
        assert.equal(crc64(view, initial), referenceCrc64(bytes, initial));
      },
    ),
  );
});

test("CRC-64: chunks, continuation and combination agree with one pass", () => {
  const cuts = fc.tuple(fc.uint8Array({ maxLength: 200 }), fc.nat(200), fc.nat(200));
  fc.assert(
    fc.property(cuts, ([bytes, a, b]) => {
      const [first, second] = [Math.min(a, b), Math.max(a, b)];
      const pieces = [bytes.subarray(0, first), bytes.subarray(first, second), bytes.subarray(second)];
      const whole = crc64(bytes);
      const crc = createCrc64();
      let continued = 0n;
      let combined = 0n;
      for (const piece of pieces) {
        crc.update(piece);
        continued = crc64(piece, continued);
        combined = combineCrc64(combined, crc64(piece), piece.length);
        assert.equal(crc.digest(), continued, "digest in between");
      }
      assert.deepEqual([crc.digest(), continued, combined], [whole, whole, whole]);
    }),
  );
});

test("combineCrc64: associative for lengths up to 2^53 - 1", () => {
  const crc = fc.bigInt(0n, 2n ** 64n - 1n);
  const length = fc.integer({ min: 1, max: (Number.MAX_SAFE_INTEGER - 1) / 2 });
  fc.assert(
    fc.property(crc, crc, crc, length, length, (a, b, c, second, third) => {
      assert.equal(
        combineCrc64(combineCrc64(a, b, second), c, third),
        combineCrc64(a, combineCrc64(b, c, third), second + third),
      );
    }),
  );
});

test("combineCrc64: nothing after it changes nothing; a length must be one", () => {
  assert.equal(combineCrc64(123n, 456n, 0), 123n);
  for (const length of [-1, 0.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53])
    assert.throws(() => combineCrc64(1n, 2n, length), RangeError, String(length));
});

test("combineCrc64: the definition, for any length", () => {
  const crc = fc.bigInt(0n, 2n ** 64n - 1n);
  const length = fc.oneof(fc.nat(1000), fc.integer({ min: 2 ** 32 - 9, max: 2 ** 32 + 9 }), fc.maxSafeNat());
  fc.assert(
    fc.property(crc, crc, length, (a, b, second) => {
      assert.equal(combineCrc64(a, b, second), second ? combined(a, b, BigInt(second)) : a);
    }),
  );
});

test("a sum that began more than 2^32 bytes ago", () => {
  const mebibyte = new Uint8Array(1 << 20).fill(0xa5);
  let crc = crc64(mebibyte);
  for (let length = 1 << 20; length < 2 ** 33; length *= 2) crc = combineCrc64(crc, crc, length);
  const sum = createCrc64(crc);
  sum.update(mebibyte);
  assert.equal(sum.digest(), combineCrc64(crc, crc64(mebibyte), 1 << 20));
  assert.equal(combineCrc64(crc64(mebibyte), crc, 2 ** 33), sum.digest(), "all bytes are equal");
});
