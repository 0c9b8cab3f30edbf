/**
 * The last frame of an answer to SelectObject or CreateSelectObjectMeta.
 * @module
 */
import { DecodeError, ServiceError } from "../../errors.ts";
import type { AnswerWatch } from "../../types.ts";

/** What the last frame says. */
export interface Ending {
  /** Bytes of the object that were scanned. */
  readonly scanned: number;
  /** What was left out, or went wrong: `ErrorCode.Detail`. */
  readonly message: string;
}

/**
 * Reads the status of the last frame.
 * @param payload what follows the offset
 * @param at where the message begins
 * @param watch the call
 * @param headers of the answer
 * @throws ServiceError when the status says so
 */
export function readEnding(payload: DataView, at: number, watch: Pick<AnswerWatch, "title">, headers: Headers): Ending {
  const message = payload.byteLength < at ? "" : new TextDecoder().decode(new Uint8Array(payload.buffer, at));
  const status = payload.byteLength < at ? 0 : payload.getUint32(8);
  if (status < 200 || status > 599) throw new DecodeError(`${watch.title}: the last frame has no status`);
  if (status > 299) {
    const [code = "", ...detail] = message.split(".");
    const requestId = headers.get("x-oss-request-id") ?? undefined;
    const facts = requestId === undefined ? "" : ` (request ${requestId})`;
    throw new ServiceError(`${watch.title} failed: ${status} ${code}: ${detail.join(".").trim()}${facts}`, {
      status,
      code: /^\w+/.exec(code)?.[0] ?? "BadErrorResponse",
      requestId,
      operation: watch.title.replace(/ .*/s, ""),
      headers,
    });
  }
  return { scanned: Number(payload.getBigUint64(0)), message };
}
