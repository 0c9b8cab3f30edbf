/** Chunks gathered: no byte lost or late, whatever the cuts, pauses and ends. */
import { gather } from "../../../src/core/gather.ts";
import type { Bytes } from "../../../src/types.ts";
import { assert, fc, test } from "../../harness.ts";
import { assertBytes, concat, deferred, failure, pattern } from "../streams/support.ts";
import { countTimers } from "./timers.ts";

const ENOUGH = 1 << 19;

test("gathered or not, the bytes are the same, and the end comes once", async () => {
  const cuts = fc.array(fc.tuple(fc.nat(400), fc.boolean()), { maxLength: 20 });
  const property = fc.asyncProperty(cuts, async (lengths) => {
    const bytes = pattern(lengths.reduce((sum, [length]) => sum + length, 0));
    let [at, position] = [0, 0];
    const next = gather(async () => {
      const [length, slow] = lengths[at++] ?? [];
      if (slow) await new Promise((resolve) => setTimeout(resolve));
      if (length === undefined) return undefined;
      position += length;
      return bytes.slice(position - length, position);
    });
    const parts: Uint8Array[] = [];
    for (let part = await next(); part; part = await next()) parts.push(part);
    assertBytes(Uint8Array.from(concat(parts)), bytes);
  });
  await fc.assert(property, { numRuns: 40 });
});

test("small chunks become large ones, large ones are passed on without a copy", async () => {
  const large = new Uint8Array(ENOUGH);
  const chunks = [...Array.from({ length: 10 }, () => new Uint8Array(65_536)), large];
  const next = gather(async () => chunks.shift());
  assert.equal((await next())?.length, ENOUGH);
  assert.equal((await next())?.length, ENOUGH + 2 * 65_536);
  const alone = gather(async () => large);
  assert.strictEqual(await alone(), large);
});

test("what comes slowly leaves as it comes, and leaves no timer", async () => {
  const timers = countTimers();
  try {
    const second = deferred<Bytes>();
    const answers: (Promise<Bytes | undefined> | undefined)[] = [
      Promise.resolve(new Uint8Array(3)),
      second.promise,
      Promise.resolve(undefined),
    ];
    const next = gather(() => answers.shift() ?? Promise.reject(new Error("asked after the end")));
    assert.equal((await next())?.length, 3);
    assert.equal(timers.running(), 0);
    const waiting = next();
    second.resolve(new Uint8Array(4));
    assert.equal((await waiting)?.length, 4);
    assert.isUndefined(await next());
    assert.equal(timers.running(), 0);
  } finally {
    timers.restore();
  }
});

test("a failure while nobody waits is told to who asks next", async () => {
  const broken = deferred<Bytes>();
  const answers = [Promise.resolve(new Uint8Array(3)), broken.promise];
  const next = gather(() => answers.shift() ?? Promise.resolve(undefined));
  assert.equal((await next())?.length, 3);
  broken.reject(new Error("disk on fire"));
  await new Promise((resolve) => setTimeout(resolve));
  assert.match(String(await failure(next())), /disk on fire/);
});
