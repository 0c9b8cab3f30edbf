/** Symbolic links: made, read through, listed, copied. */
import {
  appendObject,
  copyObject,
  deleteObject,
  getObject,
  getObjectAcl,
  getObjectMeta,
  getSymlink,
  headObject,
  listObjectsV2,
  putBucketVersioning,
  putObject,
  putObjectAcl,
  putSymlink,
} from "../../../src/mod.ts";
import { assert, environment } from "../../harness.ts";
import { operationCase, presignCase } from "../cases.ts";
import { reads, sends } from "../support/canned.ts";
import { assertRefused, bytesOf, failureOf, noise, own, VERSIONS } from "../support/world.ts";

const { bucket, region } = environment;
const TARGET = "dir/\uFF5E + %.txt";

for (const signatureVersion of VERSIONS) {
  operationCase(
    "PutSymlink",
    `makes a link that reads as its target (${signatureVersion})`,
    async ({ client }) => {
      const bytes = noise(600_000);
      const { crc64 } = await putObject(client, { key: TARGET, body: bytes, contentType: "image/png" });
      const { etag } = await headObject(client, { key: TARGET });
      const metadata = { own: "link" };
      const link = { key: "link", symlinkTarget: TARGET, metadata, contentType: "text/x", storageClass: "IA" as const };
      const { etag: made, ...rest } = own(await putSymlink(client, link), 200);
      assert.deepEqual(rest, {});
      const read = await getObject(client, { key: "link" });
      assert.deepEqual(await bytesOf(read), bytes);
      const head = await headObject(client, { key: "link" });
      for (const found of [read, head]) {
        assert.deepEqual([found.etag, found.contentLength, found.crc64], [etag, bytes.length, crc64]);
        assert.deepEqual([found.metadata, found.contentType, found.storageClass], [metadata, "text/x", "IA"]);
        assert.equal(found.objectType, "Symlink");
      }
      const range = await getObject(client, { key: "link", range: [5, 9], ifMatch: etag });
      assert.deepEqual(await bytesOf(range), bytes.slice(5, 10));
      const { lastModified, ...told } = own(await getSymlink(client, { key: "link" }), 200);
      assert.deepEqual(told, { symlinkTarget: TARGET, metadata, ...(made && { etag: made }) });
      assert.instanceOf(lastModified, Date);
      assert.equal((await getObjectMeta(client, { key: "link" })).etag, made, "the link's own facts");
      const { objects } = await listObjectsV2(client, {});
      assert.deepEqual(
        objects.map(({ key, type }) => [key, type]),
        [
          [TARGET, "Normal"],
          ["link", "Symlink"],
        ],
      );
    },
    { client: { signatureVersion } },
  );
}

operationCase("PutSymlink", "follows its target wherever it goes", async ({ client }) => {
  const missing = { status: 404, code: "SymlinkTargetNotExist", ec: "0026-00000012" };
  await putSymlink(client, { key: "link", symlinkTarget: "later" });
  await assertRefused(getObject(client, { key: "link" }), missing);
  await assertRefused(headObject(client, { key: "link" }), missing);
  assert.equal((await getSymlink(client, { key: "link" })).symlinkTarget, "later");
  await putObject(client, { key: "later", body: "one" });
  assert.equal(await (await getObject(client, { key: "link" })).text(), "one");
  await putObject(client, { key: "later", body: "two" });
  assert.equal(await (await getObject(client, { key: "link" })).text(), "two");
  await putSymlink(client, { key: "over", symlinkTarget: "link" });
  const chain = { status: 400, code: "InvalidTargetType" };
  await assertRefused(getObject(client, { key: "over" }), chain);
  await deleteObject(client, { key: "link" });
  await assertRefused(getSymlink(client, { key: "link" }), { status: 404, code: "NoSuchKey" });
  assert.equal(await (await getObject(client, { key: "later" })).text(), "two");
});

let now = Date.parse("2026-01-02T03:04:05Z");
operationCase(
  "PutSymlink",
  "has the later date of its own and its target's",
  async ({ client }) => {
    const dates = [];
    for (const write of [
      () => putObject(client, { key: "a", body: "x" }),
      () => putSymlink(client, { key: "link", symlinkTarget: "a" }),
      () => putObject(client, { key: "a", body: "y" }),
    ]) {
      now += 10_000;
      await write();
      const { lastModified } = await headObject(client, { key: "link" }).catch(() => ({ lastModified: undefined }));
      dates.push(lastModified && now - lastModified.getTime());
    }
    assert.deepEqual(dates, [undefined, 0, 0]);
    const { lastModified } = await getSymlink(client, { key: "link" });
    assert.equal(lastModified?.getTime(), now - 10_000);
  },
  { service: { now: () => now }, client: { now: () => now } },
);

