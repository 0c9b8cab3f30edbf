/** The port `Fetch`: the platform's own and the one of `oss-fetch/xhr` answer alike, in pages and in their workers. */
import {
  type Client,
  createClient,
  type Fetch,
  getObject,
  headObject,
  type Progress,
  presign,
  putObject,
  upload,
} from "../../src/mod.ts";
import { xhrFetch } from "../../src/transports/xhr.ts";
import { assert, environment, type TestContext, test } from "../harness.ts";
import { setting } from "../runners/registry.ts";
import { bytesOf, failureOf, noise, sweep } from "./support/world.ts";

const { account, bucket, region, serviceUrl } = environment;
const FILE = "fetch_port.test";
const PREFIX = `fetch-port-${Math.random()}/`;
const servers = "a server has no XMLHttpRequest";
const PAGES = { node: servers, deno: servers, bun: servers, workerd: servers };
const native: Fetch = (url, init) => fetch(url, init);
const PORTS = [
  { name: "fetch", make: () => native, counts: false, skip: {} },
  { name: "xhrFetch", make: xhrFetch, counts: true, skip: PAGES },
];

function clientOf(port: Fetch, name = bucket): Client {
  return createClient({
    ...{ region, credentials: account, bucket: name, endpoint: serviceUrl, pathStyle: true, fetch: port },
    ...{ retry: { base: 1 }, onWarning: () => undefined },
  });
}

/** A signed PUT, ready for any `fetch`. */
async function put(key: string, name?: string): Promise<{ url: string; method: string; headers: Headers }> {
  const { url, method, headers } = await presign(
    clientOf(native, name),
    putObject,
    { key, contentType: "application/octet-stream" },
    { expiresIn: 60 },
  );
  return { url, method, headers: new Headers(headers) };
}

const body = noise(300_000);
const BODIES: readonly (readonly [string, BodyInit, Uint8Array])[] = [
  ["bytes", body, body],
  ["a view", body.subarray(3, 200_003), body.slice(3, 200_003)],
  ["a buffer", body.buffer, body],
  ["a Blob", new Blob([body]), body],
  ["text", "\u00e4".repeat(70_000), new TextEncoder().encode("\u00e4".repeat(70_000))],
  ["a small body", body.slice(0, 10), body.slice(0, 10)],
];

for (const { name, make, counts, skip } of PORTS) {
  const options = { skip, insecure: true };

  test(`${name}: every kind of body arrives, and the answer with its headers`, options, async (t) => {
    const port = make();
    for (const [kind, sent, bytes] of BODIES) {
      const key = `${PREFIX}${kind}`;
      const seen: number[] = [];
      const { signal } = t;
      const request = await put(key);
      const response = await port(request.url, {
        ...request,
        ...{ body: sent, signal, redirect: "manual", onUpload: (count) => seen.push(count) },
      });
      assert.equal(response.status, 200, await response.text());
      assert.isTrue(response.ok);
      assert.match(response.headers.get("etag") ?? "", /^"[0-9A-F]{32}"$/, kind);
      assert.deepEqual(await bytesOf(await getObject(clientOf(native), { key })), bytes, kind);
      if (counts && bytes.length > 100) assert.deepEqual([seen[0], seen.at(-1)], [0, bytes.length], kind);
      else assert.lengthOf(seen, 0);
    }
    await sweep(clientOf(native), PREFIX);
  });

  test(`${name}: a refusal is an answer, with its document`, options, async () => {
    const { url, method } = await put(`${PREFIX}refused`);
    for (const bad of [url.replace("refused", "refuse2"), `${url}&uploadId=none&partNumber=1`]) {
      const response = await make()(bad, { method, body, onUpload: () => undefined });
      assert.isFalse(response.ok);
      assert.equal(response.status, 403);
      assert.match(response.headers.get("content-type") ?? "", /xml/);
      assert.match(await response.text(), /<Code>SignatureDoesNotMatch<\/Code>/);
    }
  });

  test(`${name}: no answer is a TypeError`, {
    ...options,
    skip: { workerd: "it is an Error there", ...skip },
  }, async () => {
    // Nobody listens there, and no browser even tries the second.
    for (const url of ["http://127.0.0.1:2/a", "http://127.0.0.1:1/a"]) {
      const error = await failureOf(make()(url, { method: "PUT", body, onUpload: () => undefined }));
      assert.equal((error as Error).name, "TypeError");
    }
  });

  test(`${name}: a body without an answer that a page may see`, { ...options, skip: PAGES }, async () => {
    const request = await put(`${PREFIX}closed`, `${bucket}-closed`);
    const error = await failureOf(make()(request.url, { ...request, body, onUpload: () => undefined }));
    assert.instanceOf(error, TypeError);
  });

  test(
    `${name}: an abort, before or while bytes go, rejects with its reason and ends the counting`,
    options,
    async () => {
      const large = new Blob(Array.from({ length: 64 }, (_, index) => noise(1 << 20, index + 1)));
      const key = `${PREFIX}aborted`;
      // An answer could be there before the first word of the bytes is: Firefox tells workers late.
      const mute = `${bucket}-mute`;
      for (const before of [true, false]) {
        const controller = new AbortController();
        const reason = { why: before };
        const seen: number[] = [];
        if (before) controller.abort(reason);
        const request = { ...(await put(key, mute)), body: large, signal: controller.signal };
        const sending = make()(request.url, {
          ...request,
          onUpload: (count) => {
            if (controller.signal.aborted) seen.push(count);
            else if (count > 0) controller.abort(reason);
          },
        });
        if (!counts && !before) setTimeout(() => controller.abort(reason));
        const error = await failureOf(sending);
        // Some platforms reject with an error of their own, which the client puts right.
        if (counts || before) assert.equal(error, reason);
        await new Promise((resolve) => setTimeout(resolve, 150));
        assert.deepEqual(seen, []);
        assert.deepInclude(await failureOf(headObject(clientOf(native, mute), { key })), { status: 404 });
      }
    },
  );

  test(`${name}: what has no body to count is fetched: its answer streams`, options, async (t) => {
    const client = clientOf(make());
    const key = `${PREFIX}stream`;
    await putObject(client, { key, body });
    const response = await getObject(client, { key });
    const reader = response.body?.getReader();
    assert.instanceOf((await reader?.read())?.value, Uint8Array);
    await reader?.cancel();
    assert.deepEqual(await bytesOf(await getObject(client, { key }, { signal: t.signal })), body);
    await sweep(client, PREFIX);
  });

  test(`${name}: puts, forms and uploads work with it`, options, async () => {
    const client = clientOf(make());
    const key = `${PREFIX}client`;
    const blob = new Blob([body]);
    assert.isDefined((await putObject(client, { key, body: blob })).crc64);
    assert.deepEqual(await bytesOf(await getObject(client, { key })), body);
    await upload(client, { key, body: blob }, { partSize: 102_400, multipartThreshold: 0 });
    assert.deepEqual(await bytesOf(await getObject(client, { key })), body);
    await sweep(client, PREFIX);
  });
}

