/**
 * Answers of SelectObject, decoded; loaded with the first one.
 * @module
 */
import { guard } from "../../core/guard.ts";
import { DecodeError } from "../../errors.ts";
import type { AnswerWatch, Bytes, OSSRequest, Result } from "../../types.ts";
import { readEnding } from "./select_ending.ts";
import { CONTINUOUS, DATA, END, foreignFrame, readFrames } from "./select_frames.ts";
import type { SelectObjectResult } from "./select_result.ts";

/**
 * Decodes the answer to SelectObject while it is read.
 * @param common what every result has
 * @param answer with or without frames
 * @param request what was asked
 * @param watch what watches over it
 */
export function selectResult(
  common: Result,
  answer: Response,
  request: OSSRequest,
  watch: AnswerWatch,
): SelectObjectResult {
  const { headers } = answer;
  // A page may not see the header: then what was asked for is what came.
  const asked = /<OutputRawData>true</.exec(String(request.body)) && "true";
  const raw = (headers.get("x-oss-select-output-raw") ?? asked) === "true";
  const source = guard(answer, watch).body;
  if (!source) throw new DecodeError(`${watch.title}: the answer has no body`);
  let scanned = 0;
  let message = "";

  const decoded = (): ReadableStream<Bytes> => {
    const frames = readFrames(source, watch.title);
    let inside = false;
    return new ReadableStream<Bytes>(
      {
        async pull(controller) {
          try {
            for (;;) {
              const piece = inside ? await frames.data() : undefined;
              if (piece) return controller.enqueue(piece);
              const { type, offset } = await frames.next();
              scanned = offset;
              inside = type === DATA;
              if (inside) continue;
              const rest = await frames.rest();
              if (type === CONTINUOUS && rest.byteLength === 0) continue;
              if (type !== END) throw foreignFrame(watch.title);
              ({ scanned, message } = readEnding(rest, 12, watch, headers));
              await frames.end();
              return controller.close();
            }
          } catch (error) {
            frames.cancel(error).catch(() => undefined);
            throw error;
          }
        },
        cancel: (reason) => frames.cancel(reason),
      },
      { highWaterMark: 0 },
    );
  };

  // Without frames the bytes are handed on as they come.
  const body = raw ? (source as ReadableStream<Bytes>) : decoded();
  return {
    ...common,
    body,
    raw,
    get scanned() {
      return scanned;
    },
    get message() {
      return message;
    },
    async text() {
      const reader = body.getReader();
      const decoder = new TextDecoder();
      let text = "";
      for (;;) {
        const { done, value } = await reader.read();
        if (done) return text + decoder.decode();
        text += decoder.decode(value, { stream: true });
      }
    },
  };
}
