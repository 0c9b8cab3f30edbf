/** move: whatever fails, one of the two is there, and the original goes last. */
import {
  createClient,
  getObject,
  getObjectAcl,
  getObjectTagging,
  headObject,
  IntegrityError,
  type MoveInput,
  move,
  objectExists,
  putBucketVersioning,
  putObject,
  putSymlink,
  SourceChangedError,
} from "../../src/mod.ts";
import { assert, environment, test } from "../harness.ts";
import { fill, keysOf, transferErrorOf } from "./support/walks.ts";
import { hide, onAnswer, withBody } from "./support/wire.ts";
import { assertRefused, bytesOf, failureOf, noise, VERSIONS, world } from "./support/world.ts";

const { bucket } = environment;
const service = { buckets: [bucket, "other-one"] };
const ENCRYPTION = {
  serverSideEncryption: "KMS",
  serverSideEncryptionKeyId: "key-1",
  serverSideDataEncryption: "SM4",
} as const;
const denied = { kind: "status", status: 403, code: "AccessDenied" } as const;

for (const signatureVersion of VERSIONS) {
  test(`move: with all that is said of the object, within a bucket and to another (${signatureVersion})`, async (t) => {
    const { client } = world(t, { service, client: { signatureVersion } });
    const key = "a b/\u{1F600}?x";
    const { etag } = await putObject(client, {
      ...{ key, body: "hello", contentType: "text/x-odd", cacheControl: "max-age=7", metadata: { a: "1" } },
      ...{ storageClass: "IA", acl: "public-read", tagging: { a: "b" }, ...ENCRYPTION },
    });
    const first = await move(client, { sourceKey: key, key: "b" });
    assert.equal(first.etag, etag);
    assert.isFalse(await objectExists(client, { key }));
    await move(client, { sourceKey: "b", key: "b", bucket: "other-one", sourceBucket: bucket });
    assert.isFalse(await objectExists(client, { key: "b" }));
    const moved = { bucket: "other-one", key: "b" };
    const { contentType, cacheControl, metadata, storageClass, ...head } = await headObject(client, moved);
    assert.deepInclude<object>(head, ENCRYPTION);
    assert.deepEqual((await getObjectTagging(client, moved)).tagging, { a: "b" });
    assert.deepEqual(
      [contentType, cacheControl, metadata, storageClass],
      ["text/x-odd", "max-age=7", { a: "1" }, "IA"],
    );
    assert.equal((await getObjectAcl(client, moved)).acl, "public-read");
    assert.equal(await (await getObject(client, moved)).text(), "hello");
  });
}

test("move: overwrites, or not where it is forbidden", async (t) => {
  const { client } = world(t);
  await fill(client, ["a"], "new");
  await fill(client, ["b"], "old");
  const kept = move(client, { sourceKey: "a", key: "b", forbidOverwrite: true });
  await assertRefused(kept, { status: 409, code: "FileAlreadyExists", operation: "CopyObject" });
  assert.deepEqual(await keysOf(client), ["a", "b"]);
  assert.equal(await (await getObject(client, { key: "b" })).text(), "old");
  await move(client, { sourceKey: "a", key: "b" });
  assert.deepEqual(await keysOf(client), ["b"]);
  assert.equal(await (await getObject(client, { key: "b" })).text(), "new");
});

test("move: another bucket as the target alone does not say where the object is", async (t) => {
  const { client, oss, wire } = world(t, { service });
  const error = await failureOf(move(client, { sourceKey: "a", key: "b", bucket: "other-one" }));
  assert.instanceOf(error, TypeError);
  assert.include(String(error), `sourceBucket must be given with another bucket: is it "${bucket}" or "other-one"?`);
  assert.lengthOf(wire.sent, 0);
  const free = createClient({ region: environment.region, credentials: environment.account, fetch: oss.fetch });
  await putObject(client, { bucket: "other-one", key: "a", body: "x" });
  await move(free, { sourceKey: "a", key: "b", bucket: "other-one" });
  assert.isTrue(await objectExists(client, { bucket: "other-one", key: "b" }));
});

