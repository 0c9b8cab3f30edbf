/** Copies of whole prefixes: what is missing or differs is copied, and what failed has a name. */
import {
  type CopyPrefixInput,
  copyPrefix,
  getObject,
  getObjectAcl,
  getObjectTagging,
  getSymlink,
  headObject,
  putObject,
  putSymlink,
  upload,
} from "../../src/mod.ts";
import { assert, environment, test } from "../harness.ts";
import { fill, keysOf, numbered, transferErrorOf } from "./support/walks.ts";
import { bytesOf, failureOf, noise, VERSIONS, world } from "./support/world.ts";

const { bucket } = environment;
const service = { buckets: [bucket, "other-one"] };
const denied = { kind: "status", status: 403, code: "AccessDenied" } as const;

for (const signatureVersion of VERSIONS) {
  test(`copyPrefix: to another bucket and prefix, with all but the ACL (${signatureVersion})`, async (t) => {
    const { client } = world(t, { service, client: { signatureVersion } });
    await fill(client, ["a", "a/", "a/1", "a/b/\u{1F600} ?", "a0"], "12345");
    const said = {
      contentType: "text/x-odd",
      metadata: { a: "1" },
      storageClass: "IA",
      acl: "private",
      tagging: { a: "b" },
    } as const;
    await putObject(client, { key: "a/full", body: "123", ...said });
    const input = { sourceBucket: bucket, sourcePrefix: "a/", bucket: "other-one", prefix: "x/y-" };
    const copied: string[] = [];
    const result = await copyPrefix(client, input, {
      onCopied: ({ sourceKey, key, size }) => void copied.push(`${sourceKey} ${key} ${size}`),
    });
    assert.deepEqual(result, { copied: 4, size: 18, skipped: 0 });
    assert.deepEqual(copied.sort(), [
      "a/ x/y- 5",
      "a/1 x/y-1 5",
      "a/b/\u{1F600} ? x/y-b/\u{1F600} ? 5",
      "a/full x/y-full 3",
    ]);
    assert.deepEqual(await keysOf(client, "other-one"), ["x/y-", "x/y-1", "x/y-b/\u{1F600} ?", "x/y-full"]);
    const key = { bucket: "other-one", key: "x/y-full" };
    const { contentType, metadata, storageClass } = await headObject(client, key);
    assert.deepEqual([contentType, metadata, storageClass], ["text/x-odd", { a: "1" }, "IA"]);
    assert.deepEqual((await getObjectTagging(client, key)).tagging, { a: "b" });
    assert.equal((await getObjectAcl(client, key)).acl, "default");
    await copyPrefix(client, { ...input, storageClass: "Standard", acl: "public-read" });
    assert.equal((await headObject(client, key)).storageClass, "Standard");
    assert.equal((await getObjectAcl(client, key)).acl, "public-read");
    assert.lengthOf(await keysOf(client), 6, "the originals are where they were");
  });
}

test("copyPrefix: a link stays a link to the same key", async (t) => {
  const { client } = world(t, { service });
  await fill(client, ["a/target"], "12345");
  await putSymlink(client, { key: "a/link", symlinkTarget: "a/target" });
  const input = { sourceBucket: bucket, sourcePrefix: "a/", bucket: "other-one", prefix: "b/" };
  assert.deepInclude(await copyPrefix(client, input), { copied: 2, skipped: 0 });
  const { symlinkTarget } = await getSymlink(client, { bucket: "other-one", key: "b/link" });
  assert.equal(symlinkTarget, "a/target");
});

test("copyPrefix: what is there already is left out, whatever lies between", { timeout: 60_000 }, async (t) => {
  const { client, oss, wire } = world(t, { service });
  const names = ["\uFF5E", "\u{1F600}", "a", "b", "c/d", "e", "parts", "z"];
  await fill(
    client,
    names.map((name) => `s/${name}`),
  );
  const bytes = noise(250_000);
  await upload(client, { key: "s/parts", body: bytes }, { partSize: 102_400, multipartThreshold: 0 });
  const input = { sourcePrefix: "s/", prefix: "t/" };
  const skipExisting = true;
  await copyPrefix(client, input);
  await fill(client, ["t/0", "t/aa", "t/c", "t/zz"]);
  assert.deepEqual(await copyPrefix(client, input, { skipExisting }), { copied: 0, size: 0, skipped: 8 });
  await putObject(client, { key: "s/e", body: "y" });
  await putObject(client, { key: "s/b", body: "longer" });
  await putObject(client, { key: "s/new", body: "123" });
  const before = wire.sent.length;
  const dry = await copyPrefix(client, input, { skipExisting, dryRun: true });
  assert.deepEqual(dry, { copied: 3, size: 10, skipped: 6 });
  const looks = wire.sent.slice(before);
  assert.isTrue(looks.every(({ method }) => method !== "PUT"));
  assert.lengthOf(
    looks.filter(({ url }) => url.searchParams.has("objectMeta")),
    2,
    "only where size is the same and ETag is not",
  );
  assert.deepEqual(await copyPrefix(client, input, { skipExisting }), dry);
  assert.equal(await (await getObject(client, { key: "t/e" })).text(), "y");
  assert.deepEqual(await copyPrefix(client, input, { skipExisting }), { copied: 0, size: 0, skipped: 9 });
  // The ETag of parts is another one than that of the same bytes in one piece: then the CRC-64 tells.
  await putObject(client, { key: "t/parts", body: bytes });
  const asked = oss.requests.length;
  assert.deepEqual(await copyPrefix(client, input, { skipExisting }), { copied: 0, size: 0, skipped: 9 });
  const etags = await Promise.all(["s/parts", "t/parts"].map(async (key) => (await headObject(client, { key })).etag));
  const compared = oss.requests.slice(asked).filter(({ operation }) => operation === "GetObjectMeta");
  assert.lengthOf(compared, etags[0] === etags[1] ? 0 : 2);
});

