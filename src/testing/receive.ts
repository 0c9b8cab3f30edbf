/**
 * Takes in request bodies, chunk by chunk.
 * @module
 */

import { md5 } from "../checksum/md5.ts";
import { decodeBase64, encodeBase64 } from "../codec/base64.ts";
import { decodeUtf8 } from "../codec/utf8.ts";
import type { Bytes } from "../types.ts";
import { type Call, lenient } from "./call.ts";
import { contentOf, EMPTY, readAll } from "./contents.ts";
import { serviceCrc64 } from "./crc64.ts";
import { md5Etag, opaqueEtag } from "./etags.ts";
import type { Content } from "./records.ts";
import { ServiceFault } from "./service_fault.ts";
import type { PieceWriter } from "./store.ts";
import { ConnectionLost } from "./wire.ts";

/** What one request may carry: 5 GiB. */
const MAX_BODY = 5 * 1024 ** 3;

/** MD5 is computed up to this size, or when the request asks for the check; beyond it the ETag is opaque. */
const MD5_LIMIT = 16 * 1024 ** 2;

/** A body that arrived whole. */
export interface Received {
  readonly content: Content;
  readonly crc64: bigint;
  /** In base64, where it was computed. */
  readonly md5: string | undefined;
  /** With quotes. */
  readonly etag: string;
}

/** Refuses bodies of unknown or impossible length before a byte is read. */
export function checkLength(call: Call): void {
  const length = call.headers.get("content-length");
  const chunked = /chunked/i.test(call.headers.get("transfer-encoding") ?? "");
  if (length === undefined && !chunked && !lenient(call, "length")) {
    throw new ServiceFault(411, "MissingContentLength", "You must provide the Content-Length HTTP header.", {
      ec: "0017-00000101",
    });
  }
  if (length !== undefined && Number(length) > MAX_BODY) throw tooLarge();
}

/** The body is larger than one request may carry. */
function tooLarge(): ServiceFault {
  return new ServiceFault(400, "EntityTooLarge", "Your proposed upload exceeds the maximum allowed object size.");
}

/** Reads a stream to its end; whatever breaks it, the client going away included, is a lost connection. */
async function drain(
  body: ReadableStream<Uint8Array>,
  signal: AbortSignal | undefined,
  take: (chunk: Uint8Array) => void | Promise<void>,
): Promise<void> {
  const reader = body.getReader();
  const leave = (): void => void reader.cancel(signal?.reason).catch(() => {});
  signal?.addEventListener("abort", leave, { once: true });
  try {
    for (;;) {
      const { done, value } = await reader.read().catch((cause: unknown) => {
        throw new ConnectionLost(cause);
      });
      // A client that went away may have closed its stream in good order.
      if (signal?.aborted) throw new ConnectionLost(signal.reason);
      if (done) return;
      await take(value);
    }
  } catch (error) {
    // Not awaited: a source that is stuck must not hold the answer back.
    reader.cancel(error).catch(() => {});
    throw error;
  } finally {
    signal?.removeEventListener("abort", leave);
    reader.releaseLock();
  }
}

async function write(call: Call, body: ReadableStream<Uint8Array>, writer: PieceWriter): Promise<[Content, bigint]> {
  const crc = serviceCrc64();
  let size = 0;
  try {
    await drain(body, call.request.signal, async (chunk) => {
      size += chunk.length;
      if (size > MAX_BODY) throw tooLarge();
      crc.update(chunk);
      await writer.write(chunk);
    });
    const piece = await writer.commit();
    const content = size === 0 ? EMPTY : contentOf([{ piece, start: 0, size }]);
    if (size === 0) await piece.remove();
    return [content, crc.digest()];
  } catch (error) {
    await writer.abort();
    throw error;
  }
}

/**
 * Takes in a body: stored, hashed and compared with `Content-MD5`. The bytes are the call's until somebody stores them.
 * @param call the request
 * @param body its body, unless it is a part of a form
 * @throws ServiceFault InvalidDigest, EntityTooLarge
 * @throws ConnectionLost when the client goes away: nothing is kept
 */
export async function receive(
  call: Call,
  body: ReadableStream<Uint8Array> | null = call.request.body,
): Promise<Received> {
  const { state } = call.service;
  const [content, crc64] = body === null ? [EMPTY, 0n] : await write(call, body, await state.store.create());
  call.hold(content);
  return { content, crc64, ...(await digest(call, content, crc64)) };
}

async function digest(call: Call, content: Content, crc64: bigint): Promise<{ md5: string | undefined; etag: string }> {
  const claimed = call.headers.get("content-md5");
  if (claimed === undefined && content.size > MD5_LIMIT) {
    return { md5: undefined, etag: opaqueEtag(crc64, content.size) };
  }
  const hash = await hashOf(call, content);
  const text = encodeBase64(hash);
  if (claimed !== undefined && claimed !== text) throw invalidDigest(claimed);
  return { md5: text, etag: lenient(call, "opaque-etag") ? opaqueEtag(crc64, content.size) : md5Etag(hash) };
}

async function hashOf(call: Call, content: Content): Promise<Bytes> {
  return (call.service.settings.md5 ?? md5)(await readAll(content));
}

/** The MD5 of a content, in base64. */
export async function md5Of(call: Call, content: Content): Promise<string> {
  return encodeBase64(await hashOf(call, content));
}

/** The body is not what `Content-MD5` says, or that is no MD5 at all. */
function invalidDigest(claimed: string): ServiceFault {
  let valid = true;
  try {
    valid = decodeBase64(claimed).length === 16;
  } catch {
    valid = false;
  }
  const message = valid
    ? "The Content-MD5 you specified did not match what we received."
    : "The Content-MD5 you specified is invalid.";
  return new ServiceFault(400, "InvalidDigest", message, { ec: valid ? "0017-00000503" : "0017-00000502" });
}

/**
 * Reads a small body, an XML document, into memory, and compares it with `Content-MD5`.
 * @param call the request
 * @param limit most bytes
 * @throws ServiceFault when it is larger, or altered
 */
export async function receiveText(call: Call, limit: number = 2 * 1024 ** 2): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  const { body } = call.request;
  if (body !== null) {
    await drain(body, call.request.signal, (chunk) => {
      size += chunk.length;
      if (size > limit) {
        throw new ServiceFault(400, "MalformedXML", "The XML you provided is too large.");
      }
      chunks.push(chunk.slice());
    });
  }
  const all: Bytes = new Uint8Array(size);
  let position = 0;
  for (const chunk of chunks) {
    all.set(chunk, position);
    position += chunk.length;
  }
  const claimed = call.headers.get("content-md5");
  if (claimed !== undefined && claimed !== encodeBase64(await (call.service.settings.md5 ?? md5)(all))) {
    throw invalidDigest(claimed);
  }
  return decodeUtf8(all);
}
