import { serviceCrc64 } from "../../../src/testing/crc64.ts";
import { assert, fc, test } from "../../harness.ts";
import { noise, oracle } from "../checksum/kernels.ts";

const PLAIN = 256 << 10;

test("the service's CRC-64: any cuts around the place where the kernel changes", () => {
  const bytes = noise(2 * PLAIN, 9);
  const cuts = fc.array(fc.integer({ min: PLAIN - 20_000, max: PLAIN + 20_000 }), { maxLength: 3 });
  fc.assert(
    fc.property(cuts, fc.constantFrom(0, 1, PLAIN - 1, PLAIN, PLAIN + 1, 2 * PLAIN), (places, length) => {
      const crc = serviceCrc64();
      let at = 0;
      for (const place of [...places.sort((a, b) => a - b), length]) {
        crc.update(bytes.subarray(at, Math.min(place, length)));
        at = Math.max(at, Math.min(place, length));
      }
      assert.equal(crc.digest(), oracle(bytes.subarray(0, length)));
    }),
    { numRuns: 20 },
  );
});