test("xhrFetch: a large Blob is counted in steps that grow", { skip: PAGES, timeout: 60_000 }, async (t) => {
  const part = new Blob([noise(1 << 20)]);
  const large = new Blob(Array.from({ length: 128 }, () => part));
  const request = await put(`${PREFIX}large`);
  const seen: number[] = [];
  const port = xhrFetch();
  const sending = port(request.url, { ...request, body: large, onUpload: (count) => seen.push(count) });
  assert.deepEqual(seen, [0], "it says that it counts before it answers");
  assert.equal((await sending).status, 200);
  assert.deepEqual(
    seen,
    seen.toSorted((a, b) => a - b),
  );
  assert.equal(seen.at(-1), large.size);
  assert.isAtLeast(seen.length, 4);
  assert.isAtMost(seen.length, 500, "not every 8 KiB");
  t.note(`${seen.length} steps`);
  await sweep(clientOf(native), PREFIX);
});

test("xhrFetch: loaded of an upload moves within a part, and ends at the total", { skip: PAGES }, async (t) => {
  const client = clientOf(xhrFetch());
  const part = noise(1 << 20);
  const large = new Blob(Array.from({ length: 64 }, () => part));
  const partSize = 32 << 20;
  for (const multipartThreshold of [partSize, 1 << 30]) {
    const seen: Progress[] = [];
    const options = { partSize, multipartThreshold, concurrency: 1, onProgress: (now: Progress) => seen.push(now) };
    const { crc64 } = await upload(client, { key: `${PREFIX}steps`, body: large }, options);
    assert.isDefined(crc64);
    const loaded = seen.map((now) => now.loaded);
    assert.deepEqual(
      loaded,
      loaded.toSorted((a, b) => a - b),
    );
    assert.equal(loaded.at(-1), large.size);
    const between = new Set(loaded.filter((bytes) => bytes % partSize !== 0));
    assert.isAtLeast(between.size, 1);
    t.note(`${between.size} steps within parts`);
  }
  await sweep(clientOf(native), PREFIX);
});

test("xhrFetch: where there is no XMLHttpRequest it says so", () => {
  if ("XMLHttpRequest" in globalThis) return assert.isFunction(xhrFetch());
  assert.throws(() => xhrFetch(), TypeError, /XMLHttpRequest.*use fetch/);
});

// In a worker there is no document: it does not start another.
if ("document" in globalThis) {
  test("all of this in a dedicated worker", { insecure: true, timeout: 60_000 }, async (t) => {
    assert.deepEqual(await inWorker(t), []);
  });
}

/** Runs this file in a worker, and tells what failed there. */
function inWorker(t: TestContext): Promise<string[]> {
  const code = `import { start } from ${JSON.stringify(import.meta.url)};
onmessage = ({ data }) => start(data, async (report) => postMessage(report));`;
  const url = URL.createObjectURL(new Blob([code], { type: "text/javascript" }));
  const worker = new Worker(url, { type: "module" });
  const failed: string[] = [];
  let passed = 0;
  return new Promise<string[]>((resolve, reject) => {
    t.signal.addEventListener("abort", () => reject(t.signal.reason));
    worker.onerror = ({ message }) => reject(new Error(`the worker failed: ${message}`));
    worker.onmessage = ({ data: { results, done } }) => {
      for (const { state, name, failure } of results) {
        if (state === "passed") passed++;
        else if (state === "failed") failed.push(`${name}: ${failure.message}`);
      }
      if (!done) return;
      t.note(`${passed} passed in a worker`);
      if (passed < 10) failed.push(`only ${passed} tests ran`);
      resolve(failed);
    };
    worker.postMessage({ ...setting, filter: FILE });
  }).finally(() => {
    worker.terminate();
    URL.revokeObjectURL(url);
  });
}
