/**
 * An OSS that stores nothing and computes nothing: it swallows bodies and answers from memory. Bodies are expected to
 * be the pattern, of which it tells the CRC-64.
 *
 * `PUT /bucket/key` (object, part, copy), `POST ?uploads`, `POST ?uploadId`, `DELETE`; `GET` and `HEAD /bucket/SIZE/any` are an
 * object of SIZE bytes, with ranges; `GET /bucket/?list-type=2` is the first of two pages of 1,000 keys, with a token the last.
 */
import { pattern, patternCrc64 } from "../frame/pattern.mjs";
import { listPage } from "./list_page.mjs";
import { serve } from "./serve.mjs";

const BLOCKS = pattern(4 << 20);
const ETAG = '"D41D8CD98F00B204E9800998ECF8427E"';
const PAGES = [false, true].map((last) => Buffer.from(listPage(1000, last)));
const COPIED = `<CopyObjectResult><ETag>${ETAG}</ETag><LastModified>2026-11-22T08:15:00.000Z</LastModified></CopyObjectResult>`;
const XML = { "content-type": "application/xml" };

/** Bytes of each part by upload and number. */
const uploads = new Map();
let lastUpload = 0;

function swallow(request, done) {
  let length = 0;
  request.on("data", (chunk) => {
    length += chunk.length;
  });
  request.on("end", () => done(length));
}

function common(length) {
  const crc64 = length === undefined ? {} : { "x-oss-hash-crc64ecma": `${patternCrc64(length)}` };
  return { etag: ETAG, "x-oss-request-id": "655F0A9C1A2B3C4D5E6F7081", ...crc64 };
}

function put(request, response, query) {
  swallow(request, (length) => {
    if (request.headers["x-oss-copy-source"]) return response.writeHead(200, { ...common(), ...XML }).end(COPIED);
    uploads.get(query.get("uploadId"))?.set(query.get("partNumber"), length);
    response.writeHead(200, { ...common(length), "content-length": 0 }).end();
  });
}

function post(request, response, query) {
  swallow(request, () => {
    const id = query.get("uploadId") ?? `${++lastUpload}`;
    const head = `<Bucket>bench</Bucket><Key>key</Key>`;
    if (query.has("uploads")) {
      uploads.set(id, new Map());
      const text = `<InitiateMultipartUploadResult>${head}<UploadId>${id}</UploadId></InitiateMultipartUploadResult>`;
      return response.writeHead(200, { ...common(), ...XML }).end(text);
    }
    const total = [...(uploads.get(id)?.values() ?? [])].reduce((sum, length) => sum + length, 0);
    uploads.delete(id);
    const text = `<CompleteMultipartUploadResult>${head}<ETag>${ETAG}</ETag></CompleteMultipartUploadResult>`;
    response.writeHead(200, { ...common(total), ...XML }).end(text);
  });
}

/** Writes a range of the pattern as fast as the socket takes it. */
function send(response, from, length) {
  let at = from;
  const end = from + length;
  const more = () => {
    while (at < end) {
      const start = at % BLOCKS.length;
      const piece = BLOCKS.subarray(start, Math.min(BLOCKS.length, start + Math.min(1 << 20, end - at)));
      at += piece.length;
      if (!response.write(piece)) return response.once("drain", more);
    }
    response.end();
  };
  more();
}

function get(request, response, { pathname, searchParams }) {
  if (searchParams.has("list-type")) {
    const last = searchParams.has("continuation-token");
    return response.writeHead(200, { ...common(), ...XML }).end(PAGES[Number(last)]);
  }
  const size = Number(pathname.split("/")[2]);
  const [, first, last] = /^bytes=(\d+)-(\d*)$/.exec(request.headers.range ?? "") ?? [];
  const start = Number(first ?? 0);
  const end = Math.min(size, last ? Number(last) + 1 : size);
  response.writeHead(first === undefined ? 200 : 206, {
    ...common(size),
    "content-type": "application/octet-stream",
    "content-length": end - start,
    "last-modified": "Sun, 22 Nov 2026 08:00:00 GMT",
    "accept-ranges": "bytes",
    ...(first !== undefined && { "content-range": `bytes ${start}-${end - 1}/${size}` }),
  });
  if (request.method === "HEAD") response.end();
  else send(response, start, end - start);
}

serve((request, response, url) => {
  const { method } = request;
  if (method === "PUT") put(request, response, url.searchParams);
  else if (method === "POST") post(request, response, url.searchParams);
  else if (method === "DELETE") swallow(request, () => response.writeHead(204, common()).end());
  else get(request, response, url);
});
