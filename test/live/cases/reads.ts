/** Ranges, conditions, and headers that a read asks for. */
import { getObject, headObject, putObject } from "../../../src/mod.ts";
import { assert } from "../../harness.ts";
import { assertRefused, bytesOf, noise } from "../checks.ts";
import type { LiveCase, Site } from "../site.ts";

const SIZE = 1000;

async function ranges(site: Site): Promise<void> {
  const { client, prefix } = site;
  const key = `${prefix}range.png`;
  const body = noise(SIZE);
  const { crc64, etag } = await putObject(client, { key, body });
  const wanted: readonly (readonly [range: readonly [number, number?], first: number, end: number])[] = [
    [[0, 0], 0, 1],
    [[10, 19], 10, 20],
    [[500, 2000], 500, SIZE],
    [[990], 990, SIZE],
    [[-10], SIZE - 10, SIZE],
  ];
  for (const [range, first, end] of wanted) {
    const part = await getObject(client, { key, range });
    const { status, contentRange, contentLength } = part;
    assert.deepEqual([status, contentRange, contentLength], [206, `bytes ${first}-${end - 1}/${SIZE}`, end - first]);
    assert.deepEqual([part.crc64, part.etag], [crc64, etag], "the whole object's");
    assert.deepEqual(await bytesOf(part), body.slice(first, end));
  }
  await assertRefused(site, getObject(client, { key, range: [SIZE] }), { status: 416, code: "InvalidRange" });
}

async function lenientRanges({ client, prefix, saw }: Site): Promise<void> {
  const key = `${prefix}lenient.png`;
  const body = noise(SIZE);
  await putObject(client, { key, body });
  for (const [range, status, length] of [
    ["bytes=0-9", 206, 10],
    ["bytes=500-2000", 200, SIZE],
    ["bytes=1000-", 200, SIZE],
    ["bytes=9-0", 200, SIZE],
  ] as const) {
    const answer = await client.send({ method: "GET", key, headers: { range } });
    assert.equal(answer.status, status, range);
    assert.equal((await bytesOf(answer)).length, length, range);
    saw(`${range} without x-oss-range-behavior: ${answer.status}`);
  }
}

async function conditions(site: Site): Promise<void> {
  const { client, prefix } = site;
  const key = `${prefix}condition.png`;
  const { etag } = await putObject(client, { key, body: "hello" });
  const { lastModified = new Date(0) } = await headObject(client, { key });
  const before = new Date(lastModified.getTime() - 60_000);
  const failed = { status: 412, code: "PreconditionFailed" };
  for (const read of [getObject, headObject]) {
    for (const same of [{ ifNoneMatch: etag }, { ifModifiedSince: lastModified }]) {
      const { status, headers } = await read(client, { key, ...same });
      assert.equal(status, 304, JSON.stringify(same));
      site.saw(`304 of ${read.operationName} names the ETag: ${headers.get("etag") === etag}`);
    }
    for (const changed of [
      { ifNoneMatch: '"0123456789ABCDEF0123456789ABCDEF"' },
      { ifModifiedSince: before },
      { ifMatch: etag },
      { ifUnmodifiedSince: lastModified },
    ]) {
      assert.equal((await read(client, { key, ...changed })).status, 200, JSON.stringify(changed));
    }
    await assertRefused(site, read(client, { key, ifMatch: '"0123456789ABCDEF0123456789ABCDEF"' }), failed);
    await assertRefused(site, read(client, { key, ifUnmodifiedSince: before }), failed);
  }
}

async function overrides({ client, prefix }: Site): Promise<void> {
  const key = `${prefix}override.png`;
  await putObject(client, { key, body: "hello", cacheControl: "max-age=1" });
  const answer = await getObject(client, {
    key,
    responseContentType: "text/plain; charset=utf-8",
    responseCacheControl: "no-store",
    responseContentLanguage: "de",
    responseContentDisposition: "attachment; filename*=UTF-8''%EF%BD%9E%2B.txt",
  });
  const { contentType, cacheControl, contentLanguage, contentDisposition } = answer;
  assert.deepEqual([contentType, cacheControl, contentLanguage], ["text/plain; charset=utf-8", "no-store", "de"]);
  assert.equal(contentDisposition, "attachment; filename*=UTF-8''%EF%BD%9E%2B.txt");
  assert.equal(await answer.text(), "hello");
}

export const readCases: readonly LiveCase[] = [
  { name: "ranges: inside, past the end, from the end, unsatisfiable", run: ranges },
  { name: "without x-oss-range-behavior a range that does not fit is the whole object", run: lenientRanges },
  { name: "conditions: 304 and 412, of GET and HEAD", run: conditions },
  { name: "a signed read chooses the answer's headers", run: overrides },
];
