/** A client at module level, as edge workers hold it: many requests at once, its keys ending under them. */
import { createClient, getObject, headObject, listObjectsV2, putObject } from "../../src/mod.ts";
import { createTestOSS } from "../../src/testing/mod.ts";
import { assert, environment, type TestContext, test } from "../harness.ts";
import { breathe, createBackend } from "./support/tokens.ts";

const { account, bucket, region } = environment;

interface Traffic {
  readonly served: number;
  readonly asked: number;
  readonly mostActive: number;
}

/**
 * Fifty visitors at any time, for some seconds, and on a slow machine until the keys have ended; those live for two
 * seconds, and a backend takes its time.
 */
async function traffic(t: TestContext, signatureVersion: "v4" | "v1", expiration: boolean): Promise<Traffic> {
  const oss = createTestOSS({ region, accounts: [account], buckets: [bucket] });
  const backend = createBackend(() => oss, { seconds: 2, expiration });
  backend.onAsk = () => breathe(30);
  const client = createClient({
    region,
    bucket,
    fetch: oss.fetch,
    credentials: backend.provider,
    signatureVersion,
    onWarning: (message) => assert.fail(message),
  });
  const end = performance.now() + 2600;
  let served = 0;
  const visitor = async (name: number): Promise<void> => {
    for (let visit = 0; performance.now() < end || backend.asked < 2; visit++) {
      // Each request has a signal of its own, and some leave early.
      const controller = new AbortController();
      const options = { signal: AbortSignal.any([controller.signal, t.signal]) };
      const key = `visitor${name}`;
      const work = async (): Promise<void> => {
        await putObject(client, { key, body: `visit ${visit}` }, options);
        assert.equal(await (await getObject(client, { key }, options)).text(), `visit ${visit}`);
        if (visit % 3 === 0) await headObject(client, { key }, options);
        if (visit % 7 === 0) await listObjectsV2(client, { prefix: key }, options);
      };
      const leaves = (name + visit) % 10 === 9;
      const done = work();
      if (leaves) {
        controller.abort("gone");
        assert.equal(await done.then(() => "gone", String), "gone");
      } else await done;
      controller.abort("over");
      served++;
      await breathe(20 + ((name * 7 + visit * 13) % 40));
    }
  };
  await Promise.all(Array.from({ length: 50 }, (_, name) => visitor(name)));
  return { served, asked: backend.asked, mostActive: backend.mostActive };
}

for (const [signatureVersion, expiration] of [
  ["v4", true],
  ["v1", false],
] as const) {
  const known = expiration ? "known" : "unknown";
  test(`fifty requests at a time while keys end, their end ${known} (${signatureVersion})`, async (t) => {
    const { served, asked, mostActive } = await traffic(t, signatureVersion, expiration);
    assert.isAtLeast(served, 50);
    assert.isAtLeast(asked, 2, "the keys ended");
    assert.isAtMost(asked, 8);
    assert.equal(mostActive, 1, "one refresh at a time");
  });
}
