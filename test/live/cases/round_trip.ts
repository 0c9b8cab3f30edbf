/** Put, head, meta, get, delete: every header and every kind of body. */
import { crc64 } from "../../../src/checksum/crc64.ts";
import {
  deleteObject,
  getObject,
  getObjectMeta,
  headObject,
  listObjectsV2,
  type ObjectBody,
  objectExists,
  putObject,
} from "../../../src/mod.ts";
import { assert } from "../../harness.ts";
import { assertHas, assertMd5Etag, bytesOf, noise } from "../checks.ts";
import { inTurns } from "../in_turns.ts";
import type { LiveCase, Site } from "../site.ts";

const utf8 = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text);

async function everyHeader(site: Site): Promise<void> {
  const { client, prefix } = site;
  const key = `${prefix}every header.bin`;
  const body = noise(777);
  const given = {
    contentType: "text/x-oss-fetch; charset=utf-8",
    cacheControl: "max-age=60, no-transform",
    contentDisposition: 'attachment; filename="a b.txt"',
    contentLanguage: "fr-CH",
    expires: new Date("2033-05-18T03:33:20Z"),
    metadata: { author: "alice", "multi-word": "a, b; c = %E4%BD%A0" },
    storageClass: "Standard",
  };
  const stored = await putObject(client, { key, body, acl: "private", ...given });
  assert.equal(stored.status, 200);
  assert.equal(stored.crc64, crc64(body));
  await assertMd5Etag(site, stored.etag, body);
  const facts = {
    ...given,
    contentLength: 777,
    etag: stored.etag,
    crc64: stored.crc64,
    objectType: "Normal",
  };

  const head = await headObject(client, { key });
  const got = await getObject(client, { key });
  for (const found of [head, got]) {
    assertHas(found, facts);
    assert.instanceOf(found.lastModified, Date);
  }
  assert.deepEqual(await bytesOf(got), body);

  const { status, contentLength, etag, lastModified } = await getObjectMeta(client, { key });
  assert.deepEqual([status, contentLength, etag, lastModified], [200, 777, stored.etag, head.lastModified]);
  const { objects } = await listObjectsV2(client, { prefix: key });
  assertHas(objects[0] ?? {}, { key, size: 777, etag: stored.etag, type: "Normal", storageClass: "Standard" });

  for (let time = 1; time <= 2; time++) assert.equal((await deleteObject(client, { key })).status, 204, `time ${time}`);
  assert.isFalse(await objectExists(client, { key }));
}

async function emptyMetadata({ client, prefix, saw }: Site): Promise<void> {
  const key = `${prefix}empty metadata`;
  assert.equal((await putObject(client, { key, body: "x", metadata: { empty: "", full: "1" } })).status, 200);
  const { metadata } = await headObject(client, { key });
  assert.deepEqual({ empty: "", ...metadata }, { empty: "", full: "1" });
  saw(`an empty value ${"empty" in metadata ? "comes back" : "is dropped"}`);
}

function streamOf(...chunks: readonly Uint8Array[]): ReadableStream<Uint8Array> {
  const rest = chunks.values();
  return new ReadableStream({
    pull(controller) {
      const { done, value } = rest.next();
      if (done) controller.close();
      else controller.enqueue(value);
    },
  });
}

interface Sample {
  readonly body: ObjectBody;
  readonly bytes: Uint8Array;
  readonly extension?: string;
  readonly contentLength?: number;
  /** The type that the service must have been told. */
  readonly type?: string;
}

function samples(): Record<string, Sample> {
  const bytes = noise(3000);
  const text = "\u{1F600} \uFF5E \u00E0\r\n";
  return {
    text: { body: text, bytes: utf8(text), extension: ".html", type: "text/html" },
    "no bytes": { body: "", bytes: utf8(""), type: "application/octet-stream" },
    "an ArrayBuffer": { body: bytes.slice().buffer, bytes, extension: ".png", type: "image/png" },
    "a view of a part": { body: bytes.subarray(10, 500), bytes: bytes.slice(10, 500) },
    "a DataView": { body: new DataView(bytes.buffer, 7, 9), bytes: bytes.slice(7, 16) },
    "a Blob": { body: new Blob([bytes], { type: "video/mp4" }), bytes, extension: ".txt", type: "video/mp4" },
    "a File": { body: new File([bytes, text], "a.bin"), bytes: new Uint8Array([...bytes, ...utf8(text)]) },
    "a stream of known length": {
      body: streamOf(bytes, bytes),
      bytes: new Uint8Array([...bytes, ...bytes]),
      contentLength: 6000,
    },
    "a stream of unknown length": {
      body: streamOf(bytes, utf8(text)),
      bytes: new Uint8Array([...bytes, ...utf8(text)]),
    },
    "a Response": { body: new Response(bytes, { headers: { "content-type": "image/gif" } }), bytes },
    "a megabyte": { body: noise(1 << 20, 7), bytes: noise(1 << 20, 7) },
  };
}

async function everyBody({ client, prefix }: Site): Promise<void> {
  await inTurns(Object.entries(samples()), async ([name, { body, bytes, extension = "", contentLength, type }]) => {
    const key = `${prefix}${name}${extension}`;
    const { crc64: sum } = await putObject(client, { key, body, contentLength });
    assert.equal(sum, crc64(bytes), name);
    const got = await getObject(client, { key });
    assert.deepEqual(await bytesOf(got), bytes, name);
    if (type !== undefined) assert.equal(got.contentType, type, name);
  });
}

export const roundTripCases: readonly LiveCase[] = [
  { name: "put, head, meta, get, list and delete, with every header", run: everyHeader },
  { name: "metadata with an empty value is signed and stored", run: emptyMetadata },
  { name: "every kind of body arrives as it was", run: everyBody },
];
