/**
 * For every recorded operation on an object: the row of ours, and the input that its official client was given.
 */
import * as oss from "../../../src/mod.ts";
import { type Drive, drive } from "./drive.ts";
import type { Recorded } from "./recorded.ts";

export type Calls = Readonly<Record<string, (recorded: Recorded) => Drive>>;

export const KEY = "hello.txt";
export const SPECIAL = "dir/hello world+中文&=.txt";
export const TILDE = "a~b!c'd(e)f*g.txt";
const UPLOAD = { key: "mpu.bin", uploadId: "UPLOADID0123456789" };

const stream = (pieces: readonly Uint8Array[]): ReadableStream<Uint8Array> =>
  new ReadableStream({
    start(controller) {
      for (const piece of pieces) controller.enqueue(piece);
      controller.close();
    },
  });

const filled = (letter: string, size: number): Uint8Array<ArrayBuffer> =>
  new Uint8Array(size).fill(letter.charCodeAt(0));

/** In two pieces, as the official clients were given it. */
const STREAM = [filled("A", 1000), filled("B", 500)];

const part = (partNumber: number, body: Uint8Array<ArrayBuffer>): Drive =>
  drive(oss.uploadPart, { ...UPLOAD, partNumber, body });

/** What the old npm client is given: it cannot do more. */
const isOld = ({ client }: Recorded): boolean => client === "aliyun-sdk";

export const PUTS: Calls = {
  "put-string": () =>
    drive(oss.putObject, {
      key: KEY,
      body: "hello world",
      contentType: "text/plain",
      metadata: { author: "tester", uid: "7" },
    }),
  "put-binary": () =>
    drive(oss.putObject, { key: "bin/data.bin", body: Uint8Array.from({ length: 256 }, (_, i) => i) }),
  "put-empty": () => drive(oss.putObject, { key: "empty.txt", body: "" }),
  "put-no-body": () => drive(oss.putObject, { key: "empty.txt", body: new Uint8Array(0) }),
  "put-special-key": () => drive(oss.putObject, { key: SPECIAL, body: "hello world" }),
  "put-tilde-key": () => drive(oss.putObject, { key: TILDE, body: "x" }),
  "put-all-headers": () =>
    drive(oss.putObject, {
      key: KEY,
      body: "hello world",
      contentType: "text/plain; charset=utf-8",
      cacheControl: "no-cache",
      contentDisposition: 'attachment; filename="x y.txt"',
      contentEncoding: "identity",
      expires: new Date("2026-01-02T04:04:05Z"),
      acl: "private",
      storageClass: "IA",
      serverSideEncryption: "AES256",
      forbidOverwrite: true,
      metadata: { author: "tester" },
      tagging: { a: "1", b: "2 3" },
    }),
  "put-md5": () => drive(oss.putObject, { key: KEY, body: "hello world", contentMd5: "XrY7u+Ae7tCTyyK7j1rNww==" }),
  "put-stream-chunked": () => drive(oss.putObject, { key: "stream.bin", body: stream(STREAM) }),
  "put-stream-sized": () => drive(oss.putObject, { key: "stream.bin", body: stream(STREAM), contentLength: 1500 }),
  "put-stream-file": () => drive(oss.putObject, { key: "stream.bin", body: new Blob(STREAM) }),
  "put-file": () => drive(oss.putObject, { key: "sample.html", body: new Blob(["<b>hello</b>"]) }),
  "append-0": () => drive(oss.appendObject, { key: "logs/app.log", body: "12345", position: 0 }),
  "append-5": () => drive(oss.appendObject, { key: "logs/app.log", body: "678", position: 5 }),
};

export const READS: Calls = {
  get: () => drive(oss.getObject, { key: KEY }),
  "get-stream": () => drive(oss.getObject, { key: KEY }),
  "get-special-key": () => drive(oss.getObject, { key: SPECIAL }),
  "get-tilde-key": () => drive(oss.getObject, { key: TILDE }),
  "get-range": () => drive(oss.getObject, { key: KEY, range: [0, 4] }),
  "get-range-behavior": () => drive(oss.getObject, { key: KEY, range: [0, 4] }),
  "get-range-suffix": () => drive(oss.getObject, { key: KEY, range: [-3] }),
  "get-conditional": () =>
    drive(oss.getObject, {
      key: KEY,
      ifNoneMatch: '"ABC"',
      ifModifiedSince: new Date("2026-01-01T00:00:00Z"),
    }),
  "get-response-overrides": () =>
    drive(oss.getObject, {
      key: KEY,
      responseContentType: "text/html",
      responseContentDisposition: 'attachment; filename="a b.txt"',
    }),
  "get-process": () => drive(oss.getObject, { key: "img.jpg", process: "image/resize,w_100" }),
  "get-version": () => drive(oss.getObject, { key: KEY, versionId: "CAEQVERSION" }),
  head: () => drive(oss.headObject, { key: KEY }),
  "head-special-key": () => drive(oss.headObject, { key: SPECIAL }),
  "object-meta": () => drive(oss.getObjectMeta, { key: KEY }),
  "object-acl-get": () => drive(oss.getObjectAcl, { key: KEY }),
};

