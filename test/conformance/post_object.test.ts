/** Form uploads: what a policy allows, and each refusal. */
import {
  type ClientOptions,
  CredentialsError,
  createClient,
  getObject,
  type PostForm,
  type PostObjectInput,
  type PostPolicyInput,
  postObject,
  postPolicy,
} from "../../src/mod.ts";
import type { Client } from "../../src/types.ts";
import { assert, environment, type TestContext, test } from "../harness.ts";
import { createBackend } from "./support/tokens.ts";
import { assertRefused, failureOf, noise, VERSIONS, type World, world } from "./support/world.ts";

const { bucket, account, region } = environment;

interface Scene extends World {
  /** Who has nothing but the form. */
  readonly page: Client;
  readonly form: (input?: Partial<PostPolicyInput>) => Promise<PostForm>;
  readonly post: (form: PostForm, input?: Partial<PostObjectInput>) => ReturnType<typeof postObject>;
  later(seconds: number): void;
}

function scene(t: TestContext, client: Partial<ClientOptions> = {}): Scene {
  let now = Date.now();
  const clock = (): number => now;
  const set = world(t, {
    service: { buckets: [bucket], accounts: [account], now: clock },
    client: { now: clock, ...client },
  });
  const page = createClient({ region, bucket, credentials: "anonymous", fetch: set.oss.fetch, retry: { base: 1 } });
  return {
    ...set,
    page,
    form: (input) => postPolicy(set.client, { keyPrefix: "u/", expiresIn: 600, ...input }),
    post: (form, input) => postObject(page, { form, key: "u/a", body: "hello", ...input }),
    later(seconds) {
      now += seconds * 1000;
    },
  };
}

const DENIED = { status: 403, code: "AccessDenied", operation: "PostObject" };

for (const signatureVersion of VERSIONS) {
  const client = { signatureVersion };

  test(`a form allows what it says (${signatureVersion})`, async (t) => {
    const { form, post, client: backend } = scene(t, client);
    const plain = await form({
      key: undefined,
      keyPrefix: "u/",
      minSize: 5,
      maxSize: 5,
      contentTypes: ["text/plain", "text/css"],
      successActionStatus: 201,
      conditions: [["eq", "$x-oss-object-acl", "private"], { "x-oss-meta-a": "1" }],
    });
    assert.equal(plain.url, `https://${bucket}.oss-cn-hangzhou.aliyuncs.com/`);
    const fields = { "x-oss-object-acl": "private", "x-oss-meta-a": "1" };
    const { status, etag } = await post(plain, { contentType: "text/css", fields });
    assert.equal(status, 201);
    const stored = await getObject(backend, { key: "u/a" });
    assert.deepEqual([stored.etag, stored.metadata], [etag, { a: "1" }]);
    // Bun completes the types of Blobs.
    assert.equal(stored.contentType?.replace(";charset=utf-8", ""), "text/css");
    assert.equal((await post(await form({ successActionStatus: 200 }))).status, 200);
    assert.equal((await post(await form({ key: "u/only", keyPrefix: undefined }), { key: "u/only" })).status, 204);
    assert.equal((await post(await form({ keyPrefix: "" }), { key: 'any/../\uFF5E\t"' })).status, 204);
    assert.equal(await (await getObject(backend, { key: 'any/../\uFF5E\t"' })).text(), "hello");
  });

  test(`a form refuses what it does not allow (${signatureVersion})`, async (t) => {
    const { form, post, later, oss } = scene(t, client);
    const refused = "0006-00000227";
    await assertRefused(post(await form(), { key: "v/a" }), { ...DENIED, ec: refused });
    await assertRefused(post(await form({ key: "u/b" })), { ...DENIED, ec: refused });
    const typed = await form({ contentTypes: ["text/css"] });
    await assertRefused(post(typed, { contentType: "text/plain" }), { ...DENIED, ec: refused });
    await assertRefused(post(typed), { ...DENIED, ec: refused });
    const sized = await form({ minSize: 3, maxSize: 4 });
    await assertRefused(post(sized), { status: 400, code: "EntityTooLarge", operation: "PostObject" });
    await assertRefused(post(sized, { body: "12" }), { status: 400, code: "EntityTooSmall" });
    const other = { bucket: "other-one", keyPrefix: "", expiresIn: 60 };
    await assertRefused(post(await form(other)), { ...DENIED, ec: refused });
    const good = await form();
    later(590);
    await post(good);
    later(20);
    await assertRefused(post(good), { ...DENIED, ec: "0006-00000213" });
    assert.deepEqual(
      oss.requests.filter(({ status }) => status < 300).map(({ operation }) => operation),
      ["PostObject"],
    );
  });

  test(`an altered form is refused (${signatureVersion})`, async (t) => {
    const { form, post } = scene(t, client);
    const good = await form();
    const name = signatureVersion === "v4" ? "x-oss-signature" : "Signature";
    const value = good.fields[name] ?? assert.fail("no signature");
    const forged = { ...good, fields: { ...good.fields, [name]: (value[0] === "a" ? "b" : "a") + value.slice(1) } };
    await assertRefused(post(forged), { status: 403, code: "SignatureDoesNotMatch", operation: "PostObject" });
    const policy = btoa(atob(good.fields["policy"] ?? "").replace('"u/"', '""'));
    const wider = { ...good, fields: { ...good.fields, policy } };
    await assertRefused(post(wider), { status: 403, code: "SignatureDoesNotMatch", operation: "PostObject" });
    await assertRefused(post({ ...good, fields: {} }), DENIED);
  });

  test(`temporary keys sign forms, and end them (${signatureVersion})`, async (t) => {
    const { oss } = scene(t);
    const backend = createBackend(() => oss, { seconds: 100 });
    const sts = scene(t, { ...client, credentials: backend.provider, fetch: oss.fetch });
    const good = await sts.form({ expiresIn: 600 });
    assert.isAtMost(good.expires, Date.now() + 100_000);
    assert.isString(good.fields["x-oss-security-token"]);
    const page = createClient({ region, bucket, credentials: "anonymous", fetch: oss.fetch });
    assert.equal((await postObject(page, { form: good, key: "u/a", body: "x" })).status, 204);
    const { "x-oss-security-token": _, ...fields } = good.fields;
    const error = await failureOf(postObject(page, { form: { fields }, key: "u/a", body: "x" }));
    assert.propertyVal(error, "status", 403);
    const [session] = backend.issued;
    if (session) oss.revokeToken(session);
    const revoked = postObject(page, { form: good, key: "u/a", body: "x" });
    await assertRefused(revoked, { status: 403, code: "InvalidAccessKeyId", operation: "PostObject" });
  });
}

