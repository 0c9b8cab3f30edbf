/** Temporary keys that die before their time, in each of the forms that the service has for that. */
import {
  appendObject,
  type Client,
  completeMultipartUpload,
  copyObject,
  deleteMultipleObjects,
  getObject,
  headObject,
  initiateMultipartUpload,
  listObjectsV2,
  objectExists,
  putObject,
  uploadPart,
} from "../../src/mod.ts";
import type { TestOSS } from "../../src/testing/mod.ts";
import { assert, environment, runtime, type TestContext, test } from "../harness.ts";
import { type Backend, breathe, createBackend } from "./support/tokens.ts";
import { hide, onAnswer } from "./support/wire.ts";
import { assertRefused, failureOf, VERSIONS, type World, world } from "./support/world.ts";

const { bucket } = environment;

const FORMS = [
  "SecurityTokenExpired",
  "InvalidAccessKeyId",
  "InvalidSecurityToken",
  "AccessKeyIdAndSecurityTokenNotMatch",
] as const;

/** Calls of every kind; those with POST are safe to repeat, because a refused call did nothing. */
const CALLS: readonly ((client: Client, index: number) => Promise<unknown>)[] = [
  (client, index) => putObject(client, { key: `put${index}`, body: "hello" }),
  async (client) => assert.equal(await (await getObject(client, { key: "a" })).text(), "hello"),
  async (client) => assert.equal((await headObject(client, { key: "a" })).contentLength, 5),
  async (client) => assert.isFalse(await objectExists(client, { key: "none" })),
  (client) => listObjectsV2(client, {}),
  (client, index) => appendObject(client, { key: `log${index}`, position: 0, body: "hello" }),
  (client, index) => copyObject(client, { key: `copy${index}`, copySource: { bucket, key: "a" } }),
  (client) => deleteMultipleObjects(client, { objects: ["none"] }),
];

interface Scene extends World {
  readonly backend: Backend;
}

async function scene(t: TestContext, options: Parameters<typeof world>[1] = {}, backendOptions = {}): Promise<Scene> {
  let oss: TestOSS | undefined;
  const backend = createBackend(() => oss ?? assert.fail("too early"), { expiration: false, ...backendOptions });
  const set = world(t, { ...options, client: { ...options.client, credentials: backend.provider } });
  oss = set.oss;
  await putObject(set.client, { key: "a", body: "hello", contentType: "image/png" });
  return { ...set, backend };
}

/** Revoked keys are refused as unknown; this dresses the refusal in another form, HEAD's too. */
function dressed(code: string): (response: Response) => Promise<Response> {
  const dress = (text: string): string => text.replace(/<Code>InvalidAccessKeyId</, `<Code>${code}<`);
  return async (response) => {
    if (response.status !== 403) return response;
    const headers = new Headers(response.headers);
    const error = headers.get("x-oss-err");
    if (error !== null) headers.set("x-oss-err", btoa(dress(atob(error))));
    return new Response(error === null ? dress(await response.text()) : null, { status: 403, headers });
  };
}

for (const code of FORMS) {
  for (const hidden of [[], ["x-oss-err", "x-oss-ec"]] as const) {
    test(`${code} during parallel calls${hidden.length > 0 ? ", hidden from HEAD" : ""}: one refresh, none lost`, async (t) => {
      const use = [onAnswer((response) => hide(response, ...hidden)), onAnswer(dressed(code))];
      const { client, oss, backend, wire } = await scene(t, { client: { use } });
      backend.onAsk = () => breathe(20);
      // Some pass before the keys die, some are refused on their way, some start when it is known.
      let passed = 0;
      const calls = Array.from({ length: 32 }, async (_, index) => {
        await CALLS[index % CALLS.length]?.(client, index);
        const [session] = backend.issued;
        if (++passed === 3 && session) oss.revokeToken(session);
      });
      await Promise.all(calls);
      await Promise.all(CALLS.map((call, index) => call(client, 100 + index)));
      assert.isAbove(oss.requests.filter((request) => request.status === 403).length, 0);
      assert.equal(backend.asked, 2);
      assert.equal(backend.mostActive, 1);
      assert.lengthOf(wire.openRequests(), 0);
    });
  }
}

