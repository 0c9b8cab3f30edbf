/** putMeta: what is given changes, everything else survives. */
import {
  CorsError,
  createClient,
  deleteObject,
  getObject,
  getObjectAcl,
  getObjectTagging,
  headObject,
  move,
  objectExists,
  type PutMetaInput,
  type PutObjectInput,
  putMeta,
  putObject,
  putSymlink,
} from "../../src/mod.ts";
import { createTestOSS } from "../../src/testing/mod.ts";
import { assert, environment, test } from "../harness.ts";
import { hide, onAnswer } from "./support/wire.ts";
import { assertRefused, failureOf, VERSIONS, world } from "./support/world.ts";

const FULL = {
  key: "a b/\u{1F600}.txt",
  body: "hello",
  contentType: "text/x-odd; charset=utf-8",
  cacheControl: "max-age=7",
  contentDisposition: 'attachment; filename="a.txt"',
  contentEncoding: "identity",
  contentLanguage: "de",
  expires: new Date("2030-01-02T03:04:05Z"),
  metadata: { one: "1", two: "a  b" },
  storageClass: "IA",
  acl: "public-read",
  tagging: { stage: "draft", "a b": "c=d" },
  serverSideEncryption: "KMS",
  serverSideEncryptionKeyId: "key-1",
  serverSideDataEncryption: "SM4",
} as const satisfies PutObjectInput;
const { key } = FULL;

const RESULT = ["contentType", "cacheControl", "contentDisposition", "contentEncoding", "contentLanguage"] as const;

async function stateOf(client: Parameters<typeof headObject>[0]) {
  const head = await headObject(client, { key });
  const { expires, metadata, storageClass, etag, serverSideEncryption, serverSideEncryptionKeyId } = head;
  const serverSideDataEncryption = head.headers.get("x-oss-server-side-data-encryption");
  const { tagging } = await getObjectTagging(client, { key });
  const { acl } = await getObjectAcl(client, { key });
  const headers = Object.fromEntries(RESULT.map((name) => [name, head[name]]));
  const encryption = { serverSideEncryption, serverSideEncryptionKeyId, serverSideDataEncryption };
  return { ...headers, ...encryption, expires, metadata, tagging, storageClass, acl, etag };
}

for (const signatureVersion of VERSIONS) {
  test(`putMeta: each field alone, all others stay (${signatureVersion})`, { timeout: 60_000 }, async (t) => {
    const { client } = world(t, { client: { signatureVersion } });
    await putObject(client, FULL);
    let state = await stateOf(client);
    const { key: _, body, ...said } = FULL;
    assert.deepInclude<object>(state, said);
    const changes: Omit<PutMetaInput, "key">[] = [
      { contentType: "text/css" },
      { cacheControl: "no-cache" },
      { contentDisposition: "inline" },
      { contentEncoding: "x-none" },
      { contentLanguage: "fr" },
      { expires: new Date("2031-01-02T03:04:05Z") },
      { storageClass: "Standard" },
      { acl: "private" },
      { acl: "default" },
    ];
    for (const change of changes) {
      await putMeta(client, { key, ...change });
      const next = await stateOf(client);
      assert.deepEqual<object>(next, { ...state, ...change }, JSON.stringify(change));
      state = next;
    }
    await putMeta(client, { key, metadata: { TWO: "2", three: "3" } });
    assert.deepEqual((await stateOf(client)).metadata, { one: "1", two: "2", three: "3" });
    await putMeta(client, {
      key,
      metadata: { ONE: null, three: undefined },
      cacheControl: null,
      contentLanguage: null,
    });
    const { metadata, cacheControl, contentLanguage, contentType } = await headObject(client, { key });
    assert.deepEqual(metadata, { two: "2", three: "3" });
    assert.deepEqual([cacheControl, contentLanguage, contentType], [undefined, undefined, "text/css"]);
    await putMeta(client, { key });
    assert.deepEqual((await stateOf(client)).metadata, { two: "2", three: "3" });
    assert.equal(await (await getObject(client, { key })).text(), "hello");
  });
}

test("putMeta: pinned to the content that was looked at; tried once more when that changes", async (t) => {
  let changes = 1;
  const { client, oss, wire } = world(t, {
    client: {
      use: [
        (next) => async (url, init) => {
          const copies = new Headers(init.headers).has("x-oss-copy-source");
          if (copies && changes-- > 0) await putObject(other, { key, body: `${changes}`, metadata: { by: "other" } });
          return next(url, init);
        },
      ],
    },
  });
  const other = createClient({ ...oss.clientOptions, bucket: environment.bucket, credentials: environment.account });
  const { etag } = await putObject(other, { key, body: "hello" });
  await putMeta(client, { key, metadata: { a: "1" } });
  assert.deepEqual((await headObject(client, { key })).metadata, { by: "other", a: "1" });
  const pins = wire.sent.flatMap(({ headers }) => headers.get("x-oss-copy-source-if-match") ?? []);
  assert.lengthOf(pins, 2);
  assert.equal(pins[0], etag);
  assert.notEqual(pins[1], etag);
  changes = 2;
  const again = putMeta(client, { key, metadata: { a: "2" } });
  await assertRefused(again, { status: 412, code: "PreconditionFailed", operation: "CopyObject" });
  assert.equal(await (await getObject(client, { key })).text(), "0");
});

