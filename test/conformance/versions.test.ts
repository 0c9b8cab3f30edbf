/** What every call on an object makes of versions: their ids, delete markers, conditions and copies. */
import {
  appendObject,
  type Client,
  type CopySource,
  completeMultipartUpload,
  copyObject,
  deleteBucket,
  deleteMultipleObjects,
  deleteObject,
  getObject,
  getObjectAcl,
  getObjectMeta,
  headObject,
  initiateMultipartUpload,
  listObjectVersions,
  listParts,
  putBucketVersioning,
  putObject,
  putObjectAcl,
  putSymlink,
  restoreObject,
  uploadPart,
  uploadPartCopy,
} from "../../src/mod.ts";

import { assert, environment } from "../harness.ts";
import { operationCase } from "./cases.ts";
import { assertRefused, own, serviceErrorOf } from "./support/world.ts";

const { bucket } = environment;
const key = "a/\uFF5E+.txt";

async function versioned(client: Client): Promise<(body: string) => Promise<string>> {
  await putBucketVersioning(client, { versioning: "Enabled" });
  return async (body) => (await putObject(client, { key, body })).versionId ?? "?";
}

operationCase("GetObject", "reads the version that it names, and the newest", async ({ client }) => {
  await putObject(client, { key, body: "zero" });
  assert.isUndefined((await headObject(client, { key })).versionId, "nothing of versions before there are any");
  const put = await versioned(client);
  const ids = ["null", await put("one"), await put("twotwo")];
  for (const [versionId, body] of [...ids.entries()].map(([i, id]) => [id, ["zero", "one", "twotwo"][i]] as const)) {
    const read = await getObject(client, { key, versionId });
    assert.deepEqual([read.versionId, await read.text()], [versionId, body]);
    const head = await headObject(client, { key, versionId });
    assert.deepEqual([head.versionId, head.contentLength, head.etag], [versionId, body?.length, read.etag]);
    const meta = await getObjectMeta(client, { key, versionId });
    assert.deepEqual([meta.versionId, meta.contentLength, meta.crc64], [versionId, body?.length, read.crc64]);
  }
  const newest = await getObject(client, { key });
  assert.deepEqual([newest.versionId, await newest.text()], [ids[2], "twotwo"]);
  const { etag } = await headObject(client, { key, versionId: "null" });
  await assertRefused(getObject(client, { key, ifMatch: etag }), { status: 412, code: "PreconditionFailed" });
  assert.equal((await getObject(client, { key, ifNoneMatch: etag, versionId: "null" })).status, 304);
  const none = { status: 404, code: "NoSuchVersion", ec: "0012-00000203" };
  await assertRefused(getObject(client, { key, versionId: "CAEQM" }), none);
  await assertRefused(headObject(client, { key: "none", versionId: "null" }), none);
  const empty = { status: 400, code: "InvalidArgument", ec: "0012-00000201" };
  await assertRefused(getObject(client, { key, query: { versionId: "" } }), empty);
});

operationCase("DeleteObject", "leaves a delete marker, which can be deleted itself", async ({ client }) => {
  const put = await versioned(client);
  const one = await put("one");
  const { versionId = "?", ...told } = own(await deleteObject(client, { key }), 204);
  assert.deepEqual(told, { deleteMarker: true });
  const hidden = await serviceErrorOf(getObject(client, { key }));
  assert.deepEqual([hidden.status, hidden.code, hidden.ec], [404, "NoSuchKey", "0026-00000001"]);
  assert.equal(hidden.headers.get("x-oss-delete-marker"), "true");
  assert.equal(hidden.headers.get("x-oss-version-id"), versionId);
  for (const call of [getObject, headObject, getObjectMeta, getObjectAcl]) {
    const refused = await serviceErrorOf(call(client, { key, versionId }));
    assert.deepEqual([refused.status, refused.code, refused.ec], [405, "MethodNotAllowed", "0017-00000002"]);
    assert.equal(refused.headers.get("x-oss-delete-marker"), "true");
  }
  assert.equal(await (await getObject(client, { key, versionId: one })).text(), "one");
  await assertRefused(deleteBucket(client, {}), { status: 409, code: "BucketNotEmpty" });
  assert.deepEqual(own(await deleteObject(client, { key, versionId }), 204), { versionId, deleteMarker: true });
  assert.equal((await headObject(client, { key })).versionId, one);
  assert.deepEqual(own(await deleteObject(client, { key, versionId: one }), 204), { versionId: one });
  await assertRefused(headObject(client, { key }), { status: 404, code: "NoSuchKey" });
  await deleteBucket(client, {});
});

