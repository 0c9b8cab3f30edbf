/**
 * Request bodies: what can be sent, its length, type and CRC-64, and whether it can be sent again.
 * @module
 */
import { encodeUtf8 } from "../codec/utf8.ts";
import { then } from "../signing/canonical.ts";
import type { CallOptions, MaybePromise } from "../types.ts";
import type { Addressed } from "./address.ts";
import { bytesBody } from "./bytes_body.ts";
import type { SendableBody } from "./call.ts";
import { once } from "./late.ts";
import { scriptOwnsRequests } from "./runtime.ts";

const sources = /* @__PURE__ */ once(() => import("./source_body.ts"));

/** What memory is: its `resizable` is a boolean that compares as 0 or 1, and absent where the runtime cannot tell. */
type Memory = Omit<ArrayBuffer, "resizable"> & { readonly resizable: number };

/** What a view of memory shows of it. */
type View = { readonly buffer?: Memory; readonly byteOffset?: number; readonly byteLength?: number };

/**
 * Makes a body sendable.
 * @param target the request with its body, and the length of that, where the caller knows
 * @param options of the call
 * @param signal stops the reading of a stream into memory
 * @param direct does the runtime's own `fetch` send it?
 * @returns the body, to be opened once for each attempt
 * @throws TypeError when it is nothing that can be sent
 */
export function prepareBody(
  target: Addressed,
  options: CallOptions,
  signal: AbortSignal | undefined,
  direct: boolean,
): MaybePromise<SendableBody> {
  const { body } = target.request;
  // Told by its memory, for buffers come from other realms as well. `fetch` takes none that is shared or may grow: those
  // are copied elsewhere, where runtimes are sent that cannot tell, too. A comparison is shorter than `=== false`, and
  // this is loaded first.
  const { buffer = body as unknown as Memory, byteOffset, byteLength } = Object(body) as View;
  const bytes =
    !(direct && scriptOwnsRequests()) &&
    (buffer?.resizable < 1
      ? new Uint8Array(buffer as unknown as ArrayBuffer, byteOffset, byteLength)
      : typeof body === "string" && encodeUtf8(body));
  return bytes
    ? bytesBody(bytes)
    : then(sources(), ({ prepareSource }) => prepareSource(target, options, signal, direct, bytesBody));
}
