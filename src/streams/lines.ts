/**
 * Lines of a stream.
 * @module
 */

/**
 * Reads a stream of UTF-8 line by line.
 * @param stream the bytes, such as `body` of `selectObject`; cancelled when the loop is left early
 * @param delimiter what ends a line; a last line need not have it
 * @throws what the stream fails with
 * @example
 * ```ts
 * import { textLines } from "oss-fetch";
 * const { body } = new Response('{"a":1}\n{"a":2}\n');
 * if (body) for await (const line of textLines(body)) console.log(JSON.parse(line).a);
 * ```
 */
export async function* textLines(
  stream: ReadableStream<Uint8Array>,
  delimiter: string = "\n",
): AsyncGenerator<string, void, undefined> {
  const reader = stream.getReader();
  const decoder = new TextDecoder();
  let rest = "";
  try {
    for (let ended = false; !ended; ) {
      const { done, value } = await reader.read();
      ended = done;
      const lines = (rest + decoder.decode(value, { stream: !done })).split(delimiter);
      rest = lines.pop() ?? "";
      yield* lines;
    }
    if (rest !== "") yield rest;
  } finally {
    // At the end there is nothing left to cancel.
    reader.cancel().catch(() => undefined);
    reader.releaseLock();
  }
}
