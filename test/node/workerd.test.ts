/**
 * One client for all requests of a Worker, which share no promise, timer or stream, while its temporary keys die.
 */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { createTestOSS, type TestOSS } from "../../src/testing/mod.ts";
import { listen } from "../../src/testing/node/mod.ts";
import { assert, environment, test } from "../harness.ts";
import { serveWorker } from "../runners/serve_worker.ts";

interface World {
  readonly oss: TestOSS;
  /** How often keys were asked for. */
  calls(): number;
  /** Makes the newest keys unknown to the service. */
  kill(): void;
  ask(key: string): Promise<string>;
}

const LIFETIME = 3600;

async function withWorld(use: (world: World) => Promise<void>, tellsExpiration: boolean): Promise<void> {
  const oss = createTestOSS({ region: "cn-hangzhou", buckets: ["photos"] });
  const service = await listen(oss);
  let calls = 0;
  let session = oss.issueToken({ seconds: LIFETIME });
  const sts = createServer((_, response) => {
    calls++;
    session = oss.issueToken({ seconds: LIFETIME });
    const { accessKeyId, accessKeySecret, securityToken, expiration } = session;
    const keys = { accessKeyId, accessKeySecret, securityToken, ...(tellsExpiration && { expiration }) };
    // Slow enough that every request under way has to wait.
    setTimeout(() => response.end(JSON.stringify(keys)), 200);
  });
  await new Promise<void>((resolve) => sts.listen(0, "127.0.0.1", resolve));
  const { port } = sts.address() as AddressInfo;
  const bindings = { OSS: service.url, STS: `http://127.0.0.1:${port}/` };
  const worker = await serveWorker(environment.root, "test/node/workers/module_client.ts", bindings);
  try {
    await use({
      oss,
      calls: () => calls,
      kill: () => oss.revokeToken(session),
      ask: async (key) => (await fetch(`${worker.url}/${key}`)).text(),
    });
  } finally {
    await worker.close();
    sts.closeAllConnections();
    await new Promise((resolve) => sts.close(resolve));
    await service.close();
  }
}

const keysOf = (count: number): string[] => Array.from({ length: count }, (_, index) => `key-${index}`);

for (const tellsExpiration of [true, false]) {
  const title = tellsExpiration ? "keys that tell their end" : "keys that do not tell their end";
  test(`50 requests at once while their token dies: ${title}`, { timeout: 60_000 }, async () => {
    await withWorld(async ({ oss, ask, calls, kill }) => {
      assert.equal(await ask("first"), "body of first");
      assert.equal(calls(), 1);
      kill();
      const answers = await Promise.all(keysOf(50).map((key) => ask(key)));
      assert.deepEqual(
        answers,
        keysOf(50).map((key) => `body of ${key}`),
      );
      assert.isAtLeast(oss.requests.filter(({ status }) => status === 403).length, 1, "the token did die");
      assert.equal(calls(), 2, "one refresh serves all");
    }, tellsExpiration);
  });
}

test("50 requests at once when no keys were fetched yet", { timeout: 60_000 }, async () => {
  await withWorld(async ({ ask, calls }) => {
    const answers = await Promise.all(keysOf(50).map((key) => ask(key)));
    assert.deepEqual(
      answers,
      keysOf(50).map((key) => `body of ${key}`),
    );
    assert.equal(calls(), 1);
  }, true);
});

test("a request that ends while it fetches the keys does not hang the others", { timeout: 60_000 }, async () => {
  await withWorld(async ({ ask, calls }) => {
    assert.equal(await ask("leave"), "left");
    const answers = await Promise.all(keysOf(5).map((key) => ask(key)));
    assert.deepEqual(
      answers,
      keysOf(5).map((key) => `body of ${key}`),
    );
    // Whether the first one still gets its answer is the runtime's choice; if not, one other request takes over.
    assert.isAtMost(calls(), 2);
  }, true);
});