operationCase("DeleteMultipleObjects", "tells versions and delete markers", async ({ client }) => {
  const put = await versioned(client);
  const [one, two] = [await put("one"), await put("two")];
  const objects = [{ key, versionId: one }, "gone", key, { key, versionId: two }];
  const { deleted } = await deleteMultipleObjects(client, { objects });
  const markers = deleted.map(({ deleteMarkerVersionId }) => deleteMarkerVersionId ?? "");
  assert.deepEqual(deleted, [
    { key, versionId: one },
    { key: "gone", deleteMarker: true, deleteMarkerVersionId: markers[1] ?? "" },
    { key, deleteMarker: true, deleteMarkerVersionId: markers[2] ?? "" },
    { key, versionId: two },
  ]);
  const left = (await listObjectVersions(client, {})).entries.map(({ versionId }) => versionId);
  assert.deepEqual(left, [markers[2], markers[1]] as string[]);
  const again = await deleteMultipleObjects(client, { objects: [{ key, versionId: markers[2] }] });
  const [versionId] = left;
  assert.deepEqual(again.deleted as unknown, [
    { key, versionId, deleteMarker: true, deleteMarkerVersionId: versionId },
  ]);
});

operationCase("PutObject", "writes the version null while versioning is suspended", async ({ client }) => {
  const put = await versioned(client);
  const one = await put("one");
  await putBucketVersioning(client, { versioning: "Suspended" });
  assert.deepEqual([await put("two"), await put("three")], ["null", "null"]);
  const ids = async (): Promise<string[]> =>
    (await listObjectVersions(client, {})).entries.map(({ versionId, isDeleteMarker }) =>
      isDeleteMarker ? `-${versionId}` : versionId,
    );
  assert.deepEqual(await ids(), ["null", one]);
  assert.equal(await (await getObject(client, { key, versionId: "null" })).text(), "three");
  assert.deepEqual(own(await deleteObject(client, { key }), 204), { versionId: "null", deleteMarker: true });
  assert.deepEqual(await ids(), ["-null", one], "the marker replaces the version null");
  await putBucketVersioning(client, { versioning: "Enabled" });
  const two = await put("two");
  assert.deepEqual(await ids(), [two, "-null", one]);
  // What overwrites nothing need not be forbidden.
  const { versionId } = await putObject(client, { key, body: "x", forbidOverwrite: true });
  assert.match(versionId ?? "", /^CAEQ/);
});

operationCase("CopyObject", "brings back an older version, and tells both", async ({ client }) => {
  const put = await versioned(client);
  const { versionId: one = "?" } = await putObject(client, { key, body: "one", metadata: { a: "1" } });
  const two = await put("two");
  const copySource = { bucket, key };
  const { versionId = "?", copySourceVersionId } = await copyObject(client, {
    key,
    copySource: { ...copySource, versionId: one },
  });
  assert.equal(copySourceVersionId, one);
  assert.notInclude([one, two], versionId);
  const head = await headObject(client, { key });
  assert.deepEqual([head.versionId, head.metadata, head.contentLength], [versionId, { a: "1" }, 3]);
  const { etag } = await headObject(client, { key, versionId: two });
  const conditional = (source: string): Promise<unknown> =>
    copyObject(client, { key: "b", copySource: { ...copySource, versionId: source }, copySourceIfMatch: etag });
  await conditional(two);
  await assertRefused(conditional(one), { status: 412, code: "PreconditionFailed" });
  await assertRefused(conditional("CAEQ"), { status: 404, code: "NoSuchVersion", ec: "0012-00000203" });
  const { versionId: marker = "?" } = await deleteObject(client, { key });
  await assertRefused(copyObject(client, { key: "b", copySource }), { status: 404, code: "NoSuchKey" });
  await assertRefused(conditional(marker), { status: 404, code: "NoSuchKey", ec: "0016-00000307" });
  for (const [query, ec] of [
    ["versionId=", "0016-00000305"],
    ["unknown=x", "0016-00000304"],
  ] as const) {
    const headers = { "x-oss-copy-source": `/${bucket}/b?${query}` };
    const refused = copyObject(client, { key: "c", copySource, headers });
    await assertRefused(refused, { status: 400, code: "InvalidArgument", ec });
  }
});

