/**
 * An OSS behind a link: every connection carries so many megabytes per second, and each answer begins so many
 * milliseconds late. The name of the bucket says how many: `link-10-40`.
 *
 * `PUT`, `POST ?uploads`, `POST ?uploadId` and `DELETE` of an upload in parts, whose CRC-64 is computed;
 * `GET /bucket/SIZE` is an object of so many zeros, with ranges.
 */
import { setTimeout as sleep } from "node:timers/promises";
import { combineCrc64, crc64, createCrc64 } from "../../../src/checksum/crc64.ts";
import { serve } from "./serve.mjs";

const ETAG = '"D41D8CD98F00B204E9800998ECF8427E"';
const XML = { "content-type": "application/xml" };
const PIECE = 65_536;
const ZEROS = new Uint8Array(PIECE);

/** CRC-64 and length of each part, by upload and number. */
const uploads = new Map();
let lastUpload = 0;

/** When each connection has room again. */
const free = new WeakMap();

/** Waits until a connection has carried so many bytes more. */
async function carry(socket, bytes, rate) {
  const now = performance.now();
  const at = Math.max(now, free.get(socket) ?? 0) + bytes / rate;
  free.set(socket, at);
  // Timers are as fine as a millisecond: what is less is made up for with the next piece.
  if (at - now > 1) await sleep(at - now);
}

async function receive(request, rate) {
  const sum = createCrc64();
  let length = 0;
  for await (const chunk of request) {
    await carry(request.socket, chunk.length, rate);
    sum.update(chunk);
    length += chunk.length;
  }
  return { crc: sum.digest(), length };
}

const zeros = new Map();

/** CRC-64 of so many zeros. */
function crcOfZeros(length) {
  if (!zeros.has(length)) {
    let crc = 0n;
    for (let left = length; left > 0; left -= PIECE) {
      const piece = ZEROS.subarray(0, Math.min(PIECE, left));
      crc = combineCrc64(crc, crc64(piece), piece.length);
    }
    zeros.set(length, crc);
  }
  return zeros.get(length);
}

async function answer(request, response, { pathname, searchParams: query }) {
  const [, bucket, name] = pathname.split("/");
  const [, megabytes, latency] = bucket.split("-").map(Number);
  const rate = megabytes * 1000;
  const common = { etag: ETAG, "x-oss-request-id": "655F0A9C1A2B3C4D5E6F7081" };
  const id = query.get("uploadId") ?? `${++lastUpload}`;
  const { crc, length } = await receive(request, rate);
  await sleep(latency);
  if (request.method === "GET") {
    const size = Number(name);
    const [, first = 0, last = size - 1] = /^bytes=(\d+)-(\d*)$/.exec(request.headers.range ?? "") ?? [];
    const [start, end] = [Number(first), Math.min(size, Number(last) + 1)];
    response.writeHead(206, {
      ...common,
      "content-length": end - start,
      "content-range": `bytes ${start}-${end - 1}/${size}`,
      "x-oss-hash-crc64ecma": `${crcOfZeros(size)}`,
    });
    for (let at = start; at < end && !response.destroyed; at += PIECE) {
      const piece = ZEROS.subarray(0, Math.min(PIECE, end - at));
      await carry(request.socket, piece.length, rate);
      if (!response.write(piece)) await new Promise((go) => response.once("drain", go).once("close", go));
    }
    return response.end();
  }
  if (request.method === "PUT") {
    uploads.get(id)?.set(Number(query.get("partNumber")), { crc, length });
    return response.writeHead(200, { ...common, "x-oss-hash-crc64ecma": `${crc}`, "content-length": 0 }).end();
  }
  if (request.method === "DELETE") return response.writeHead(204, common).end();
  const head = "<Bucket>bench</Bucket><Key>key</Key>";
  if (query.has("uploads")) {
    uploads.set(id, new Map());
    const text = `<InitiateMultipartUploadResult>${head}<UploadId>${id}</UploadId></InitiateMultipartUploadResult>`;
    return response.writeHead(200, { ...common, ...XML }).end(text);
  }
  let whole = 0n;
  for (const [, part] of [...(uploads.get(id) ?? [])].sort(([a], [b]) => a - b))
    whole = combineCrc64(whole, part.crc, part.length);
  uploads.delete(id);
  const text = `<CompleteMultipartUploadResult>${head}<ETag>${ETAG}</ETag></CompleteMultipartUploadResult>`;
  response.writeHead(200, { ...common, ...XML, "x-oss-hash-crc64ecma": `${whole}` }).end(text);
}

serve((request, response, url) => {
  answer(request, response, url).catch(() => response.destroy());
});
