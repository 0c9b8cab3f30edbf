/** ListObjectVersions against the in-process OSS: one order, pages, prefixes. */
import {
  type Client,
  deleteMultipleObjects,
  deleteObject,
  each,
  type ListObjectVersionsInput,
  listObjectVersions,
  pages,
  putBucketVersioning,
  putObject,
  type VersionItem,
} from "../../../src/mod.ts";
import { assert, environment } from "../../harness.ts";
import { operationCase, presignCase } from "../cases.ts";
import { reads, sends } from "../support/canned.ts";
import { assertRefused, own } from "../support/world.ts";

const { bucket } = environment;
const ISO = "2023-12-16T16:20:57.000Z";
const date = new Date(ISO);

/** Versions of several keys; delete markers on top, between and below. Gives `key size` or `key -` in order. */
async function fill(client: Client): Promise<string[]> {
  await putObject(client, { key: "a", body: "" });
  await putBucketVersioning(client, { versioning: "Enabled" });
  for (const key of ["a", "dir/1", "dir/\uFF5E", "z"]) await putObject(client, { key, body: "1" });
  for (const key of ["a", "z", "z", "gone"]) await deleteObject(client, { key });
  for (const key of ["a", "dir/1"]) await putObject(client, { key, body: "22" });
  return ["a 2", "a -", "a 1", "a 0", "dir/1 2", "dir/1 1", "dir/\uFF5E 1", "gone -", "z -", "z -", "z 1"];
}

function show(item: VersionItem): string {
  if (item.isPrefix) return `${item.key} /`;
  return item.isDeleteMarker ? `${item.key} -` : `${item.key} ${item.size}`;
}

async function walk(client: Client, input: ListObjectVersionsInput): Promise<string[]> {
  const found: string[] = [];
  for await (const item of each(client, listObjectVersions, input)) found.push(show(item));
  return found;
}

operationCase("ListObjectVersions", "yields versions, delete markers and prefixes in one order", async ({ client }) => {
  const all = await fill(client);
  const folded = [...all.slice(0, 4), "dir/ /", ...all.slice(7)];
  for (const maxKeys of [1, 2, 3, 5, 1000]) {
    assert.deepEqual(await walk(client, { maxKeys }), all);
    assert.deepEqual(await walk(client, { maxKeys, delimiter: "/" }), folded);
    assert.deepEqual(await walk(client, { maxKeys, prefix: "dir/", delimiter: "/" }), all.slice(4, 7));
    assert.deepEqual(await walk(client, { maxKeys, keyMarker: "a" }), all.slice(4));
  }
});

operationCase("ListObjectVersions", "orders prefixes among versions by their bytes", async ({ client }) => {
  for (const key of ["\uFF5E", "\u{1F600}/1", "\u{1F601}"]) await putObject(client, { key, body: "1" });
  assert.deepEqual(await walk(client, { delimiter: "/" }), ["\uFF5E 1", "\u{1F600}/ /", "\u{1F601} 1"]);
});

operationCase("ListObjectVersions", "tells all of versions and delete markers", async ({ client }) => {
  await fill(client);
  const { entries, versions, deleteMarkers, ...rest } = own(await listObjectVersions(client, { prefix: "a" }), 200);
  const facts = { name: bucket, prefix: "a", delimiter: "", keyMarker: "", versionIdMarker: "", maxKeys: 100 };
  assert.deepEqual(rest, { ...facts, isTruncated: false, commonPrefixes: [] });
  assert.deepEqual(versions, [entries[0], entries[2], entries[3]] as unknown);
  assert.deepEqual(deleteMarkers, [entries[1]] as unknown);
  assert.deepEqual(
    entries.map(({ isLatest }) => isLatest),
    [true, false, false, false],
  );
  assert.equal(entries[3]?.versionId, "null");
  assert.equal(new Set(entries.map(({ versionId }) => versionId)).size, 4);
  const [newest] = versions;
  const { versionId, lastModified, etag, ...found } = { versionId: "", lastModified: date, etag: "", ...newest };
  assert.deepEqual(found as unknown, {
    isDeleteMarker: false,
    key: "a",
    isLatest: true,
    size: 2,
    type: "Normal",
    storageClass: "Standard",
    owner: { id: "1000000000000001", displayName: "1000000000000001" },
  });
  assert.match(etag, /^"[0-9A-F]{32}"$/);
  assert.notEqual(lastModified.getTime(), date.getTime());
  assert.match(versionId, /^CAEQ/);
});

