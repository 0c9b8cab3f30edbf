/** Middleware, debug, warnings and the port of `fetch` itself. */
import { createClient } from "../../../src/core/create_client.ts";
import type { DebugEvent, Fetch } from "../../../src/core/options.ts";
import { getObject, headObject, listObjectsV2, putObject } from "../../../src/operations/mod.ts";
import { assert, test } from "../../harness.ts";
import { failure } from "../streams/support.ts";
import { clientOf, done, KEYS, refusal, STS, scripted } from "./support.ts";

test("middleware stands around the signed request, the first one outermost", async () => {
  const order: string[] = [];
  const layer =
    (name: string) =>
    (next: Fetch): Fetch =>
    async (url, init) => {
      assert.isTrue(new Headers(init.headers).has("authorization"), "signed already");
      order.push(`${name}>`);
      const response = await next(url, init);
      order.push(`<${name}`);
      return response;
    };
  const { fetch } = scripted(refusal(503, "SlowDown"), done());
  await headObject(clientOf(fetch, { use: [layer("a"), layer("b")] }), { key: "k" });
  assert.equal(order.join(" "), "a> b> <b <a a> b> <b <a");
});

test("middleware may answer itself, and change what it passes on", async () => {
  const cached: Fetch = async () => new Response("cached", { headers: { etag: '"C"' } });
  const { fetch, sent } = scripted(done());
  const client = clientOf(fetch, {
    use: [(next) => (url, init) => (init.method === "GET" ? cached(url, init) : next(`${url}?traced`, init))],
  });
  assert.equal(await (await getObject(client, { key: "k" })).text(), "cached");
  await headObject(client, { key: "k" });
  assert.deepEqual(
    sent.map(({ url }) => url.search),
    ["?traced"],
  );
});

test("debug is told of each attempt once, without secrets", async () => {
  const events: DebugEvent[] = [];
  const { fetch } = scripted(new TypeError("lost"), refusal(503, "SlowDown"), done({ etag: '"E"' }));
  await putObject(clientOf(fetch, { credentials: STS, debug: (event) => events.push(event) }), {
    key: "a b",
    body: "x",
    query: { q: "1" },
  });
  assert.deepEqual(
    events.map(({ operation, method, url, attempt, status }) => [operation, method, url, attempt, status]),
    [1, 2, 3].map((number) => [
      "PutObject",
      "PUT",
      "https://photos.oss-cn-hangzhou.aliyuncs.com/a%20b",
      number,
      [undefined, 503, 200][number - 1],
    ]),
  );
  assert.deepEqual(
    events.map(({ error }) => (error as Error | undefined)?.name),
    ["NetworkError", "ServiceError", undefined],
  );
  for (const { milliseconds } of events) assert.isAtLeast(milliseconds, 0);
  assert.notInclude(JSON.stringify(events), "token");
});

test("an answer that cannot be read is told as its status and the error, in one event", async () => {
  const events: DebugEvent[] = [];
  await failure(
    listObjectsV2(clientOf(scripted(new Response("<html>")).fetch, { debug: (event) => events.push(event) }), {}),
  );
  assert.lengthOf(events, 1);
  assert.deepInclude({ ...events[0] }, { status: 200, attempt: 1 });
  assert.propertyVal(events[0]?.error, "name", "DecodeError");
});

test("debug's times are durations, also when the clock was just corrected", async () => {
  const events: DebugEvent[] = [];
  const skewed = refusal(403, "RequestTimeTooSkewed", { ServerTime: "2030-01-01T00:00:00.000Z" });
  await headObject(clientOf(scripted(skewed, done()).fetch, { debug: (event) => events.push(event) }), { key: "k" });
  assert.lengthOf(events, 2);
  for (const { milliseconds } of events)
    assert.isTrue(milliseconds >= 0 && milliseconds < 60_000, String(milliseconds));
});

test("fetch is looked up when it is used, so that whoever replaces it later is heard", async () => {
  const own = globalThis.fetch;
  const client = createClient({ region: "cn-hangzhou", bucket: "photos", credentials: KEYS });
  const { fetch, sent } = scripted(done());
  try {
    globalThis.fetch = (input, init) => fetch(String(input), init ?? {});
    await headObject(client, { key: "k" });
  } finally {
    globalThis.fetch = own;
  }
  assert.lengthOf(sent, 1);
});

test("a warning is given once for each message", () => {
  const warnings: string[] = [];
  const { context } = clientOf(scripted(done()).fetch, { onWarning: (message) => warnings.push(message) });
  for (const message of ["a", "b", "a", "a"]) context.warn(message);
  assert.deepEqual(warnings, ["a", "b"]);
});

test("conditional reads: 304 is a result, any other status outside 200 to 299 an error", async () => {
  const { fetch } = scripted(new Response(null, { status: 304, headers: { etag: '"E"' } }));
  const client = clientOf(fetch);
  assert.deepInclude({ ...(await headObject(client, { key: "k", ifNoneMatch: '"E"' })) }, { status: 304, etag: '"E"' });
  assert.equal((await getObject(client, { key: "k", ifNoneMatch: '"E"' })).status, 304);
  assert.propertyVal(await failure(putObject(client, { key: "k", body: "x" })), "code", "NotModified");
  assert.equal((await client.send({ method: "GET", key: "k", accept: [304] })).status, 304);
});
