/** `upload()`: one request or parts, whatever the body. */
import { crc64 } from "../../../src/checksum/crc64.ts";
import { getObject, listMultipartUploads, type UploadInput, type UploadOptions, upload } from "../../../src/mod.ts";
import { assert } from "../../harness.ts";
import { assertHas, bytesOf, noise } from "../checks.ts";
import type { LiveCase, Site } from "../site.ts";

const PART = 100 * 1024;
const options: UploadOptions = { partSize: PART, multipartThreshold: 2 * PART, concurrency: 3 };

/** Uploads it, and checks what the service has. */
async function check(
  site: Site,
  name: string,
  bytes: Uint8Array,
  body: UploadInput["body"],
  objectType: string,
): Promise<void> {
  const { client, prefix } = site;
  const key = `${prefix}${name}`;
  const seen: number[] = [];
  const onProgress: UploadOptions["onProgress"] = ({ acknowledged }) => seen.push(acknowledged);
  const made = await upload(client, { key, body, contentType: "video/mp4" }, { ...options, onProgress });
  assert.deepEqual([made.size, made.crc64], [bytes.length, crc64(bytes)], name);
  assert.equal(made.uploadId !== undefined, objectType === "Multipart", name);
  assert.deepEqual(
    seen,
    [...seen].sort((a, b) => a - b),
    "progress never goes back",
  );
  assert.equal(seen.at(-1), bytes.length);
  const got = await getObject(client, { key });
  assertHas(got, { objectType, contentType: "video/mp4", etag: made.etag });
  assert.deepEqual(await bytesOf(got), bytes, name);
  assert.deepEqual((await listMultipartUploads(client, { prefix })).uploads, []);
}

/** A stream that does not tell its length, in uneven chunks. */
function streamOf(bytes: Uint8Array): ReadableStream<Uint8Array> {
  let at = 0;
  return new ReadableStream({
    pull(controller) {
      if (at >= bytes.length) return controller.close();
      const end = Math.min(bytes.length, at + 33_333);
      controller.enqueue(bytes.slice(at, end));
      at = end;
    },
  });
}

async function known(site: Site): Promise<void> {
  const bytes = noise(3 * PART + 123);
  await check(site, "small.bin", bytes.slice(0, 2 * PART), bytes.slice(0, 2 * PART), "Normal");
  await check(site, "empty.bin", new Uint8Array(0), "", "Normal");
  await check(site, "large.bin", bytes, bytes, "Multipart");
  await check(site, "blob \uFF5E.bin", bytes, new Blob([bytes]), "Multipart");
  await check(site, "exact.bin", bytes.slice(0, 3 * PART), bytes.slice(0, 3 * PART), "Multipart");
}

async function unknown(site: Site): Promise<void> {
  const bytes = noise(3 * PART + 123);
  await check(site, "stream.bin", bytes, streamOf(bytes), "Multipart");
  await check(site, "short.bin", bytes.slice(0, 1000), streamOf(bytes.slice(0, 1000)), "Normal");
}

export const uploadCases: readonly LiveCase[] = [
  { name: "upload() below and above the threshold", run: known },
  { name: "upload() of streams of unknown length", run: unknown },
];