operationCase("PutSymlink", "keeps its own ACL, and needs that of its target", async ({ client, oss }) => {
  await putObject(client, { key: "secret", body: "x" });
  await putSymlink(client, { key: "link", symlinkTarget: "secret", acl: "public-read" });
  assert.equal((await getObjectAcl(client, { key: "link" })).acl, "public-read");
  const url = `https://${bucket}.oss-${region}.aliyuncs.com/link`;
  assert.equal((await oss.fetch(url)).status, 403);
  await putObjectAcl(client, { key: "secret", acl: "public-read" });
  assert.equal(await (await oss.fetch(url)).text(), "x");
});

operationCase("PutSymlink", "refuses what cannot be", async ({ client, oss }) => {
  await putObject(client, { key: "a", body: "x" });
  const link = (input: object): Promise<unknown> => putSymlink(client, { key: "a", symlinkTarget: "b", ...input });
  await assertRefused(link({ forbidOverwrite: true }), { status: 409, code: "FileAlreadyExists" });
  await assertRefused(getSymlink(client, { key: "a" }), { status: 400, code: "NotSymlink", ec: "0043-00000101" });
  const before = oss.requests.length;
  for (const symlinkTarget of ["", "/b", undefined, "x".repeat(1024)]) {
    assert.instanceOf(await failureOf(link({ symlinkTarget })), TypeError);
  }
  assert.lengthOf(oss.requests, before);
  await link({});
  const grown = appendObject(client, { key: "a", position: 0, body: "x" });
  await assertRefused(grown, { status: 409, code: "ObjectNotAppendable" });
});

operationCase("GetSymlink", "reads the version that it names; a copied link is a link", async ({ client }) => {
  await putBucketVersioning(client, { versioning: "Enabled" });
  await putObject(client, { key: "a", body: "one" });
  const { versionId: one = "?" } = await putSymlink(client, { key: "link", symlinkTarget: "a" });
  const { versionId: two = "?" } = await putSymlink(client, { key: "link", symlinkTarget: "none" });
  const found = [];
  for (const versionId of [one, two, undefined]) {
    const { symlinkTarget, versionId: told } = await getSymlink(client, { key: "link", versionId });
    found.push([symlinkTarget, told]);
  }
  assert.deepEqual(found, [
    ["a", one],
    ["none", two],
    ["none", two],
  ]);
  const read = await getObject(client, { key: "link", versionId: one });
  assert.deepEqual([read.versionId, await read.text()], [one, "one"]);
  await copyObject(client, { key: "copy", copySource: { bucket, key: "link", versionId: one } });
  assert.equal((await getSymlink(client, { key: "copy" })).symlinkTarget, "a");
  await deleteObject(client, { key: "a" });
  await assertRefused(getObject(client, { key: "copy" }), { status: 404, code: "SymlinkTargetNotExist" });
  await deleteObject(client, { key: "link" });
  const refused = await failureOf(getSymlink(client, { key: "link" }));
  assert.deepInclude(refused as object, { status: 404, code: "NoSuchKey" });
});

const URL = "https://photos.oss-cn-hangzhou.aliyuncs.com/a?symlink";
sends(
  putSymlink,
  "every header",
  {
    ...{ key: "a", symlinkTarget: "b/\u00E9 +?", acl: "private", storageClass: "IA", contentType: "text/x" },
    ...{ cacheControl: "no-cache", contentDisposition: "inline", contentEncoding: "br", contentLanguage: "de" },
    ...{ expires: new Date(0), metadata: { A: "1" }, tagging: { t: "1" }, forbidOverwrite: true },
    requestPayer: "requester",
  },
  {
    method: "PUT",
    url: URL,
    headers: {
      "x-oss-symlink-target": "b/%C3%A9%20%2B%3F",
      "x-oss-object-acl": "private",
      "x-oss-storage-class": "IA",
      "content-type": "text/x",
      "cache-control": "no-cache",
      "content-disposition": "inline",
      "content-encoding": "br",
      "content-language": "de",
      expires: "Thu, 01 Jan 1970 00:00:00 GMT",
      "x-oss-meta-a": "1",
      "x-oss-tagging": "t=1",
      "x-oss-forbid-overwrite": "true",
      "x-oss-request-payer": "requester",
    },
  },
);
sends(getSymlink, "the version", { key: "a", versionId: "null" }, { method: "GET", url: `${URL}&versionId=null` });
const answered = { etag: '"E"', "x-oss-version-id": "CAEQM" };
reads(putSymlink, { key: "a", symlinkTarget: "b" }, { headers: answered }, { etag: '"E"', versionId: "CAEQM" });
reads(
  getSymlink,
  { key: "a" },
  {
    headers: {
      ...answered,
      "x-oss-symlink-target": "b%2F%C3%A9+%2B",
      "last-modified": "Thu, 01 Jan 1970 00:00:00 GMT",
      "x-oss-meta-a": "1",
    },
  },
  { symlinkTarget: "b/\u00E9++", etag: '"E"', versionId: "CAEQM", lastModified: new Date(0), metadata: { a: "1" } },
);

presignCase("PutSymlink", putSymlink, { input: { key: "link", symlinkTarget: TARGET } });
presignCase("GetSymlink", getSymlink, {
  prepare: ({ client }) => putSymlink(client, { key: "link", symlinkTarget: TARGET }),
  input: { key: "link" },
});