test("copyPrefix: another bucket as the target alone does not say where the objects are", async (t) => {
  const { client, wire } = world(t, { service });
  const error = await failureOf(copyPrefix(client, { sourcePrefix: "a/", prefix: "b/", bucket: "other-one" }));
  assert.instanceOf(error, TypeError);
  assert.include(String(error), "sourceBucket must be given");
  assert.lengthOf(wire.sent, 0);
});

test("copyPrefix: bad arguments are found before any request", async (t) => {
  const { client, wire } = world(t, { service });
  const bad: object[] = [
    {},
    { sourcePrefix: "a/" },
    { prefix: "a/" },
    { sourcePrefix: undefined, prefix: "a/" },
    { sourcePrefix: null, prefix: "a/" },
    { sourcePrefix: "a/", prefix: "a/" },
    { sourcePrefix: "a/", prefix: "a/b/" },
    { sourcePrefix: "", prefix: "a/" },
    { sourcePrefix: "a/", prefix: "a/", bucket: "other-one", sourceBucket: "other-one" },
    { sourcePrefix: "a/", prefix: "b/", sourceBucket: "No" },
  ];
  for (const input of bad) {
    const error = await failureOf(copyPrefix(client, input as CopyPrefixInput));
    assert.instanceOf(error, TypeError, JSON.stringify(input));
  }
  assert.lengthOf(wire.sent, 0);
});

test("copyPrefix: no copy lands among what is still to be copied, and a folder's marker stays", async (t) => {
  const { client } = world(t);
  await fill(client, ["a/", "a/a/x", "a/b"]);
  const error = await transferErrorOf(copyPrefix(client, { sourcePrefix: "a/", prefix: "" }));
  assert.deepEqual(error.result, { copied: 1, size: 1, skipped: 1 });
  assert.deepEqual(
    error.failures?.map(({ key }) => key),
    ["a/a/x"],
  );
  assert.deepEqual(await keysOf(client), ["a/", "a/a/x", "a/b", "b"]);
  const long = numbered(1, "k".repeat(1010))[0] ?? "";
  await fill(client, [long]);
  const refused = await transferErrorOf(copyPrefix(client, { sourcePrefix: "k", prefix: "much-too-long/" }));
  assert.match(refused.message, /0 done, 1 not.*1,023 bytes/);
});

test("copyPrefix: one that fails does not keep the others; a missing bucket does", async (t) => {
  const { client, oss } = world(t, { service });
  await fill(client, numbered(40, "a/"));
  oss.faults.add({ ...denied, operation: "CopyObject", key: "b/00007" });
  const input = { sourcePrefix: "a/", prefix: "b/" };
  const error = await transferErrorOf(copyPrefix(client, input));
  assert.deepEqual(error.result, { copied: 39, size: 39, skipped: 0 });
  assert.deepEqual(
    error.failures?.map(({ key }) => key),
    ["a/00007"],
  );
  const done = await copyPrefix(client, input, { skipExisting: true });
  assert.deepEqual(done, { copied: 1, size: 1, skipped: 39 }, "it goes on");
  const taken = await transferErrorOf(copyPrefix(client, { ...input, forbidOverwrite: true }));
  assert.lengthOf(taken.failures ?? [], 40);
  assert.propertyVal(taken.cause, "code", "FileAlreadyExists");
  const before = oss.requests.length;
  const nowhere = copyPrefix(client, { ...input, sourceBucket: bucket, bucket: "not-there" }, { concurrency: 2 });
  assert.propertyVal((await transferErrorOf(nowhere)).cause, "code", "NoSuchBucket");
  assert.isAtMost(oss.requests.length - before, 3);
  const controller = new AbortController();
  const options = { signal: controller.signal, onCopied: () => controller.abort("enough") };
  assert.equal(await failureOf(copyPrefix(client, input, options)), "enough");
});

test("copyPrefix: what is large goes in parts, few at once in all; one that fails keeps no other from it", async (t) => {
  const { client, wire, oss } = world(t, { service });
  const body = noise(250_000);
  const said = { metadata: { a: "1" }, storageClass: "IA", tagging: { a: "b" } } as const;
  const keys = numbered(4, "a/");
  for (const key of keys) await putObject(client, { key, body, ...said });
  await fill(client, ["a/small"], "12345");
  const input = { sourceBucket: bucket, sourcePrefix: "a/", bucket: "other-one", prefix: "b/" };
  const options = { multipartThreshold: 200_000, partSize: 102_400, concurrency: 3 };
  oss.faults.add({ ...denied, operation: "UploadPartCopy", key: "b/00002" });
  const error = await transferErrorOf(copyPrefix(client, input, options));
  assert.deepEqual(
    error.failures?.map(({ key }) => key),
    ["a/00002"],
  );
  assert.deepEqual(error.result, { copied: 4, size: 750_005, skipped: 0 });
  assert.deepEqual(await copyPrefix(client, input, { ...options, skipExisting: true }), {
    ...{ copied: 1, size: 250_000, skipped: 4 },
  });
  const copied = { bucket: "other-one", key: "b/00002" };
  assert.deepInclude<object>(await headObject(client, copied), { metadata: { a: "1" }, storageClass: "IA" });
  assert.deepEqual((await getObjectTagging(client, copied)).tagging, { a: "b" });
  assert.deepEqual(await bytesOf(await getObject(client, copied)), body);
  assert.isAtLeast(wire.sent.filter(({ headers }) => headers.has("x-oss-copy-source-range")).length, 12);
  assert.instanceOf(await failureOf(copyPrefix(client, input, { partSize: 1 })), RangeError);
});
