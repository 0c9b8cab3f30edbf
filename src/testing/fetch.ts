/**
 * A fetch that an in-process service answers, failing the way runtimes' own fetch fails.
 * @module
 */
import { formBody } from "./form_body.ts";
import { toFetched, toIncoming } from "./in_process.ts";
import { type Answer, ConnectionLost, type Incoming } from "./wire.ts";

/** Adds what fetch offers on its own; a range goes without, as in Node. */
function offering(request: Incoming): Incoming {
  const names = new Set(request.headers.map(([name]) => name.toLowerCase()));
  if (names.has("accept-encoding") || names.has("range")) return request;
  return { ...request, headers: [...request.headers, ["accept-encoding", "gzip, deflate"]] };
}

/**
 * Fetches from a service.
 * @param answer the service
 * @param input as for `fetch`
 * @param init as for `fetch`
 * @throws the signal's reason when it aborts; TypeError when the connection breaks
 */
export async function fetchFrom(
  answer: (request: Incoming) => Promise<Answer>,
  input: RequestInfo | URL,
  init: RequestInit | undefined,
): Promise<Response> {
  // The signal is kept apart: some runtimes hand on a copy that has another reason.
  const signal = init?.signal ?? (input instanceof Request ? input.signal : new AbortController().signal);
  signal.throwIfAborted();
  const body = init?.body instanceof FormData ? formBody(init.body) : (init?.body ?? null);
  const request = new Request(input, { ...init, ...(init !== undefined && "body" in init && { body }), signal: null });
  const incoming = toIncoming(request, { signal }, body).then((sent) => answer(offering(sent)));
  let leave = (): void => {};
  const gone = new Promise<never>((_, reject) => {
    leave = () => reject(signal.reason);
    signal.addEventListener("abort", leave, { once: true });
  });
  try {
    return toFetched(await Promise.race([incoming, gone]), signal);
  } catch (error) {
    // An answer that loses the race against the signal may still fail.
    incoming.catch(() => {});
    if (error instanceof ConnectionLost) throw new TypeError("fetch failed", { cause: error });
    throw error;
  } finally {
    signal.removeEventListener("abort", leave);
  }
}