for (const expired of ["SecurityTokenExpired", "InvalidAccessKeyId"] as const) {
  for (const signatureVersion of VERSIONS) {
    test(`keys that really end (${expired}, ${signatureVersion})`, async (t) => {
      let now = Date.now();
      const clock = (): number => now;
      const { client, backend, wire } = await scene(
        t,
        { service: { now: clock, expired, buckets: [bucket] }, client: { now: clock, signatureVersion } },
        { seconds: 100 },
      );
      now += 101_000;
      const before = wire.sent.length;
      await putObject(client, { key: "b", body: "hello" });
      assert.lengthOf(wire.sent, before + 2);
      assert.equal(backend.asked, 2);
    });
  }
}

test("revoked keys in the middle of a multipart upload", async (t) => {
  const { client, oss, backend } = await scene(t);
  const { uploadId } = await initiateMultipartUpload(client, { key: "big" });
  const part = async (partNumber: number) => {
    const body = new Uint8Array(100 * 1024).fill(partNumber);
    const { etag = "" } = await uploadPart(client, { key: "big", uploadId, partNumber, body });
    return { partNumber, etag };
  };
  const first = await part(1);
  const [session] = backend.issued;
  if (session) oss.revokeToken(session);
  const rest = await Promise.all([2, 3, 4].map(part));
  const [, second] = backend.issued;
  if (second) oss.revokeToken(second);
  await completeMultipartUpload(client, { key: "big", uploadId, parts: [first, ...rest] });
  assert.equal((await headObject(client, { key: "big" })).contentLength, 400 * 1024);
  assert.equal(backend.asked, 3);
  assert.equal(backend.mostActive, 1);
});

test("keys that stay refused are an error after one replay", async (t) => {
  const { client, oss, backend, wire } = await scene(t);
  oss.faults.add({ kind: "expire", times: 100 });
  const before = wire.sent.length;
  const refused = { status: 403, code: "SecurityTokenExpired", ec: "0002-00000007", operation: "PutObject" };
  await assertRefused(putObject(client, { key: "b", body: "x" }), refused);
  assert.lengthOf(wire.sent, before + 2);
  assert.equal(backend.asked, 2);
});

test("keys that nobody can renew are refused at once: fixed ones, and permanent ones of a provider", async (t) => {
  const { oss } = world(t);
  const session = oss.issueToken({ seconds: 3600 });
  oss.revokeToken(session);
  let asked = 0;
  const permanent = { accessKeyId: "LTAInobody", accessKeySecret: "secret" };
  for (const credentials of [
    session,
    permanent,
    () => {
      asked++;
      return permanent;
    },
  ]) {
    const { client, wire } = world(t, { client: { credentials, fetch: oss.fetch } });
    const refused = { status: 403, code: "InvalidAccessKeyId", ec: "0002-00000902" };
    await assertRefused(listObjectsV2(client, {}), refused);
    assert.lengthOf(wire.sent, 1);
  }
  assert.equal(asked, 1);
});

test("a spent stream is not replayed with new keys: its error says what happened", async (t) => {
  const { client, oss, backend } = await scene(t);
  let pulls = 0;
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      if (++pulls > 3) controller.close();
      else controller.enqueue(new Uint8Array(10));
    },
  });
  // The whole body arrives, and then the answer is lost: whether that was an expired key nobody knows.
  oss.faults.add({ operation: "PutObject", kind: "lost" });
  const put = putObject(client, { key: "b", body, contentLength: 30 });
  // A browser sends no streams: what it keeps in memory instead can be sent again.
  if (["chromium", "firefox", "webkit"].includes(runtime)) assert.equal((await put).status, 200);
  else assert.propertyVal(await failureOf(put), "name", "NetworkError");
  assert.equal((await headObject(client, { key: "b" })).contentLength, 30);
  assert.isAtMost(backend.asked, 2);
});
