/** copy: in one request or in parts, the same object comes out; of a source that changes, none. */
import {
  copy,
  createSlots,
  getObject,
  getObjectAcl,
  getObjectTagging,
  headObject,
  listMultipartUploads,
  type Progress,
  putBucketVersioning,
  putObject,
  putSymlink,
} from "../../src/mod.ts";
import { assert, environment, test } from "../harness.ts";
import { keysOf } from "./support/walks.ts";
import { bytesOf, failureOf, noise, VERSIONS, type World, world } from "./support/world.ts";

const { bucket } = environment;
const service = { buckets: [bucket, "other-one"] };
const PART = 102_400;
const SIZE = 3 * PART + 1;
const inParts = { multipartThreshold: 0, partSize: PART } as const;
const WAYS = [
  ["in one request", {}],
  ["in parts", inParts],
] as const;
const FACTS = {
  ...{
    contentType: "text/x-odd",
    cacheControl: "max-age=7",
    contentDisposition: "inline",
    contentEncoding: "identity",
  },
  ...{ contentLanguage: "de", expires: new Date(1_900_000_000_000), metadata: { by: "me", "x-y": "a  b" } },
} as const;
const tagging = { "a +=": "x:/ y", b: "" };

function operations({ wire }: World): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { method, headers, url } of wire.sent) {
    const query = [...url.searchParams.keys()].filter((name) => /uploads|uploadId|partNumber|tagging|acl/.test(name));
    const name = [method, ...query, ...(headers.has("x-oss-copy-source") ? ["copy"] : [])].join(" ");
    counts[name] = (counts[name] ?? 0) + 1;
  }
  return counts;
}

async function facts({ client }: World, key: string, of = bucket): Promise<object> {
  const { contentType, cacheControl, contentDisposition, contentEncoding, contentLanguage, expires, metadata } =
    await headObject(client, { bucket: of, key });
  return { contentType, cacheControl, contentDisposition, contentEncoding, contentLanguage, expires, metadata };
}