operationCase("ListObjectVersions", "goes on where the version of a marker is gone", async ({ client }) => {
  const all = await fill(client);
  const found: string[] = [];
  for await (const page of pages(client, listObjectVersions, { maxKeys: 3 })) {
    found.push(...listObjectVersions.paging.items(page, {}).map(show));
    await deleteMultipleObjects(client, { objects: page.entries.map(({ key, versionId }) => ({ key, versionId })) });
  }
  assert.deepEqual(found, all);
  assert.deepEqual(await walk(client, {}), []);
});

operationCase("ListObjectVersions", "fails with what is wrong", async ({ client }) => {
  const missing = { status: 404, code: "NoSuchBucket", ec: "0015-00000101" };
  await assertRefused(listObjectVersions(client, { bucket: "missing" }), missing);
  const alone = listObjectVersions(client, { versionIdMarker: "null" });
  await assertRefused(alone, { status: 400, code: "InvalidArgument" });
});

sends(
  listObjectVersions,
  "every parameter",
  { prefix: "a+", delimiter: "/", maxKeys: 7, keyMarker: "b c", versionIdMarker: "CAE.QM", requestPayer: "requester" },
  {
    method: "GET",
    url:
      "https://photos.oss-cn-hangzhou.aliyuncs.com/?versions&encoding-type=url&prefix=a%2B&delimiter=%2F&max-keys=7" +
      "&key-marker=b%20c&version-id-marker=CAE.QM",
    headers: { "x-oss-request-payer": "requester" },
  },
);

const owner = { id: "1", displayName: "one" };
const common = (key: string, id: string): string =>
  `<Key>${key}</Key><VersionId>${id}</VersionId><IsLatest>true</IsLatest><LastModified>${ISO}</LastModified>` +
  "<Owner><ID>1</ID><DisplayName>one</DisplayName></Owner>";
const version = (key: string, id: string): string =>
  `<Version>${common(key, id)}<ETag>"E"</ETag><Type>Symlink</Type><Size>5</Size><StorageClass>IA</StorageClass>` +
  `<RestoreInfo>ongoing-request="true"</RestoreInfo><TransitionTime>${ISO}</TransitionTime></Version>`;
const read = (key: string, versionId: string) => ({
  ...{ isDeleteMarker: false as const, key, versionId, isLatest: true, lastModified: date, owner, etag: '"E"' },
  ...{ size: 5, type: "Symlink", storageClass: "IA", restoreInfo: 'ongoing-request="true"', transitionTime: date },
});
const marker = {
  isDeleteMarker: true as const,
  key: "b/",
  versionId: "null",
  isLatest: true,
  lastModified: date,
  owner,
};

reads(
  listObjectVersions,
  {},
  {
    body:
      "<ListVersionsResult><EncodingType>url</EncodingType><Name>photos</Name><Prefix>p%2F</Prefix>" +
      "<KeyMarker>k%2F</KeyMarker><VersionIdMarker>v%2F</VersionIdMarker><MaxKeys>9</MaxKeys>" +
      "<Delimiter>%2F</Delimiter><IsTruncated>true</IsTruncated><NextKeyMarker>n%2F</NextKeyMarker>" +
      `<NextVersionIdMarker>m</NextVersionIdMarker>${version("b%2F", "2")}<DeleteMarker >${common("b%2F", "null")}` +
      `</DeleteMarker >${version("b%2F", "1")}<CommonPrefixes><Prefix>c%2F</Prefix></CommonPrefixes></ListVersionsResult>`,
  },
  {
    ...{ name: "photos", prefix: "p/", keyMarker: "k/", versionIdMarker: "v%2F", maxKeys: 9, delimiter: "/" },
    ...{ isTruncated: true, nextKeyMarker: "n/", nextVersionIdMarker: "m", commonPrefixes: [{ prefix: "c/" }] },
    entries: [read("b/", "2"), marker, read("b/", "1")],
    versions: [read("b/", "2"), read("b/", "1")],
    deleteMarkers: [marker],
  },
);

presignCase("ListObjectVersions", listObjectVersions, {
  prepare: ({ client }) => fill(client),
  input: { prefix: "dir/ +", delimiter: "/", keyMarker: "a", versionIdMarker: "null" },
});