operationCase("AppendObject", "grows the newest version in its place", async ({ client }) => {
  await putBucketVersioning(client, { versioning: "Enabled" });
  const append = (position: number, body: string) => appendObject(client, { key, position, body });
  const { versionId: one = "?" } = await append(0, "one");
  assert.equal((await append(3, "two")).versionId, one);
  assert.lengthOf((await listObjectVersions(client, {})).versions, 1);
  await deleteObject(client, { key });
  await assertRefused(append(6, "three"), { status: 409, code: "PositionNotEqualToLength" });
  assert.notEqual((await append(0, "new")).versionId, one);
  assert.equal(await (await getObject(client, { key, versionId: one })).text(), "onetwo");
  const named = appendObject(client, { key, position: 3, body: "x", query: { versionId: one } });
  await assertRefused(named, { status: 400, code: "InvalidArgument", ec: "0016-00000504" });
  await putObject(client, { key, body: "plain" });
  await assertRefused(append(5, "x"), { status: 409, code: "ObjectNotAppendable" });
});

operationCase("PutObjectAcl", "is about one version", async ({ client, oss }) => {
  const put = await versioned(client);
  const [one, two] = [await put("one"), await put("two")];
  assert.equal((await putObjectAcl(client, { key, acl: "public-read", versionId: one })).versionId, one);
  const acls = [];
  for (const versionId of [one, two, undefined]) {
    const { acl, versionId: told } = await getObjectAcl(client, { key, versionId });
    acls.push([acl, told]);
  }
  assert.deepEqual(acls, [
    ["public-read", one],
    ["default", two],
    ["default", two],
  ]);
  const { region } = environment;
  const url = `https://${bucket}.oss-${region}.aliyuncs.com/${encodeURIComponent(key)}`;
  assert.equal((await oss.fetch(url)).status, 403);
  assert.equal(await (await oss.fetch(`${url}?versionId=${one}`)).text(), "one");
  assert.equal((await listObjectVersions(client, {})).versions[0]?.versionId, two, "the order stays");
});

operationCase("CompleteMultipartUpload", "makes a version", async ({ client }) => {
  const put = await versioned(client);
  const one = await put("one");
  const { uploadId } = await initiateMultipartUpload(client, { key });
  const { etag = "" } = await uploadPart(client, { key, uploadId, partNumber: 1, body: "parts" });
  const parts = [{ partNumber: 1, etag }];
  const { versionId = "?" } = await completeMultipartUpload(client, { key, uploadId, parts, forbidOverwrite: true });
  const { versions } = await listObjectVersions(client, {});
  assert.deepEqual(
    versions.map((version) => [version.versionId, version.type]),
    [
      [versionId, "Multipart"],
      [one, "Normal"],
    ],
  );
});

operationCase("UploadPartCopy", "copies a version, and what a link points to", async ({ client }) => {
  const put = await versioned(client);
  const [one] = [await put("one"), await put("two")];
  const { versionId: link = "?" } = await putSymlink(client, { key: "link", symlinkTarget: key });
  const { uploadId } = await initiateMultipartUpload(client, { key: "copy" });
  const copy = (copySource: CopySource) => uploadPartCopy(client, { key: "copy", uploadId, partNumber: 1, copySource });
  const bodies = [];
  for (const source of [
    { bucket, key, versionId: one },
    { bucket, key: "link" },
  ]) {
    const { etag = "", copySourceVersionId } = await copy(source);
    assert.equal(copySourceVersionId, source.versionId ?? link);
    const { parts } = await listParts(client, { key: "copy", uploadId });
    assert.equal(parts[0]?.etag, etag);
    bodies.push(parts[0]?.crc64);
  }
  const crcs = [];
  for (const versionId of [one, undefined]) crcs.push((await headObject(client, { key, versionId })).crc64);
  assert.deepEqual(bodies, crcs);
  await assertRefused(copy({ bucket, key, versionId: "CAEQ" }), { status: 404, code: "NoSuchVersion" });
});

operationCase(
  "RestoreObject",
  "is about one version",
  async ({ client }) => {
    const archived = { key, body: "x", storageClass: "Archive" } as const;
    const { versionId: one = "?" } = await putObject(client, archived);
    const { versionId: two = "?" } = await putObject(client, archived);
    assert.equal((await restoreObject(client, { key, versionId: one })).versionId, one);
    const restore = async (versionId: string) => (await headObject(client, { key, versionId })).restore;
    assert.equal(await restore(one), 'ongoing-request="true"');
    assert.isUndefined(await restore(two));
    const { versions } = await listObjectVersions(client, {});
    assert.deepEqual(
      versions.map(({ versionId, restoreInfo }) => [versionId, restoreInfo !== undefined]),
      [
        [two, false],
        [one, true],
      ],
    );
  },
  { service: { buckets: [{ name: bucket, versioning: "Enabled" }] } },
);