for (const [way, options] of WAYS) {
  for (const signatureVersion of VERSIONS) {
    test(`copy ${way}: bytes, headers, metadata and tags, within a bucket and to another (${signatureVersion})`, async (t) => {
      const made = world(t, { service, client: { signatureVersion } });
      const { client, wire } = made;
      const body = noise(SIZE);
      const key = "a b/\u{1F600}?x";
      const { crc64 } = await putObject(client, { key, body, ...FACTS, tagging, storageClass: "IA", acl: "private" });
      for (const target of [bucket, "other-one"]) {
        const copied = await copy(
          client,
          { sourceKey: key, key: "c/d", bucket: target, sourceBucket: bucket },
          options,
        );
        assert.deepInclude<object>(copied, { size: SIZE, crc64, status: 200 });
        assert.equal(copied.uploadId !== undefined, way === "in parts");
        assert.deepEqual(await bytesOf(await getObject(client, { bucket: target, key: "c/d" })), body);
        assert.deepEqual<object>(await facts(made, "c/d", target), FACTS);
        assert.deepEqual((await getObjectTagging(client, { bucket: target, key: "c/d" })).tagging, tagging);
        assert.equal((await headObject(client, { bucket: target, key: "c/d" })).storageClass, "Standard");
        assert.equal((await getObjectAcl(client, { bucket: target, key: "c/d" })).acl, "default");
      }
      assert.lengthOf(wire.openRequests(), 0);
    });
  }

  test(`copy ${way}: what is replaced is replaced as a whole, what is given is given`, async (t) => {
    const made = world(t);
    const { client } = made;
    await putObject(client, { key: "a", body: noise(SIZE), ...FACTS, tagging });
    const fresh = { contentType: "text/plain", metadata: { fresh: "1" } };
    const given = { storageClass: "IA", acl: "public-read", serverSideEncryption: "AES256" } as const;
    await copy(client, { sourceKey: "a", key: "b", metadataDirective: "REPLACE", ...fresh, ...given }, options);
    const { cacheControl, expires, ...rest } = await headObject(client, { key: "b" });
    assert.deepInclude<object>(rest, { ...fresh, storageClass: "IA", serverSideEncryption: "AES256" });
    assert.deepEqual([cacheControl, expires], [undefined, undefined]);
    assert.equal((await getObjectAcl(client, { key: "b" })).acl, "public-read");
    assert.deepEqual((await getObjectTagging(client, { key: "b" })).tagging, tagging);
    await copy(client, { sourceKey: "a", key: "c", tagging: { only: "this" } }, options);
    assert.deepEqual((await getObjectTagging(client, { key: "c" })).tagging, { only: "this" });
    assert.deepEqual<object>(await facts(made, "c"), FACTS);
    await copy(client, { sourceKey: "a", key: "d", taggingDirective: "Replace" }, options);
    assert.deepEqual((await getObjectTagging(client, { key: "d" })).tagging, {});
  });

  test(`copy ${way}: onto itself it changes what is given, and loses nothing`, async (t) => {
    const made = world(t);
    const { client } = made;
    const body = noise(SIZE);
    await putObject(client, { key: "a", body, ...FACTS, tagging, acl: "public-read", storageClass: "Standard" });
    await copy(client, { sourceKey: "a", key: "a", storageClass: "IA" }, options);
    assert.deepEqual<object>(await facts(made, "a"), FACTS);
    assert.equal((await headObject(client, { key: "a" })).storageClass, "IA");
    await copy(client, { sourceKey: "a", key: "a", metadataDirective: "REPLACE", cacheControl: "no-cache" }, options);
    const { cacheControl, contentLanguage, storageClass } = await headObject(client, { key: "a" });
    assert.deepEqual([cacheControl, contentLanguage, storageClass], ["no-cache", undefined, "IA"]);
    assert.equal((await getObjectAcl(client, { key: "a" })).acl, "public-read");
    assert.deepEqual((await getObjectTagging(client, { key: "a" })).tagging, tagging);
    assert.deepEqual(await bytesOf(await getObject(client, { key: "a" })), body);
  });

  test(`copy ${way}: an old version becomes the current one`, async (t) => {
    const made = world(t);
    const { client } = made;
    await putBucketVersioning(client, { versioning: "Enabled" });
    const { versionId = "" } = await putObject(client, { key: "a", body: noise(SIZE), ...FACTS });
    await putObject(client, { key: "a", body: "new" });
    const copied = await copy(client, { sourceKey: "a", key: "a", sourceVersionId: versionId }, options);
    assert.notEqual(copied.versionId, versionId);
    assert.deepEqual(await bytesOf(await getObject(client, { key: "a" })), noise(SIZE));
    assert.deepEqual<object>(await facts(made, "a"), FACTS);
  });

  test(`copy ${way}: each request says who pays; an existing object is kept where it is to be`, async (t) => {
    const { client, wire } = world(t);
    await putObject(client, { key: "a", body: noise(SIZE), tagging });
    const { length } = wire.sent;
    await copy(client, { sourceKey: "a", key: "b", requestPayer: "requester" }, options);
    const sent = wire.sent.slice(length);
    assert.isAtLeast(sent.length, 2);
    for (const { headers } of sent) assert.equal(headers.get("x-oss-request-payer"), "requester");
    const error = await failureOf(copy(client, { sourceKey: "a", key: "b", forbidOverwrite: true }, options));
    assert.match(String(error), /FileAlreadyExists/);
  });
}

