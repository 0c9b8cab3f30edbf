/**
 * Content-MD5, which OSS wants of DeleteMultipleObjects; loaded only then.
 * @module
 */
import { md5 } from "../checksum/md5.ts";
import { encodeBase64 } from "../codec/base64.ts";
import { encodeUtf8 } from "../codec/utf8.ts";
import type { Body } from "../types.ts";

/**
 * The Content-MD5 of a body.
 * @param body text or bytes
 * @returns base64 of the digest
 * @throws TypeError when the body is neither
 */
export async function contentMd5(body: Body | undefined): Promise<string> {
  if (body instanceof Uint8Array) return encodeBase64(await md5(body));
  if (typeof body !== "string") throw new TypeError("Content-MD5 is computed of text and Uint8Array bodies only");
  return encodeBase64(await md5(encodeUtf8(body)));
}
