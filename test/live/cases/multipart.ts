/** Multipart uploads, call by call. */
import { crc64 } from "../../../src/checksum/crc64.ts";
import {
  abortMultipartUpload,
  type Client,
  completeMultipartUpload,
  each,
  getObject,
  initiateMultipartUpload,
  listMultipartUploads,
  listParts,
  type UploadedPart,
  uploadPart,
} from "../../../src/mod.ts";
import { assert } from "../../harness.ts";
import { assertHas, assertRefused, bytesOf, noise } from "../checks.ts";
import type { LiveCase, Site } from "../site.ts";

const PART = 100 * 1024;

interface Upload {
  readonly key: string;
  readonly uploadId: string;
}

async function begin(client: Client, key: string): Promise<Upload> {
  const { uploadId } = await initiateMultipartUpload(client, { key, contentType: "video/mp4", metadata: { a: "1" } });
  return { key, uploadId };
}

async function send(client: Client, upload: Upload, partNumber: number, body: Uint8Array) {
  const { etag = "", crc64: sum } = await uploadPart(client, { ...upload, partNumber, body });
  assert.equal(sum, crc64(body));
  return { partNumber, etag };
}

async function whole(site: Site): Promise<void> {
  const { client, prefix } = site;
  const bytes = noise(2 * PART + 77);
  const cut = [bytes.slice(0, PART), bytes.slice(PART, 2 * PART), bytes.slice(2 * PART)] as const;
  const upload = await begin(client, `${prefix}\uFF5E + %/film.mp4`);
  await send(client, upload, 2, noise(PART, 9));
  const parts = [
    await send(client, upload, 2, cut[0]),
    await send(client, upload, 5, cut[1]),
    await send(client, upload, 10_000, cut[2]),
  ];
  const open: unknown[] = [];
  for await (const { key, uploadId } of each(client, listMultipartUploads, { prefix })) open.push({ key, uploadId });
  assert.deepEqual(open, [upload]);
  for (const maxParts of [2, 1000]) {
    const held: UploadedPart[] = [];
    for await (const part of each(client, listParts, { ...upload, maxParts })) held.push(part);
    assert.deepEqual(
      held.map(({ partNumber, etag, size, crc64 }) => ({ partNumber, etag, size, crc64 })),
      parts.map((part, index) => ({ ...part, size: cut[index]?.length ?? 0, crc64: crc64(cut[index] ?? bytes) })),
      "the second part 2 replaced the first",
    );
  }
  const made = await completeMultipartUpload(client, { ...upload, parts });
  assert.deepEqual([made.key, made.crc64], [upload.key, crc64(bytes)]);
  site.saw(`the ETag of 3 parts: ${/^"[0-9A-F]{32}-3"$/.test(made.etag ?? "") ? '"HEX-3"' : made.etag}`);
  const got = await getObject(client, { key: upload.key });
  const facts = { contentType: "video/mp4", metadata: { a: "1" }, objectType: "Multipart", etag: made.etag };
  assertHas(got, facts);
  assert.deepEqual(await bytesOf(got), bytes);
  await assertRefused(site, listParts(client, upload), { status: 404, code: "NoSuchUpload" });
}

async function refusals(site: Site): Promise<void> {
  const { client, prefix } = site;
  const upload = await begin(client, `${prefix}refused`);
  const complete = (...parts: { partNumber: number; etag: string }[]) =>
    completeMultipartUpload(client, { ...upload, parts });
  const small = await send(client, upload, 1, noise(10));
  const large = await send(client, upload, 2, noise(PART));
  await assertRefused(site, complete(small, large), { status: 400, code: "EntityTooSmall" });
  await assertRefused(site, complete(large, small), { status: 400, code: "InvalidPartOrder" });
  await assertRefused(site, complete({ ...large, etag: small.etag }), { status: 400, code: "InvalidPart" });
  await assertRefused(site, complete({ ...large, partNumber: 3 }), { status: 400, code: "InvalidPart" });
  assert.equal((await complete(large)).status, 200, "what is right is taken after all that");
}

async function abandoned(site: Site): Promise<void> {
  const { client, prefix } = site;
  const upload = await begin(client, `${prefix}abandoned`);
  const part = await send(client, upload, 1, noise(10));
  assert.equal((await abortMultipartUpload(client, upload)).status, 204);
  for (const call of [
    () => listParts(client, upload),
    () => uploadPart(client, { ...upload, partNumber: 2, body: "x" }),
    () => completeMultipartUpload(client, { ...upload, parts: [part] }),
    () => abortMultipartUpload(client, upload),
  ]) {
    await assertRefused(site, call(), { status: 404, code: "NoSuchUpload" });
  }
  assert.deepEqual((await listMultipartUploads(client, { prefix })).uploads, []);
}

export const multipartCases: readonly LiveCase[] = [
  { name: "parts, their list with CRC-64s, and the object they make", run: whole },
  { name: "EntityTooSmall, InvalidPartOrder and InvalidPart", run: refusals },
  { name: "NoSuchUpload after an abort", run: abandoned },
];