test("move: bad arguments are found before any request", async (t) => {
  const { client, wire } = world(t);
  const bad: object[] = [
    { sourceKey: "a", key: "a" },
    { sourceKey: "a", key: "a", sourceBucket: bucket },
    { sourceKey: "", key: "a" },
    { key: "a" },
    { sourceKey: "a" },
    { sourceKey: "/a", key: "b" },
    { sourceKey: "a", key: "a", sourceBucket: "No" },
  ];
  for (const input of bad) {
    const error = await failureOf(move(client, input as MoveInput));
    assert.instanceOf(error, TypeError, JSON.stringify(input));
  }
  assert.lengthOf(wire.sent, 0);
  await putSymlink(client, { key: "link", symlinkTarget: "target" });
  await fill(client, ["target"]);
  assert.instanceOf(await failureOf(move(client, { sourceKey: "link", key: "b" })), TypeError);
  const missing = await failureOf(move(client, { sourceKey: "a", key: "b" }));
  assert.deepInclude(missing, { status: 404, code: "NoSuchKey" });
});

test("move: above the threshold it is copied in parts, with all that is said of it", async (t) => {
  const { client, wire } = world(t, { service });
  const body = noise(250_000);
  const said = { contentType: "text/x-odd", storageClass: "IA", metadata: { a: "1" }, ...ENCRYPTION } as const;
  await putObject(client, { key: "a", body, ...said, acl: "public-read", tagging: { a: "b" } });
  const options = { multipartThreshold: 200_000, partSize: 102_400 };
  const target = { bucket: "other-one", key: "b" };
  await move(client, { sourceKey: "a", ...target, sourceBucket: bucket }, options);
  assert.lengthOf(
    wire.sent.filter(({ headers }) => headers.has("x-oss-copy-source-range")),
    3,
  );
  assert.deepInclude<object>(await headObject(client, target), said);
  assert.equal((await getObjectAcl(client, target)).acl, "public-read");
  assert.deepEqual((await getObjectTagging(client, target)).tagging, { a: "b" });
  assert.deepEqual(await bytesOf(await getObject(client, target)), body);
  assert.deepEqual(await keysOf(client), []);
  const { length } = wire.sent;
  assert.instanceOf(await failureOf(move(client, { sourceKey: "a", key: "b" }, { partSize: 1 })), RangeError);
  assert.lengthOf(wire.sent, length);
});

test("move: a copy that is not the same leaves the original", async (t) => {
  let alter = (response: Response): Response => response;
  const layer = onAnswer(async (response) => {
    const text = await response.clone().text();
    return text.includes("CopyObjectResult") ? alter(withBody(response, text)) : response;
  });
  const { client, oss } = world(t, { client: { use: [layer] } });
  await fill(client, ["a", "b", "c"]);
  // The answer says nothing of it: the copy itself is looked at.
  const nothing = "<CopyObjectResult></CopyObjectResult>";
  alter = (response) => withBody(hide(response, "x-oss-hash-crc64ecma", "etag"), nothing);
  await move(client, { sourceKey: "a", key: "copy" });
  assert.deepEqual(await keysOf(client), ["b", "c", "copy"]);
  // A different ETag is no difference while the CRC-64 is the same.
  alter = (response) => withBody(response, '<CopyObjectResult><ETag>"odd"</ETag></CopyObjectResult>');
  await move(client, { sourceKey: "b", key: "copy" });
  assert.deepEqual(await keysOf(client), ["c", "copy"]);
  alter = (response) => withBody(response, nothing);
  oss.faults.add({ kind: "crc", operation: "CopyObject" });
  oss.faults.add({ kind: "crc", operation: "GetObjectMeta" });
  assert.instanceOf(await failureOf(move(client, { sourceKey: "c", key: "copy" })), IntegrityError);
  assert.deepEqual(await keysOf(client), ["c", "copy"]);
});

