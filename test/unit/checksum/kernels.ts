/** Everything that computes a CRC-64 here, and what they are compared with. */
import { type Crc64, createCrc64 } from "../../../src/checksum/crc64.ts";
import { type Halves, join, split } from "../../../src/checksum/crc64_halves.ts";
import { useCrc64Module } from "../../../src/checksum/crc64_kernel.ts";
import { MODULE } from "../../../src/checksum/crc64_module.ts";
import { slicingKernel } from "../../../src/checksum/crc64_slicing.ts";
import { type SparseKernel, sparseKernel } from "../../../src/checksum/crc64_sparse.ts";

export interface Kernel {
  readonly name: string;
  /** Starts a sum. */
  readonly create: (initial: bigint) => Crc64;
  /** Runs a test that uses it. */
  readonly run: (body: () => void) => void;
}

const digestOf = ([high, low]: Halves): bigint => join(~high, ~low);

function plain(initial: bigint): Crc64 {
  let register = split(~initial);
  const advance = slicingKernel();
  return {
    update: (chunk) => {
      register = advance(register, chunk);
    },
    digest: () => digestOf(register),
  };
}

/** In WebAssembly from the first byte on. */
function sparseOnly(kernel: SparseKernel): (initial: bigint) => Crc64 {
  return (initial) => {
    const sum = kernel(split(~initial));
    return { update: sum.update, digest: () => digestOf(sum.register()) };
  };
}

/** The module, compiled; `undefined` where bytes may not be compiled. */
export function compiled(): WebAssembly.Module | undefined {
  try {
    return new WebAssembly.Module(Uint8Array.from(atob(MODULE), (char) => char.charCodeAt(0)));
  } catch {
    return undefined;
  }
}

/** Runs a test with `createCrc64` in plain JavaScript. */
function withoutWebAssembly(body: () => void): void {
  useCrc64Module(undefined);
  try {
    body();
  } finally {
    useCrc64Module(compiled());
  }
}

/** All of them; those in WebAssembly only where it can be had. */
export function kernels(): Kernel[] {
  const module = compiled();
  const run = (body: () => void): void => body();
  return [
    { name: "tables", create: plain, run },
    ...(module ? [{ name: "WebAssembly", create: sparseOnly(sparseKernel(module)), run }] : []),
    { name: "createCrc64", create: createCrc64, run },
    { name: "createCrc64 without WebAssembly", create: createCrc64, run: withoutWebAssembly },
  ];
}

const POLYNOMIAL = 0xc96c5795d7870f42n;
let table: { readonly high: Uint32Array; readonly low: Uint32Array } | undefined;

function makeTable(): { readonly high: Uint32Array; readonly low: Uint32Array } {
  const rows = Array.from({ length: 256 }, (_, byte) => {
    let crc = BigInt(byte);
    for (let bit = 0; bit < 8; bit++) crc = crc & 1n ? (crc >> 1n) ^ POLYNOMIAL : crc >> 1n;
    return crc;
  });
  return {
    high: Uint32Array.from(rows, (row) => Number(row >> 32n)),
    low: Uint32Array.from(rows, (row) => Number(row & 0xffffffffn)),
  };
}

/** CRC-64/XZ by one table, a byte at a time: slow and plain. */
export function oracle(data: Uint8Array, initial = 0n): bigint {
  table ??= makeTable();
  let high = ~Number(initial >> 32n);
  let low = ~Number(initial & 0xffffffffn);
  for (const byte of data) {
    const entry = (low ^ byte) & 255;
    low = ((low >>> 8) | (high << 24)) ^ (table.low[entry] ?? 0);
    high = (high >>> 8) ^ (table.high[entry] ?? 0);
  }
  return (BigInt(~high >>> 0) << 32n) | BigInt(~low >>> 0);
}

/** The product of two polynomials modulo that of CRC-64: bit 63 - k is the coefficient of x^k. */
function product(a: bigint, b: bigint): bigint {
  let sum = 0n;
  let shifted = b;
  for (let bit = 63n; bit >= 0n; bit--) {
    if ((a >> bit) & 1n) sum ^= shifted;
    shifted = shifted & 1n ? (shifted >> 1n) ^ POLYNOMIAL : shifted >> 1n;
  }
  return sum;
}

/** What combineCrc64 computes, by squaring and multiplying in BigInt. */
export function combined(first: bigint, second: bigint, length: bigint): bigint {
  let moved = first;
  let power = 1n << 55n;
  for (let rest = length; rest > 0n; rest >>= 1n) {
    if (rest & 1n) moved = product(moved, power);
    power = product(power, power);
  }
  return moved ^ second;
}

/** So many bytes that look like chance, the same for the same seed. */
export function noise(length: number, seed: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(length);
  let state = seed | 1;
  for (let at = 0; at < length; at++) {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    bytes[at] = state;
  }
  return bytes;
}
