/** Copies and appends. */
import { crc64 } from "../../../src/checksum/crc64.ts";
import { appendObject, copyObject, getObject, headObject, putObject } from "../../../src/mod.ts";
import { assert } from "../../harness.ts";
import { assertHas, assertRefused, bytesOf, noise } from "../checks.ts";
import type { LiveCase, Site } from "../site.ts";

const ODD = ["plain", "\uFF5E \u{1F600}", "% + %2B", "a//b", "a/../b", "0012"];

async function copies(site: Site): Promise<void> {
  const { client, bucket, prefix } = site;
  const body = noise(2000);
  for (const name of ODD) {
    const key = `${prefix}from/${name}`;
    const source = { bucket, key };
    const { crc64: sum, etag } = await putObject(client, { key, body, contentType: "image/png", metadata: { a: "1" } });
    const target = { key: `${prefix}to/${name}`, copySource: source };
    const copied = await copyObject(client, { ...target, copySourceIfMatch: etag });
    assert.match(copied.etag ?? "", /^".+"$/);
    assert.instanceOf(copied.lastModified, Date);
    if (copied.crc64 === undefined) site.saw("the answer to a copy names no CRC-64");
    else assert.equal(copied.crc64, sum);
    const got = await getObject(client, { key: target.key });
    assertHas(got, { contentType: "image/png", metadata: { a: "1" } });
    assert.deepEqual(await bytesOf(got), body, name);
    await copyObject(client, {
      ...target,
      metadataDirective: "REPLACE",
      contentType: "image/gif",
      metadata: { b: "2" },
    });
    const replaced = await headObject(client, { key: target.key });
    assertHas(replaced, { contentType: "image/gif", metadata: { b: "2" }, contentLength: 2000 });
    const pinned = copyObject(client, { ...target, copySourceIfMatch: '"0123456789ABCDEF0123456789ABCDEF"' });
    await assertRefused(site, pinned, { status: 412, code: "PreconditionFailed" });
  }
}

async function appends(site: Site): Promise<void> {
  const { client, prefix } = site;
  const key = `${prefix}log.bin`;
  const pieces = [noise(1000, 1), noise(1, 2), noise(3000, 3)];
  let [position, sum]: [number, bigint] = [0, 0n];
  for (const body of pieces) {
    const given = position === 0 ? { contentType: "image/png", metadata: { first: "yes" } } : {};
    const answer = await appendObject(client, { key, position, body, initialCrc64: sum, ...given });
    sum = crc64(body, sum);
    position += body.length;
    assert.deepEqual([answer.nextPosition, answer.crc64], [position, sum]);
  }
  const got = await getObject(client, { key });
  const facts = { objectType: "Appendable", nextAppendPosition: 4001, contentType: "image/png", crc64: sum };
  assertHas(got, facts);
  assert.deepEqual(got.metadata, { first: "yes" });
  assert.deepEqual(await bytesOf(got), new Uint8Array(pieces.flatMap((piece) => [...piece])));
}

async function misplaced(site: Site): Promise<void> {
  const { client, prefix } = site;
  const key = `${prefix}log.bin`;
  await appendObject(client, { key, position: 0, body: "hello" });
  for (const position of [0, 3, 9]) {
    const call = appendObject(client, { key, position, body: "x" });
    const error = await assertRefused(site, call, { status: 409, code: "PositionNotEqualToLength" });
    assert.equal(error.headers.get("x-oss-next-append-position"), "5");
  }
  const put = `${prefix}put.bin`;
  await putObject(client, { key: put, body: "hello" });
  await assertRefused(site, appendObject(client, { key: put, position: 5, body: "x" }), {
    status: 409,
    code: "ObjectNotAppendable",
  });
}

export const copyAppendCases: readonly LiveCase[] = [
  { name: "copies keep or replace what the source has, under odd keys", run: copies },
  { name: "appends go on where the last one ended, CRC-64 included", run: appends },
  { name: "appends at a wrong place, or to an object that takes none", run: misplaced },
];
