/** A wrong clock corrects itself, once. */
import { type DebugEvent, getObject, isOSSError, presign, putObject } from "../../../src/mod.ts";
import { assert } from "../../harness.ts";
import { bytesOf, noise } from "../checks.ts";
import type { LiveCase, Site } from "../site.ts";

const HOUR = 3_600_000;

function skewed(hours: number): (site: Site) => Promise<void> {
  return async ({ connect, prefix, fetch, signal, saw }) => {
    const events: DebugEvent[] = [];
    const client = connect({ now: () => Date.now() + hours * HOUR, debug: (event) => events.push(event) });
    const body = noise(5000);
    const key = `${prefix}skewed`;
    assert.equal((await putObject(client, { key, body })).status, 200);
    const [first, second, ...more] = events;
    assert.isTrue(isOSSError(first?.error), "the first attempt is refused");
    const { code, ec } = { code: "?", ec: "?", ...(first?.error ?? {}) };
    assert.equal(code, "RequestTimeTooSkewed");
    saw(`${hours} h: ${code}, EC ${ec}`);
    assert.deepEqual([second?.status, more], [200, []]);
    // What is learned stays: one attempt for each further call, and presigned URLs are good.
    assert.deepEqual(await bytesOf(await getObject(client, { key })), body);
    assert.lengthOf(events, 3);
    const { url } = await presign(client, getObject, { key }, { expiresIn: 120 });
    assert.deepEqual(await bytesOf(await fetch(url, { signal })), body);
  };
}

export const clockCases: readonly LiveCase[] = [
  { name: "a clock 3 hours fast corrects itself", run: skewed(3) },
  { name: "a clock 3 hours slow corrects itself", run: skewed(-3) },
];
