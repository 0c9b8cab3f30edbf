/**
 * Bodies that are more than bytes in memory: Blobs, forms and streams. Loaded when the first one is sent.
 * @module
 */
import { createCrc64 } from "../checksum/crc64.ts";
import { SourceChangedError } from "../errors.ts";
import { isSpent, refuseFailed } from "../streams/spent.ts";
import type { Body } from "../types.ts";
import type { SendableBody } from "./call.ts";
import { prepareStream } from "./stream_body.ts";
import { checkInteger } from "./validate.ts";

const SLICE = 1 << 20;
const MAX_BUFFER = 16 << 20;

/** CRC-64 of a Blob, read in slices while it is sent: it never is in memory as a whole. */
async function blobChecksum(blob: Blob, initial: bigint, signal: AbortSignal): Promise<bigint> {
  const state = createCrc64(initial);
  for (let start = 0; start < blob.size; start += SLICE) {
    signal.throwIfAborted();
    const slice = blob.slice(start, start + SLICE);
    const buffer = await slice.arrayBuffer().catch((cause: unknown) => {
      throw new SourceChangedError("The file changed or went away while it was sent: pick it again", cause);
    });
    if (buffer.byteLength !== slice.size)
      throw new SourceChangedError("The file shrank while it was sent: pick it again");
    state.update(new Uint8Array(buffer));
  }
  return state.digest();
}

/** Tells by its methods what a body is, whatever realm it comes from. */
function can<N extends string>(value: unknown, ...names: N[]): value is object & Record<N, unknown> {
  return typeof value === "object" && value !== null && names.every((name) => name in value);
}

function isBlob(value: unknown): value is Blob {
  return can(value, "slice", "arrayBuffer");
}

function isStream(value: unknown): value is ReadableStream<Uint8Array> {
  return can(value, "getReader");
}

function isResponse(value: unknown): value is Response {
  return can(value, "bodyUsed", "headers");
}

/** By its tag: URLSearchParams has the same methods. */
function isForm(value: unknown): value is FormData {
  return Object.prototype.toString.call(value) === "[object FormData]";
}

function blobBody(blob: Blob, type: string = blob.type): SendableBody {
  return {
    length: blob.size,
    type: type || undefined,
    replayable: () => true,
    open: (checksum, tick) => ({
      init: { body: blob, onUpload: (sent) => sent && tick(sent) },
      visible: false,
      checksum: (signal) => (checksum === undefined ? undefined : blobChecksum(blob, checksum, signal)),
    }),
  };
}

function formBody(form: FormData): SendableBody {
  let bytes = 0;
  for (const value of form.values()) bytes += isBlob(value) ? value.size : value.length;
  return {
    // Without the boundaries between the fields: it measures patience, and is not sent.
    length: bytes,
    type: undefined,
    form: true,
    replayable: () => true,
    open: (checksum, tick) => ({
      init: { body: form, onUpload: (sent) => sent && tick(sent) },
      visible: false,
      checksum(signal) {
        const file = form.get("file");
        return checksum !== undefined && isBlob(file) ? blobChecksum(file, checksum, signal) : undefined;
      },
    }),
  };
}

/**
 * Makes a Blob, form, stream or Response sendable.
 * @param body what the caller gave
 * @param length bytes of a stream, where the caller knows
 * @param maxBuffer bytes of a stream that may be kept in memory. @default 16 MiB
 * @param signal stops the reading of a stream into memory
 * @returns the body, to be opened once for each attempt
 * @throws TypeError when it is nothing that can be sent
 * @throws RangeError when `length` is none, or a stream must be kept in memory and is longer than `maxBuffer`
 */
export async function prepareSource(
  body: Body | undefined,
  length: number | undefined,
  maxBuffer: number = MAX_BUFFER,
  signal: AbortSignal,
): Promise<SendableBody> {
  if (length !== undefined) checkInteger("contentLength", length, 0);
  // Prepared already, by a transfer that watches it.
  if (can(body, "open", "replayable")) return body as unknown as SendableBody;
  if (isBlob(body)) return blobBody(body);
  if (isForm(body)) return formBody(body);
  let stream: ReadableStream<Uint8Array> | null = null;
  let size = length;
  let type = "";
  if (isResponse(body)) {
    const { headers } = body;
    const announced = headers.get("content-encoding") ? null : headers.get("content-length");
    size ??= announced === null ? undefined : Number(announced);
    type = headers.get("content-type") ?? "";
    refuseFailed(body);
    stream = body.body;
    if (!stream && !body.bodyUsed) return blobBody(new Blob([]), type);
  } else if (isStream(body)) stream = body;
  else
    throw new TypeError(
      `body must be a string, bytes, a Blob, a ReadableStream or a Response, got ${Object.prototype.toString.call(body)}`,
    );
  if (!stream || isSpent(stream)) throw new TypeError("body is a stream that was read already or is locked");
  const sendable = await prepareStream(stream, size, type, maxBuffer, signal);
  return sendable instanceof Blob ? blobBody(sendable, type) : sendable;
}
