/**
 * Where the WebAssembly kernel comes from. Apart from crc64.ts, so that what Workers need is not in everybody's bundle.
 * @module
 */
import type { Halves } from "./crc64_halves.ts";
import { slicingKernel } from "./crc64_slicing.ts";
import { type SparseKernel, type SparseSum, sparseKernel } from "./crc64_sparse.ts";

/** Starts a sum in WebAssembly, if it can. */
type OpenSparse = (register: Halves) => SparseSum | undefined;

/** Stands for a kernel where WebAssembly is not to be had. */
const none: OpenSparse = () => undefined;

/** Made at first use. */
let sparse: OpenSparse | undefined;

/**
 * Starts a sum in WebAssembly.
 * @param register the CRC register to go on from
 * @returns the sum; nothing where WebAssembly is not to be had
 */
export function openSparse(register: Halves): SparseSum | undefined {
  try {
    sparse ??= sparseKernel();
  } catch {
    // Workers and pages with a strict CSP compile no bytes; old engines have no SIMD. Asked once: a CSP may report it.
    sparse = none;
  }
  return sparse(register);
}

/**
 * Lets CRC-64s be computed by a module that is compiled already, where bytes may not be compiled: in Cloudflare Workers. Sums
 * under way end as they began.
 * @param module `oss-fetch/crc64.wasm`, a `WebAssembly.Module`; `undefined` for plain JavaScript, as where a CSP forbids
 * WebAssembly and would report the attempt
 * @throws TypeError when it is not that module
 * @example
 * ```ts
 * import { useCrc64Module } from "oss-fetch/crc64";
 * // In a Worker: import module from "oss-fetch/crc64.wasm"; useCrc64Module(module);
 * useCrc64Module(undefined);
 * ```
 */
export function useCrc64Module(module: object | undefined): void {
  sparse = module === undefined ? none : checkedKernel(module);
}

/** A module of another version would compute something else. */
function checkedKernel(module: object): SparseKernel {
  const probe = Uint8Array.from({ length: 6000 }, (_, at) => at * at);
  try {
    const kernel = sparseKernel(module);
    const sum = kernel([0, 0]);
    sum.update(probe);
    if (String(sum.register()) === String(slicingKernel()([0, 0], probe))) return kernel;
  } catch {}
  throw new TypeError(
    `module must be oss-fetch/crc64.wasm of this version, compiled, got ${Object.prototype.toString.call(module).slice(8, -1)}`,
  );
}