test("copy: up to the threshold it is one request, above it parts; a link is copied as a link", async (t) => {
  const made = world(t);
  const { client } = made;
  await putObject(client, { key: "a", body: noise(SIZE) });
  const source = { sourceKey: "a", key: "b" };
  await copy(client, source, { multipartThreshold: SIZE, partSize: PART });
  await copy(client, source, { multipartThreshold: SIZE - 1, partSize: PART });
  assert.deepEqual(operations(made), {
    ...{ PUT: 1, HEAD: 3, "PUT copy": 1 },
    ...{ "POST uploads": 1, "PUT partNumber uploadId copy": 4, "POST uploadId": 1 },
  });
  await putSymlink(client, { key: "link", symlinkTarget: "a" });
  const told: Progress[] = [];
  const options = { ...inParts, onProgress: (progress: Progress) => told.push(progress) };
  await copy(client, { sourceKey: "link", key: "link-2" }, options);
  // How long a link is, the service does not say: its headers are those of its target.
  assert.deepEqual(told.at(-1)?.parts.done, 1);
  assert.isTrue(told.every(({ total }) => total === undefined));
  assert.equal((await headObject(client, { key: "link-2" })).objectType, "Symlink");
});

test("copy: bad arguments are found before any request", async (t) => {
  const { client, wire } = world(t);
  const bad: readonly (readonly [object, object?])[] = [
    [{ key: "a" }],
    [{ sourceKey: "a" }],
    [{ sourceKey: "/a", key: "b" }],
    [{ sourceKey: "a", key: "b", bucket: "other-one" }],
    [{ sourceKey: "a", key: "b", metadata: { a: "b" } }],
    [{ sourceKey: "a", key: "b", contentType: "text/plain", metadataDirective: "COPY" }],
    [{ sourceKey: "a", key: "b", tagging: { a: "b" }, taggingDirective: "Copy" }],
    [{ sourceKey: "a", key: "b", metadataDirective: "REPLACE", metadata: { "a b": "c" } }],
    [{ sourceKey: "a", key: "b" }, { partSize: 1 }],
    [{ sourceKey: "a", key: "b" }, { multipartThreshold: -1 }],
    [{ sourceKey: "a", key: "b" }, { concurrency: 0 }],
    [{ sourceKey: "a", key: "b" }, { timeout: 0 }],
    [{ sourceKey: "a", key: "b" }, { onProgress: 1 }],
  ];
  for (const [input, options] of bad) {
    const error = await failureOf(copy(client, input as never, options as never));
    assert.match((error as Error).name, /^(Type|Range)Error$/, JSON.stringify([input, options]));
  }
  const ignored = await failureOf(copy(client, { sourceKey: "a", key: "b", metadata: {} }));
  assert.include(String(ignored), 'metadata needs metadataDirective "REPLACE"');
  assert.lengthOf(wire.sent, 0);
  const missing = await failureOf(copy(client, { sourceKey: "none", key: "b" }, inParts));
  assert.deepInclude(missing, { status: 404 });
});

test("copy: progress ends at the total; slots bound the requests of several copies", async (t) => {
  const { client, wire } = world(t);
  await putObject(client, { key: "a", body: noise(SIZE) });
  const seen: number[] = [];
  let held = 0;
  let most = 0;
  const pool = createSlots(2);
  const slots: typeof pool = {
    async take(signal, priority) {
      assert.equal(priority, 3);
      const release = await pool.take(signal, priority);
      most = Math.max(most, ++held);
      return () => {
        held--;
        release();
      };
    },
  };
  const options = { ...inParts, slots, priority: 3 };
  await Promise.all([
    copy(client, { sourceKey: "a", key: "b" }, { ...options, onProgress: (now) => seen.push(now.acknowledged) }),
    copy(client, { sourceKey: "a", key: "c" }, options),
  ]);
  assert.deepEqual([most, held], [2, 0]);
  assert.deepEqual(
    seen,
    seen.toSorted((a, b) => a - b),
  );
  assert.lengthOf([...new Set(seen)], 5, "nothing, and then part by part");
  assert.equal(seen.at(-1), SIZE);
  assert.lengthOf(wire.openRequests(), 0);
  assert.lengthOf((await listMultipartUploads(client, {})).uploads, 0);
  assert.deepEqual(await keysOf(client), ["a", "b", "c"]);
});