export const WRITES: Calls = {
  "object-acl-put": () => drive(oss.putObjectAcl, { key: KEY, acl: "public-read" }),
  copy: (recorded) =>
    drive(oss.copyObject, {
      key: "copy.txt",
      copySource: { bucket: "demo-bucket", key: SPECIAL },
      ...(!isOld(recorded) && {
        metadataDirective: "REPLACE",
        contentType: "text/x-copy",
        metadata: { author: "copier" },
      }),
    }),
  "copy-plain": () => drive(oss.copyObject, { key: "copy.txt", copySource: { bucket: "demo-bucket", key: KEY } }),
  "copy-cross-bucket": () =>
    drive(oss.copyObject, { key: "copy.txt", copySource: { bucket: "demo-bucket-2", key: SPECIAL } }),
  "tagging-put": () => drive(oss.putObjectTagging, { key: KEY, tagging: { a: "1", "b b": "2+3" } }),
  "tagging-get": () => drive(oss.getObjectTagging, { key: KEY }),
  "tagging-delete": () => drive(oss.deleteObjectTagging, { key: KEY }),
  "symlink-put": () => drive(oss.putSymlink, { key: "link.txt", symlinkTarget: SPECIAL }),
  "symlink-put-raw-utf8-target": () => drive(oss.putSymlink, { key: "link.txt", symlinkTarget: SPECIAL }),
  "symlink-get": () => drive(oss.getSymlink, { key: "link.txt" }),
  // The v2 clients name neither days nor tier here.
  restore: ({ client }) => drive(oss.restoreObject, { key: KEY, ...(client === "ali-oss" && { days: 2 }) }),
  "restore-tier": () => drive(oss.restoreObject, { key: KEY, days: 2, tier: "Expedited" }),
  delete: () => drive(oss.deleteObject, { key: KEY }),
  "delete-special-key": () => drive(oss.deleteObject, { key: SPECIAL }),
  "delete-version": () => drive(oss.deleteObject, { key: KEY, versionId: "CAEQVERSION" }),
  "delete-multi": (recorded) =>
    drive(oss.deleteMultipleObjects, { objects: [KEY, SPECIAL, ...(isOld(recorded) ? [] : [`x<&>"'.txt`])] }),
  "delete-multi-quiet": () => drive(oss.deleteMultipleObjects, { objects: [KEY, SPECIAL], quiet: true }),
  "delete-multi-versions": () =>
    drive(oss.deleteMultipleObjects, { objects: [{ key: KEY, versionId: "CAEQVERSION" }] }),
};

export const MULTIPART: Calls = {
  "multipart-init": (recorded) =>
    drive(oss.initiateMultipartUpload, {
      key: "mpu.bin",
      ...(!isOld(recorded) && { contentType: "application/x-mpu", metadata: { author: "tester" } }),
    }),
  "multipart-part-1": () => part(1, filled("A", 102_400)),
  "multipart-part-2": () => part(2, filled("B", 10)),
  "multipart-list-parts": () => drive(oss.listParts, { ...UPLOAD, maxParts: 100 }),
  "multipart-complete": (recorded) =>
    drive(oss.completeMultipartUpload, {
      ...UPLOAD,
      parts: [{ partNumber: 1, etag: '"AAA"' }, ...(isOld(recorded) ? [] : [{ partNumber: 2, etag: '"BBB"' }])],
    }),
  "multipart-part-copy": () =>
    drive(oss.uploadPartCopy, {
      ...UPLOAD,
      partNumber: 3,
      copySource: { bucket: "demo-bucket", key: SPECIAL },
      copySourceRange: [0, 9],
    }),
  "multipart-complete-all": () => drive(oss.completeMultipartUpload, { ...UPLOAD, completeAll: true }),
  "multipart-list-uploads": () => drive(oss.listMultipartUploads, { prefix: "mpu", maxUploads: 10 }),
  "multipart-abort": () => drive(oss.abortMultipartUpload, UPLOAD),
  // A whole upload of 250 KiB in parts of 100 KiB: one call for each of its five requests.
  "multipart-managed": ({ position }) => {
    const etags = [
      "D8AC60516A9E8D3A791BEFCCA8B78C90",
      "D8AC60516A9E8D3A791BEFCCA8B78C90",
      "F36391BEB4214003B5B4235CF5DA779B",
    ];
    const parts = etags.map((etag, i) => ({ partNumber: i + 1, etag: `"${etag}"` }));
    if (position === 0) return drive(oss.initiateMultipartUpload, { key: UPLOAD.key });
    return position < 4
      ? part(position, filled("C", position < 3 ? 102_400 : 51_200))
      : drive(oss.completeMultipartUpload, { ...UPLOAD, parts });
  },
};