test("move: an original that is changed meanwhile is kept", async (t) => {
  let step = "";
  const { client } = world(t, {
    client: {
      use: [
        (next) => async (url, init) => {
          const response = await next(url, init);
          const copied = new Headers(init.headers).has("x-oss-copy-source");
          if (copied && step) await putObject(client, { key: step, body: "changed" });
          return response;
        },
      ],
    },
  });
  await fill(client, ["a"]);
  step = "a";
  assert.instanceOf(await failureOf(move(client, { sourceKey: "a", key: "b" })), SourceChangedError);
  assert.equal(await (await getObject(client, { key: "a" })).text(), "changed");
  step = "";
  await move(client, { sourceKey: "a", key: "b" });
  assert.deepEqual(await keysOf(client), ["b"]);
});

test("move: an original whose metadata is changed meanwhile is kept, too", async (t) => {
  let change: (() => Promise<unknown>) | undefined;
  const { client } = world(t, {
    client: {
      use: [
        (next) => async (url, init) => {
          const response = await next(url, init);
          const [once, copied] = [change, new Headers(init.headers).has("x-oss-copy-source")];
          if (copied) change = undefined;
          if (copied && once) await once();
          return response;
        },
      ],
    },
  });
  await fill(client, ["a"]);
  for (const changes of [{ metadata: { by: "other" } }, { cacheControl: "no-cache" }] as const) {
    change = () => putObject(client, { key: "a", body: "x", ...changes });
    assert.instanceOf(await failureOf(move(client, { sourceKey: "a", key: "b" })), SourceChangedError);
    assert.deepInclude<object>(await headObject(client, { key: "a" }), changes);
  }
  // Within a second, nothing but the version tells of the same content.
  await putBucketVersioning(client, { versioning: "Enabled" });
  await fill(client, ["a"]);
  change = () => fill(client, ["a"]);
  assert.instanceOf(await failureOf(move(client, { sourceKey: "a", key: "b" })), SourceChangedError);
});

test("move: what is copied is what was looked at", async (t) => {
  let changed = false;
  const { client, wire } = world(t, {
    client: {
      use: [
        (next) => async (url, init) => {
          const copies = new Headers(init.headers).has("x-oss-copy-source");
          if (copies && !changed) {
            changed = true;
            await putObject(client, { key: "a", body: "changed" });
          }
          return next(url, init);
        },
      ],
    },
  });
  await fill(client, ["a"]);
  const pinned = move(client, { sourceKey: "a", key: "b" });
  await assertRefused(pinned, { status: 412, code: "PreconditionFailed", operation: "CopyObject" });
  assert.deepEqual(await keysOf(client), ["a"]);
  assert.isFalse(wire.sent.some(({ method }) => method === "DELETE"));
});

test("move: an original that cannot be deleted is told of", async (t) => {
  const { client, oss } = world(t);
  await fill(client, ["a"]);
  oss.faults.add({ ...denied, operation: "DeleteObject" });
  const error = await transferErrorOf(move(client, { sourceKey: "a", key: "b" }));
  assert.propertyVal(error.cause, "code", "AccessDenied");
  assert.deepInclude(error.result, { status: 200 });
  assert.include(error.message, "copied, but not deleted");
  assert.deepEqual(await keysOf(client), ["a", "b"]);
  const signal = AbortSignal.abort("enough");
  assert.equal(await failureOf(move(client, { sourceKey: "a", key: "c" }, { signal })), "enough");
});

test("move: aborted while the original is deleted, it says why", async (t) => {
  const controller = new AbortController();
  const { client } = world(t, {
    client: {
      use: [
        (next) => (url, init) => {
          if (init.method === "DELETE") controller.abort("enough");
          return next(url, init);
        },
      ],
    },
  });
  await fill(client, ["a"]);
  const { signal } = controller;
  assert.equal(await failureOf(move(client, { sourceKey: "a", key: "b" }, { signal })), "enough");
  assert.include(await keysOf(client), "b");
});
