/**
 * The CRC-64 of the service, which the client's is compared with.
 * @module
 */
import { type Crc64, createCrc64 } from "../checksum/crc64.ts";
import { type Halves, join } from "../checksum/crc64_halves.ts";
import { slicingKernel } from "../checksum/crc64_slicing.ts";

/** Bytes of each body that are summed in plain JavaScript. */
const PLAIN = 256 << 10;

/**
 * Starts the CRC-64 of a body. Its first 256 KiB are summed by tables in plain JavaScript, only what follows by the kernel that
 * the client uses for all: so a fault of that kernel does not hide behind itself.
 * @returns a running CRC-64
 */
export function serviceCrc64(): Crc64 {
  const advance = slicingKernel();
  let [high, low]: Halves = [-1, -1];
  const plain = (): bigint => join(~high, ~low);
  let left = PLAIN;
  let rest: Crc64 | undefined;
  return {
    update(chunk) {
      const head = chunk.subarray(0, left);
      left -= head.length;
      [high, low] = advance([high, low], head);
      if (head.length === chunk.length) return;
      rest ??= createCrc64(plain());
      rest.update(chunk.subarray(head.length));
    },
    digest: () => rest?.digest() ?? plain(),
  };
}
