/**
 * Blobs, Files and forms as request bodies.
 * @module
 */
import { createCrc64 } from "../checksum/crc64.ts";
import { SourceChangedError } from "../errors.ts";
import { readBlob } from "../streams/read_blob.ts";
import type { SendableBody } from "./call.ts";
import { scriptOwnsRequests } from "./runtime.ts";

/** Bytes read at a time in a page, into one memory: it must hold few of those that it only looks at. */
const PIECE = 1 << 20;

/** CRC-64 of a Blob, read while it is sent: it never is in memory as a whole. */
async function blobChecksum(blob: Blob, initial: bigint, signal: AbortSignal): Promise<bigint> {
  const state = createCrc64(initial);
  // Node takes longer to fill memory than to give its own.
  const piece = scriptOwnsRequests() ? undefined : PIECE;
  const read = await readBlob(blob, state.update, signal, piece).catch((cause: unknown) => {
    throw signal.aborted ? cause : gone(cause);
  });
  if (read !== blob.size) throw gone();
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
 * A Blob goes as it is, and is read to be summed up meanwhile.
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
