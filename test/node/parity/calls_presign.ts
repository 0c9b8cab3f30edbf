/**
 * For every recorded presigned URL: the row of ours, and the input that its official client was given.
 */
import * as oss from "../../../src/mod.ts";
import { type Calls, KEY, SPECIAL, TILDE } from "./calls_object.ts";
import { link } from "./drive.ts";

const UPLOAD = { key: "mpu.bin", uploadId: "UPLOADID0123456789" };
const PART = { ...UPLOAD, partNumber: 1 };
/** The official clients leave out of URLs what their calls would send; so does an input that says so. */
const BARE = { query: { "encoding-type": undefined } };

export const PRESIGNED: Calls = {
  "presign-get": () => link(oss.getObject, { key: KEY }),
  "presign-get-special-key": () => link(oss.getObject, { key: SPECIAL }),
  "presign-get-slash-safe": () => link(oss.getObject, { key: SPECIAL }),
  "presign-get-tilde-key": () => link(oss.getObject, { key: TILDE }),
  "presign-get-overrides": () =>
    link(oss.getObject, {
      key: KEY,
      responseContentType: "text/html",
      responseContentDisposition: 'attachment; filename="a b.txt"',
    }),
  "presign-process": () => link(oss.getObject, { key: "img.jpg", process: "image/resize,w_100" }),
  "presign-head": () => link(oss.headObject, { key: KEY }),
  "presign-put": () => link(oss.putObject, { key: KEY, contentType: "text/plain" }),
  "presign-put-meta": () =>
    link(oss.putObject, { key: KEY, contentType: "text/plain", metadata: { author: "tester" } }),
  // With createClient({ additionalHeaders: ["cache-control"] }).
  "presign-put-additional-headers": () =>
    link(oss.putObject, { key: KEY, contentType: "text/plain", cacheControl: "no-cache" }),
  "presign-upload-part": () => link(oss.uploadPart, PART),
  "presign-subresource": () => link(oss.uploadPart, PART),
  "presign-initiate": () => link(oss.initiateMultipartUpload, { key: UPLOAD.key, ...BARE }),
  "presign-complete": () =>
    link(oss.completeMultipartUpload, { ...UPLOAD, ...BARE, parts: [{ partNumber: 1, etag: '"A"' }] }),
  "presign-abort": () => link(oss.abortMultipartUpload, UPLOAD),
};
