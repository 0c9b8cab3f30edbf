/**
 * Blobs, Files and forms as request bodies.
 * @module
 */
import { createCrc64 } from "../checksum/crc64.ts";
import { SourceChangedError } from "../errors.ts";
import type { SendableBody } from "./call.ts";

/** Bytes read at a time: Chromium needs twice as long for slices of 1 MiB. */
const SLICE = 8 << 20;

/** CRC-64 of a Blob, read in slices while it is sent: it never is in memory as a whole. */
async function blobChecksum(blob: Blob, initial: bigint, signal: AbortSignal): Promise<bigint> {
  const state = createCrc64(initial);
  for (let start = 0; start < blob.size; start += SLICE) {
    signal.throwIfAborted();
    const slice = blob.slice(start, start + SLICE);
    const buffer = await slice.arrayBuffer().catch((cause: unknown) => {
      throw gone(cause);
    });
    if (buffer.byteLength !== slice.size) throw gone();
    state.update(new Uint8Array(buffer));
  }
  return state.digest();
}

/**
 * Tells a Blob or File by its methods, whatever realm it comes from.
 * @param value anything
 */
export function isBlob(value: unknown): value is Blob {
  return typeof value === "object" && value !== null && "slice" in value && "arrayBuffer" in value;
}

/**
 * Tells a form by its tag: URLSearchParams has the same methods.
 * @param value anything
 */
export function isForm(value: unknown): value is FormData {
  return Object.prototype.toString.call(value) === "[object FormData]";
}

/**
 * A Blob goes as it is, and is summed up in slices meanwhile.
 * @param blob of any realm
 * @param type its media type. @default its own
 */
export function blobBody(blob: Blob, type: string = blob.type): SendableBody {
  return {
    length: blob.size,
    type: type || undefined,
    open: (checksum, tick) => ({
      init: { body: blob, onUpload: (sent) => sent && tick(sent) },
      checksum: (signal) => (checksum === undefined ? undefined : blobChecksum(blob, checksum, signal)),
      failure: () => changeOf(blob),
    }),
  };
}

/** Chromium tells of a file that changed as it tells of a lost network; to read a byte of it makes the difference. */
function changeOf(blob: Blob): Promise<SourceChangedError | undefined> {
  return blob
    .slice(0, 1)
    .arrayBuffer()
    .then(() => undefined, gone);
}

function gone(cause?: unknown): SourceChangedError {
  return new SourceChangedError("The file changed or went away while it was sent: pick it again", cause);
}

/**
 * A form goes as it is; `fetch` writes it out.
 * @param form its file last
 */
export function formBody(form: FormData): SendableBody {
  let bytes = 0;
  for (const value of form.values()) bytes += isBlob(value) ? value.size : value.length;
  return {
    // Without the boundaries between the fields: it measures patience, and is not sent.
    length: bytes,
    form: true,
    open: (checksum, tick) => ({
      init: { body: form, onUpload: (sent) => sent && tick(sent) },
      checksum(signal) {
        const file = form.get("file");
        return checksum !== undefined && isBlob(file) ? blobChecksum(file, checksum, signal) : undefined;
      },
    }),
  };
}
