/**
 * Bodies that are more than bytes in memory: Blobs, forms and streams. Loaded when the first one is sent.
 * @module
 */
import { createCrc64 } from "../checksum/crc64.ts";
import { SourceChangedError } from "../errors.ts";
import type { Body } from "../types.ts";
import type { SendableBody } from "./body.ts";
import { prepareStream } from "./stream_body.ts";

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
    if (buffer.byteLength !== slice.size) throw new SourceChangedError("The file shrank while it was sent: pick it again");
    state.update(new Uint8Array(buffer));
  }
  return state.digest();
}

/** Tells by its methods what a body is, whatever realm it comes from. */
function can<N extends string>(value: object, ...names: N[]): value is object & Record<N, unknown> {
  return names.every((name) => name in value);
}

function isBlob(value: unknown): value is Blob {
  return typeof value === "object" && value !== null && can(value, "slice", "arrayBuffer");
}

function blobBody(blob: Blob): SendableBody {
  return {
    length: blob.size,
    type: blob.type || undefined,
    replayable: () => true,
    open: (checksum) => ({
      init: { body: blob },
      visible: false,
      checksum: (signal) => (checksum === undefined ? undefined : blobChecksum(blob, checksum, signal)),
    }),
  };
}

function formBody(form: FormData): SendableBody {
  return {
    length: undefined,
    type: undefined,
    form: true,
    replayable: () => true,
    open: (checksum) => ({
      init: { body: form },
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
 * @throws TypeError when it is nothing that can be sent
 * @throws RangeError when a stream must be kept in memory and is longer than `maxBuffer`
 */
export async function prepareSource(body: Body, length: number | undefined, maxBuffer: number = MAX_BUFFER): Promise<SendableBody> {
  if (isBlob(body)) return blobBody(body);
  if (typeof body === "object" && body !== null) {
    if (can(body, "getReader") || can(body, "bodyUsed", "headers")) {
      return prepareStream(body as ReadableStream<Uint8Array> | Response, length, maxBuffer);
    }
    if (can(body, "getAll", "append")) return formBody(body as FormData);
  }
  throw new TypeError(`body must be a string, bytes, a Blob, a ReadableStream or a Response, got ${Object.prototype.toString.call(body)}`);
}
