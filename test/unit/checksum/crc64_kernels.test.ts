/** One contract, kept by every kernel: the same CRC-64 whatever the bytes, their cuts, their place and their company. */
import { createCrc64 } from "../../../src/checksum/crc64.ts";
import { useCrc64Module } from "../../../src/checksum/crc64_kernel.ts";
import { assert, fc, runtime, test } from "../../harness.ts";
import vectors from "../../vectors/crc64.json";
import { compiled, kernels, noise, oracle } from "./kernels.ts";
import { bytesOf } from "./support.ts";

/** Where something changes: words, vectors, the nearest and the farthest tap, the state, the threshold, the window. */
const WINDOW = 57_344;
const EDGES = [0, 8, 16, 126, 2668, 2794, 2794 + 2668, 8192, 16384, WINDOW, WINDOW + 2794, 2 * WINDOW];
const LENGTHS = [...new Set(EDGES.flatMap((edge) => [edge - 1, edge, edge + 1]).filter((length) => length >= 0))];

const seeds = fc.integer();
const registers = fc.bigInt(0n, 2n ** 64n - 1n);
const sizes = fc.oneof(fc.nat(40), fc.nat(3000), fc.nat(40_000), fc.constantFrom(...LENGTHS));

test("WebAssembly is tested wherever bytes may be compiled", () => {
  assert.equal(compiled() === undefined, runtime === "workerd");
});

for (const { name, create, run } of kernels()) {
  const holds = (title: string, body: () => void): void => test(`${name}: ${title}`, () => run(body));

  holds("every vector", () => {
    for (const { name: title, kind, data, init, expect } of vectors) {
      if (kind !== "crc") continue;
      const crc = create(BigInt(init ?? 0));
      crc.update(bytesOf(data));
      assert.equal(String(crc.digest()), expect, title);
    }
  });

  holds("every length near an edge", () => {
    const bytes = noise(Math.max(...LENGTHS), 7);
    for (const length of LENGTHS) {
      const crc = create(0n);
      crc.update(bytes.subarray(0, length));
      assert.equal(crc.digest(), oracle(bytes.subarray(0, length)), String(length));
    }
  });

  holds("any cuts, any alignment, any beginning, asked in between", () => {
    const chunks = fc.array(fc.tuple(sizes, fc.boolean()), { maxLength: 5 });
    fc.assert(
      fc.property(chunks, fc.nat(9), registers, seeds, (cuts, offset, initial, seed) => {
        const total = cuts.reduce((sum, [size]) => sum + size, 0);
        const bytes = noise(total + offset, seed).subarray(offset);
        const crc = create(initial);
        let at = 0;
        for (const [size, asked] of cuts) {
          crc.update(bytes.subarray(at, at + size));
          at += size;
          if (asked) assert.equal(crc.digest(), oracle(bytes.subarray(0, at), initial), `after ${at}`);
        }
        assert.equal(crc.digest(), oracle(bytes, initial));
        assert.equal(crc.digest(), oracle(bytes, initial), "asked again");
      }),
      { numRuns: 40 },
    );
  });

  holds("sums that take turns do not disturb each other", () => {
    const turns = fc.array(fc.tuple(fc.nat(3), sizes, fc.boolean()), { maxLength: 16 });
    fc.assert(
      fc.property(turns, fc.array(registers, { minLength: 4, maxLength: 4 }), seeds, (steps, initials, seed) => {
        const sums = initials.map((initial) => ({ crc: create(initial), expected: initial }));
        for (const [index, [who, size, asked]] of steps.entries()) {
          const sum = sums[who];
          if (!sum) continue;
          const chunk = noise(size, seed + index);
          sum.crc.update(chunk);
          chunk.fill(0);
          sum.expected = oracle(noise(size, seed + index), sum.expected);
          if (asked) assert.equal(sum.crc.digest(), sum.expected);
        }
        for (const { crc, expected } of sums) assert.equal(crc.digest(), expected);
      }),
      { numRuns: 40 },
    );
  });

  holds("many bytes, one at a time", () => {
    const bytes = noise(12_000, 3);
    const crc = create(0n);
    for (let at = 0; at < bytes.length; at++) crc.update(bytes.subarray(at, at + 1));
    assert.equal(crc.digest(), oracle(bytes));
  });
}

test("a sum goes on where it began when another kernel is chosen under way", () => {
  const bytes = noise(60_000, 11);
  const module = compiled();
  const sums = [createCrc64(), createCrc64()];
  try {
    for (const [index, crc] of sums.entries()) {
      crc.update(bytes.subarray(0, index ? 100 : 20_000));
      useCrc64Module(index ? module : undefined);
      crc.update(bytes.subarray(index ? 100 : 20_000, 40_000));
      crc.digest();
      crc.update(bytes.subarray(40_000));
      assert.equal(crc.digest(), oracle(bytes));
    }
  } finally {
    useCrc64Module(module);
  }
});

test("useCrc64Module takes no other module", () => {
  const wrong = compiled() && new WebAssembly.Module(Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0));
  for (const module of [{}, new Uint8Array(8), ...(wrong ? [wrong] : [])])
    assert.throws(() => useCrc64Module(module), TypeError, /module must be oss-fetch\/crc64\.wasm.*got \w/);
});