test("putMeta: bad arguments and missing objects", async (t) => {
  const { client, wire } = world(t);
  const bad: object[] = [
    { key: "" },
    { key: undefined },
    { key, metadata: { a_b: "1" } },
    { key, metadata: { a: "\n" } },
  ];
  for (const input of bad) assert.instanceOf(await failureOf(putMeta(client, input as PutMetaInput)), TypeError);
  assert.lengthOf(wire.sent, 0);
  await putSymlink(client, { key: "link", symlinkTarget: key });
  await putObject(client, { key, body: "" });
  const link = await failureOf(putMeta(client, { key: "link", contentType: "text/css" }));
  assert.instanceOf(link, TypeError);
  assert.include((link as Error).message, "putSymlink");
  await deleteObject(client, { key });
  const missing = await failureOf(putMeta(client, { key, contentType: "text/css" }));
  assert.deepInclude(missing, { status: 404, code: "NoSuchKey" });
});

test("putMeta: in a page, what is compressed on its way keeps no coding of the way", async () => {
  const { account, bucket, region } = environment;
  const rule = {
    allowedOrigins: ["*"],
    allowedMethods: ["GET", "PUT", "HEAD"],
    allowedHeaders: ["*"],
    exposeHeaders: ["ETag", "x-oss-storage-class", "Content-Encoding", "x-oss-meta-a"],
  };
  const oss = createTestOSS({ region, accounts: [account], buckets: [{ name: bucket, cors: { rules: [rule] } }] });
  const common = { region, bucket, credentials: account };
  const client = createClient({ ...common, fetch: oss.page("https://app.example.com") });
  const server = createClient({ ...common, fetch: oss.fetch });
  const body = "hello ".repeat(400);
  await putObject(server, { key, body, contentType: "text/html", metadata: { a: "1" } });
  await putMeta(client, { key, metadata: { b: "2" } }, { exposed: true });
  const text = await (await getObject(server, { key, range: [0, 5999] })).text();
  assert.equal(text, body);
  const stored = await getObject(server, { key, range: [0, 0] });
  assert.isNull(stored.headers.get("content-encoding"));
  assert.deepEqual(stored.metadata, { a: "1", b: "2" });
  await stored.body?.cancel();
});

test("putMeta, move: a page that cannot know what is hidden from it must say that nothing is", async () => {
  const { account, bucket, region } = environment;
  const rule = {
    allowedOrigins: ["*"],
    allowedMethods: ["GET", "PUT", "HEAD", "DELETE"],
    allowedHeaders: ["*"],
    exposeHeaders: ["ETag", "x-oss-storage-class", "x-oss-request-id"],
  };
  const oss = createTestOSS({ region, accounts: [account], buckets: [{ name: bucket, cors: { rules: [rule] } }] });
  const common = { region, bucket, credentials: account };
  const client = createClient({ ...common, fetch: oss.page("https://app.example.com") });
  const server = createClient({ ...common, fetch: oss.fetch });
  await putObject(server, FULL);
  for (const change of [
    () => putMeta(client, { key, contentType: "text/css" }),
    () => move(client, { sourceKey: key, key: "elsewhere" }),
  ]) {
    const error = await failureOf(change());
    assert.instanceOf(error, CorsError);
    assert.include(String(error), "exposed: true");
  }
  const { metadata, contentDisposition } = await headObject(server, { key });
  assert.deepEqual(
    { metadata, contentDisposition },
    { metadata: FULL.metadata, contentDisposition: FULL.contentDisposition },
  );
  assert.isFalse(await objectExists(server, { key: "elsewhere" }));
});

test("putMeta: a page that is not shown what would get lost changes nothing", async (t) => {
  for (const name of ["etag", "x-oss-storage-class"]) {
    const { client, wire } = world(t, { client: { use: [onAnswer((response) => hide(response, name))] } });
    await putObject(client, FULL);
    const error = await failureOf(putMeta(client, { key, contentType: "text/css" }));
    if (!(error instanceof CorsError)) throw error;
    assert.includeMembers([...error.expose], ["ETag", "x-oss-storage-class", "content-disposition"]);
    assert.isFalse(wire.sent.some(({ headers }) => headers.has("x-oss-copy-source")));
  }
});