test("every body is sent, and sent again after a reset", async (t) => {
  const { form, post, client, oss, wire } = scene(t);
  const bytes = noise(50_000);
  const good = await form();
  for (const body of [bytes, bytes.buffer, new DataView(bytes.buffer), new Blob([bytes], { type: "image/png" })]) {
    oss.faults.add({ operation: "PostObject", kind: "reset" });
    await post(good, { body });
    const stored = await getObject(client, { key: "u/a" });
    assert.deepEqual(new Uint8Array(await stored.arrayBuffer()), bytes);
    assert.equal(stored.contentType, body instanceof Blob ? "image/png" : "application/octet-stream");
  }
  assert.isTrue(wire.sent.every(({ headers }) => !headers.get("content-type")?.includes("multipart")));
});

test("bad input is refused before any request", async (t) => {
  const { form, client, page, oss } = scene(t);
  const input = { keyPrefix: "", expiresIn: 60 };
  for (const [wrong, bad] of [
    [RangeError, { ...input, expiresIn: 0 }],
    [RangeError, { ...input, expiresIn: 604_801 }],
    [RangeError, { ...input, maxSize: 5 * 2 ** 30 + 1 }],
    [RangeError, { ...input, minSize: 2, maxSize: 1 }],
    [TypeError, { ...input, key: "/a" }],
    [TypeError, { expiresIn: 60 }],
    [TypeError, { ...input, bucket: "A" }],
  ] as const) {
    assert.instanceOf(await failureOf(postPolicy(client, bad)), wrong, JSON.stringify(bad));
  }
  assert.instanceOf(await failureOf(postPolicy(page, input)), CredentialsError);
  const good = await form();
  for (const key of ["", "/a", "line\nbreak", "line\rbreak"]) {
    assert.instanceOf(await failureOf(postObject(page, { form: good, key, body: "x" })), TypeError);
  }
  assert.lengthOf(oss.requests, 0);
});
