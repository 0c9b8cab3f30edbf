/** What checks bytes itself, also where no library knows WebAssembly. */
import {
  type Crc64,
  type Crc64Stream,
  combineCrc64,
  crc64,
  createCrc64,
  createCrc64Stream,
  useCrc64Module,
} from "oss-fetch/crc64";

const sum: Crc64 = createCrc64(1n);
sum.update(new Uint8Array(8));
const both: bigint = combineCrc64(sum.digest(), crc64(new Uint8Array(8)), 8);

const check: Crc64Stream = createCrc64Stream(both);
const body: Response = new Response(new Blob(["bytes"]).stream().pipeThrough(check));
export const passed: readonly [Response, number, bigint] = [body, check.length, check.digest()];

/** A module as a bundler or a Worker imports it. */
export function start(module: object): void {
  useCrc64Module(module);
  useCrc64Module(undefined);
}
