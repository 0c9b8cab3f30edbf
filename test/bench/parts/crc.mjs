/**
 * CRC-64 of pieces of 1 MiB: copies into the memory of WebAssembly and a digest for each piece included.
 */
import { createCRC64 } from "hash-wasm";
import { combineCrc64, crc64 } from "../../../src/checksum/crc64.ts";
import { split } from "../../../src/checksum/crc64_halves.ts";
import { slicingKernel } from "../../../src/checksum/crc64_slicing.ts";
import { pattern } from "../frame/pattern.mjs";

export const part = { title: "CRC-64: pieces of 1 MiB, copy and digest included" };

const PIECE = 1 << 20;
const LONGEST = [2 ** 53 - 1, 0xfedcba9876543, 2 ** 40 - 1];

/** The other package computes on Buffers alone, so outside of browsers; in Deno and Bun it loads as well. */
async function nodePeer(runtime, piece) {
  if (runtime === "chromium") return undefined;
  // Bundlers for browsers must not look into it.
  const name = "crc64-ecma182.js";
  const peer = await import(name);
  const buffer = Buffer.from(piece.buffer, piece.byteOffset, piece.length);
  return () => BigInt((peer.default ?? peer).crc64(buffer));
}

const repeat = (count, run) => () => {
  for (let index = 0; index < count; index++) run();
};

/** Microseconds of a combination, the best of many short batches: an absolute bound cannot be shared with neighbours. */
function combineCost(batches) {
  const batch = (length) => {
    const start = performance.now();
    let crc = 0x123456789abcdefn;
    for (let index = 0; index < 200; index++) crc = combineCrc64(crc, 0xfedcban, length - index);
    return ((performance.now() - start) * 1000) / 200;
  };
  return () => Math.max(...LONGEST.map((length) => Math.min(...Array.from({ length: batches }, () => batch(length)))));
}

export async function groups({ runtime, amount }) {
  const piece = pattern(PIECE);
  const wasm = await createCRC64();
  const tables = slicingKernel();
  const computed = {
    "oss-fetch": () => crc64(piece),
    tables: () => {
      const [high, low] = tables(split(-1n), piece);
      return BigInt.asUintN(64, (BigInt(~high) << 32n) | BigInt(~low >>> 0));
    },
    "hash-wasm": () => {
      wasm.init();
      wasm.update(piece);
      return BigInt(`0x${wasm.digest("hex")}`);
    },
    "crc64-ecma182.js": await nodePeer(runtime, piece),
  };
  const expected = computed["hash-wasm"]();
  const cases = {};
  for (const [name, run] of Object.entries(computed)) {
    if (run === undefined) continue;
    if (run() !== expected) throw new Error(`${name} computes ${run()} instead of ${expected}`);
    cases[name] = repeat(amount(64, 2), run);
  }
  const least = { node: 1.2, deno: 1.2, bun: 1.2 };
  return [
    {
      title: "64 pieces",
      rounds: 15,
      warmUp: 3,
      cases,
      rows: [
        { ours: "oss-fetch", peer: "hash-wasm", title: "WebAssembly / hash-wasm", least: 4 },
        { ours: "tables", peer: "hash-wasm", title: "JavaScript / hash-wasm", least: 0.55 },
        ...(computed["crc64-ecma182.js"]
          ? [{ ours: "tables", peer: "crc64-ecma182.js", title: "JavaScript / crc64-ecma182.js", least }]
          : []),
      ],
    },
    {
      title: "combine, longest lengths",
      cases: { combine: combineCost(amount(200, 5)), "2 us": () => 2 },
      rows: [{ ours: "combine", peer: "2 us", title: "2 us / one combination", least: 1 }],
    },
  ];
}
