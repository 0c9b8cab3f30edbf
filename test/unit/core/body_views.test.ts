/** Many bytes: a stream of views on them where that is faster, the buffer itself elsewhere and for a `fetch` of others. */
import { crc64 } from "../../../src/checksum/crc64.ts";
import { address } from "../../../src/core/address.ts";
import { prepareBody } from "../../../src/core/body.ts";
import type { SendableBody } from "../../../src/core/call.ts";
import { watchBody } from "../../../src/core/watched_body.ts";
import { createClient, getObject, putObject, uploadPart } from "../../../src/mod.ts";
import type { OSSRequest } from "../../../src/types.ts";
import { assert, environment, runtime, test } from "../../harness.ts";
import { assertBytes, pattern } from "../streams/support.ts";
import { clientOf, done, refusal, type Sent, scripted } from "./support.ts";

const { signal } = new AbortController();
const MIB = 1 << 20;
const LARGE = 2 * MIB + 5;

async function prepared(body: Uint8Array, request: Partial<OSSRequest> = {}): Promise<SendableBody> {
  const { context } = clientOf(scripted(done()).fetch);
  const target = address(context, { method: "PUT", key: "k", operation: "PutObject", ...request, body });
  return prepareBody(target, {}, signal, true);
}

/** Does the runtime's own `fetch` get a stream of so many bytes? */
const streams = (length: number): boolean =>
  ({ node: length >= 262_144, deno: length >= 262_144, bun: length >= 16 * MIB })[runtime as string] ?? false;

const bufferOf = ([first]: readonly Sent[]): unknown => (first?.init.body as Uint8Array | undefined)?.buffer;

test("bytes go to the runtime's own fetch as it sends them fastest", async () => {
  for (const length of [0, 262_143, 262_144, LARGE, 16 * MIB]) {
    const bytes = new Uint8Array(length + 1).subarray(1);
    const { init, visible } = (await prepared(bytes)).open(undefined, () => {});
    assert.equal(init.body instanceof ReadableStream, streams(length), `${length}`);
    assert.equal(visible, streams(length) || undefined);
    if (!streams(length)) assert.strictEqual((init.body as Uint8Array).buffer, bytes.buffer);
  }
});

test("Deno, whose streams have no length, sends parts as buffers", async () => {
  const { init } = (await prepared(new Uint8Array(LARGE), { operation: "UploadPart" })).open(undefined, () => {});
  assert.equal(init.body instanceof ReadableStream, runtime === "node");
});

test("the views are on the bytes themselves, summed up and told of as they leave, each attempt from the front", async () => {
  const bytes = pattern(LARGE + 3).subarray(3);
  const body = await prepared(bytes);
  if (!streams(LARGE)) return;
  assert.equal(body.length, LARGE);
  for (const attempt of [1, 2]) {
    const pending: (number | undefined)[] = [];
    const opened = body.open(0n, (left) => pending.push(left));
    const reader = (opened.init.body as ReadableStream<Uint8Array>).getReader();
    const lengths: number[] = [];
    for (;;) {
      const { done: over, value } = await reader.read();
      if (over) break;
      assert.strictEqual(value.buffer, bytes.buffer);
      lengths.push(value.length);
      // The first attempt breaks off.
      if (attempt === 1) break;
    }
    if (attempt === 1) await reader.cancel();
    else {
      assert.deepEqual(lengths, [MIB, MIB, 5]);
      assert.equal(await opened.checksum(signal), crc64(bytes));
      assert.includeMembers(pending, [MIB, 5]);
    }
    assert.notEqual(body.spent?.(), true);
  }
});

test("a fetch of the caller's, or middleware, gets the bytes", async () => {
  const bytes = pattern(LARGE);
  const own = scripted(done());
  await putObject(clientOf(own.fetch), { key: "k", body: bytes });
  assert.strictEqual(bufferOf(own.sent), bytes.buffer);
  const under = scripted(done());
  const use = [() => under.fetch];
  const client = createClient({ region: "cn-hangzhou", bucket: "photos", credentials: "anonymous", use });
  await putObject(client, { key: "k", body: bytes });
  assert.strictEqual(bufferOf(under.sent), bytes.buffer);
});

test("many bytes arrive over a socket, text as well, and a refused part can be sent again", async (t) => {
  const { account, bucket, region, serviceUrl: endpoint } = environment;
  if (endpoint === undefined) throw new Error("The runner offers no service");
  const client = createClient({ region, bucket, credentials: account, endpoint, pathStyle: true });
  const key = `views-${Math.random()}`;
  const bytes = pattern(LARGE);
  for (const body of [bytes, bytes.buffer, "ab\u00e9".repeat(200_000)]) {
    const { crc64: stored } = await putObject(client, { key, body }, { signal: t.signal });
    const sent = typeof body === "string" ? new TextEncoder().encode(body) : bytes;
    assert.equal(stored, crc64(sent));
    assertBytes(new Uint8Array(await (await getObject(client, { key }, { signal: t.signal })).arrayBuffer()), sent);
  }
});

test("what leaves in views is watched as it does", async () => {
  const bytes = pattern(LARGE);
  const seen: number[] = [];
  const opened = (await prepared(watchBody(bytes, { onSent: (count) => seen.push(count) }) as Uint8Array)).open(
    0n,
    () => {},
  );
  await new Response(opened.init.body).arrayBuffer();
  await opened.checksum(signal);
  assert.deepEqual(seen, streams(LARGE) ? [MIB, 2 * MIB, LARGE] : [LARGE]);
});

test("what was sent in views is sent again after a refusal", async () => {
  const bytes = pattern(LARGE);
  const { fetch, sent } = scripted(refusal(503, "SlowDown"), async (request) => {
    assertBytes((await request.read()) ?? new Uint8Array(), bytes);
    return done({ "x-oss-hash-crc64ecma": `${crc64(bytes)}` });
  });
  const original = globalThis.fetch;
  // The client looks `fetch` up when it calls.
  globalThis.fetch = ((url: string, init: RequestInit) => fetch(url, init)) as typeof globalThis.fetch;
  try {
    const client = createClient({
      region: "cn-hangzhou",
      bucket: "photos",
      credentials: "anonymous",
      retry: { base: 0 },
    });
    await putObject(client, { key: "k", body: bytes });
    await uploadPart(client, { key: "k", uploadId: "U", partNumber: 1, body: bytes });
  } finally {
    globalThis.fetch = original;
  }
  assert.lengthOf(sent, 3);
  assert.equal(sent[0]?.init.body instanceof ReadableStream, streams(LARGE));
  if (streams(LARGE)) assert.equal(sent[1]?.headers.get("content-length"), `${LARGE}`);
});
