/**
 * Request bodies: what can be sent, its length, type and CRC-64, and whether it can be sent again.
 * @module
 */
import { encodeUtf8 } from "../codec/utf8.ts";
import type { Body, MaybePromise } from "../types.ts";

/** A body that is ready to be sent. */
export interface SendableBody {
  /** Bytes, where known. */
  readonly length: number | undefined;
  /** The content type that the body itself names. */
  readonly type: string | undefined;
  /** A form: `fetch` names its type and boundary, and its policy is its signature. */
  readonly form?: true;
  /** Can it be opened once more? */
  replayable(): boolean;
  /**
   * Opens it for one attempt.
   * @param checksum CRC-64 to start from, or `undefined` to compute none
   * @param tick called whenever bytes are taken
   */
  open(checksum: bigint | undefined, tick: () => void): OpenBody;
  /** Lets go of the source when the call is over. */
  close?(): void;
}

/** A body on its way. */
export interface OpenBody {
  /** What is given to `fetch`. */
  readonly init: { readonly body: BodyInit; readonly duplex?: "half" };
  /** Does `tick` tell of progress, or does the body leave unseen? */
  readonly visible: boolean;
  /** CRC-64 of all that was sent, once it was sent. */
  checksum(signal: AbortSignal): MaybePromise<bigint | undefined>;
  /** What failed in the source itself, if anything did. */
  failure?(): unknown;
}

/** Wraps bytes: they are sent as they are, without a copy. */
function bytesBody(bytes: Uint8Array): SendableBody {
  return {
    length: bytes.byteLength,
    type: undefined,
    replayable: () => true,
    open: (checksum) => ({
      init: { body: bytes as Uint8Array<ArrayBuffer> },
      visible: false,
      checksum: async () =>
        checksum === undefined ? undefined : (await import("../checksum/crc64.ts")).crc64(bytes, checksum),
    }),
  };
}

/**
 * Makes a body sendable.
 * @param body what the caller gave
 * @param length bytes of a stream, where the caller knows
 * @param maxBuffer bytes of a stream that may be kept in memory where the runtime cannot send streams
 * @param signal stops the reading of a stream into memory
 * @throws TypeError when it is nothing that can be sent
 */
export async function prepareBody(
  body: Body,
  length: number | undefined,
  maxBuffer: number | undefined,
  signal: AbortSignal,
): Promise<SendableBody> {
  if (typeof body === "string") return bytesBody(encodeUtf8(body));
  if (ArrayBuffer.isView(body)) return bytesBody(new Uint8Array(body.buffer, body.byteOffset, body.byteLength));
  if (body instanceof ArrayBuffer) return bytesBody(new Uint8Array(body));
  return (await import("./source_body.ts")).prepareSource(body, length, maxBuffer, signal);
}
