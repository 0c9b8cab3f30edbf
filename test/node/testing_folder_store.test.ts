import { appendFile, mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import {
  type Client,
  createClient,
  deleteObject,
  getObject,
  listObjectVersions,
  putBucketVersioning,
  putObject,
} from "../../src/mod.ts";
import { createTestOSS, type TestOSS } from "../../src/testing/mod.ts";
import { folderStore } from "../../src/testing/node/mod.ts";
import { assert, test } from "../harness.ts";

const HOST = "https://photos.oss-cn-hangzhou.aliyuncs.com";
const BIG = new Uint8Array(700_000).map((_, i) => (i * 13) >> 2);

async function inFolder(run: (folder: string, start: () => TestOSS) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(path.join(tmpdir(), "oss-fetch-"));
  const buckets = [{ name: "photos", acl: "public-read-write" }] as const;
  try {
    await run(folder, () => createTestOSS({ store: folderStore(folder), buckets }));
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function text(oss: TestOSS, key: string): Promise<string> {
  return (await oss.fetch(`${HOST}/${key}`)).text();
}

const pieces = (folder: string): Promise<string[]> => readdir(path.join(folder, "pieces"));

test("testing/folder_store: objects, ACLs, appends and open uploads survive a restart", async () => {
  await inFolder(async (folder, start) => {
    const first = start();
    const put = { method: "PUT", body: BIG, headers: { "x-oss-meta-a": "1", "content-type": "application/x-a" } };
    const { headers } = await first.fetch(`${HOST}/a%2F..%2Fb`, put);
    await first.fetch(`${HOST}/copy`, { method: "PUT", headers: { "x-oss-copy-source": "/photos/a%2F..%2Fb" } });
    await first.fetch(`${HOST}/gone`, { method: "PUT", body: "x" });
    await first.fetch(`${HOST}/gone`, { method: "DELETE" });
    await first.fetch(`${HOST}/log?append&position=0`, { method: "POST", body: "one" });
    const begun = await (await first.fetch(`${HOST}/big?uploads`, { method: "POST" })).text();
    const id = /<UploadId>(\w+)</.exec(begun)?.[1];
    await first.fetch(`${HOST}/big?partNumber=1&uploadId=${id}`, { method: "PUT", body: "part" });
    const second = start();
    const get = await second.fetch(`${HOST}/a%2F..%2Fb`);
    assert.isTrue(Buffer.from(await get.arrayBuffer()).equals(BIG));
    for (const name of ["etag", "x-oss-hash-crc64ecma"]) assert.equal(get.headers.get(name), headers.get(name));
    assert.equal(get.headers.get("x-oss-meta-a"), "1");
    await second.fetch(`${HOST}/log?append&position=3`, { method: "POST", body: "two" });
    assert.equal(await text(second, "log"), "onetwo");
    assert.equal((await second.fetch(`${HOST}/gone`)).status, 404);
    const done = await second.fetch(`${HOST}/big?uploadId=${id}`, {
      method: "POST",
      headers: { "x-oss-complete-all": "yes" },
    });
    assert.equal(done.status, 200, await done.text());
    assert.equal(await text(start(), "big"), "part");
    await second.fetch(`${HOST}/a%2F..%2Fb`, { method: "DELETE" });
    const copy = await start().fetch(`${HOST}/copy`);
    assert.isTrue(Buffer.from(await copy.arrayBuffer()).equals(BIG), "copies share bytes, and keep them");
    assert.lengthOf(await pieces(folder), 4);
  });
});

test("testing/folder_store: versions and delete markers survive a restart, in their order", async () => {
  await inFolder(async (folder, start) => {
    const { fetch, credentials } = start();
    const client = createClient({ region: "cn-hangzhou", bucket: "photos", credentials, fetch });
    const put = async (body: string): Promise<string> =>
      (await putObject(client, { key: "a", body })).versionId ?? "none";
    const ids = [await put("zero")];
    await putBucketVersioning(client, { versioning: "Enabled" });
    ids.push(await put("one"), await put("two"));
    await putBucketVersioning(client, { versioning: "Suspended" });
    await put("null");
    await putBucketVersioning(client, { versioning: "Enabled" });
    ids.push((await deleteObject(client, { key: "a" })).versionId ?? "none");
    const [, one = "", , marker = ""] = ids;
    await deleteObject(client, { key: "a", versionId: one });
    const before = await listObjectVersions(client, {});
    const again = (oss: TestOSS): Client => createClient({ ...oss.clientOptions, bucket: "photos" });
    const second = again(start());
    const { entries } = await listObjectVersions(second, {});
    assert.deepEqual(entries, before.entries);
    assert.deepEqual(
      entries.map(({ versionId, isLatest }) => [versionId, isLatest]),
      [
        [marker, true],
        ["null", false],
        [ids[2] ?? "", false],
      ],
    );
    await deleteObject(second, { key: "a", versionId: marker });
    const third = again(start());
    assert.equal(await (await getObject(third, { key: "a" })).text(), "null");
    assert.equal(await (await getObject(third, { key: "a", versionId: ids[2] })).text(), "two");
    await putObject(third, { key: "a", body: "newest" });
    const last = await listObjectVersions(third, {});
    assert.deepEqual(
      last.entries.map(({ versionId, isLatest }) => [versionId === last.entries[0]?.versionId || versionId, isLatest]),
      [
        [true, true],
        ["null", false],
        [ids[2] ?? "", false],
      ],
    );
    assert.lengthOf(await pieces(folder), 3);
  });
});

test("testing/folder_store: what nobody refers to is removed, also what was cut off", async () => {
  await inFolder(async (folder, start) => {
    const oss = start();
    await oss.fetch(`${HOST}/a`, { method: "PUT", body: "one" });
    await oss.fetch(`${HOST}/a`, { method: "PUT", body: "two" });
    assert.lengthOf(await pieces(folder), 1);
    await oss.fetch(`${HOST}/a`, { method: "PUT", body: "x", headers: { "content-md5": "1B2M2Y8AsgTpgAmY7PhCfg==" } });
    oss.faults.add({ kind: "reset", at: 0.5 });
    await oss.fetch(`${HOST}/a`, { method: "PUT", body: BIG }).catch(() => {});
    assert.lengthOf(await pieces(folder), 1);
    assert.equal(await text(oss, "a"), "two");
    const slow = await oss.fetch(`${HOST}/big`, { method: "PUT", body: BIG }).then(() => oss.fetch(`${HOST}/big`));
    await oss.fetch(`${HOST}/big`, { method: "DELETE" });
    assert.lengthOf(
      (await slow.bytes?.()) ?? new Uint8Array(await slow.arrayBuffer()),
      BIG.length,
      "a reader outlives the object",
    );
    await oss.clear();
    assert.deepEqual(await pieces(folder), []);
  });
});

test("testing/folder_store: a torn last line of the journal costs that change only", async () => {
  await inFolder(async (folder, start) => {
    await start().fetch(`${HOST}/a`, { method: "PUT", body: "one" });
    const journal = path.join(folder, "journal.jsonl");
    await appendFile(journal, '{"path":["object","photos","b"],"val');
    const oss = start();
    assert.equal(await text(oss, "a"), "one");
    assert.equal((await oss.fetch(`${HOST}/b`)).status, 404);
    await oss.fetch(`${HOST}/c`, { method: "PUT", body: "three" });
    assert.equal(await text(start(), "c"), "three");
    assert.notInclude(await readFile(journal, "utf8"), '"val\n');
  });
});
