/**
 * Answers of CreateSelectObjectMeta, decoded; loaded with the first one.
 * @module
 */
import { guard } from "../../core/guard.ts";
import { DecodeError } from "../../errors.ts";
import type { AnswerWatch, Result } from "../../types.ts";
import { readEnding } from "./select_ending.ts";
import { CONTINUOUS, CSV_META_END, foreignFrame, JSON_META_END, readFrames } from "./select_frames.ts";
import type { CreateSelectObjectMetaResult } from "./select_result.ts";

/**
 * Reads the answer to CreateSelectObjectMeta.
 * @param common what every result has
 * @param answer its frames
 * @param watch what watches over it
 */
export async function metaResult(
  common: Result,
  answer: Response,
  watch: AnswerWatch,
): Promise<CreateSelectObjectMetaResult> {
  const { body } = guard(answer, watch);
  if (!body) throw new DecodeError(`${watch.title}: the answer has no body`);
  const frames = readFrames(body, watch.title);
  try {
    for (;;) {
      const { type } = await frames.next();
      const rest = await frames.rest();
      if (type === CONTINUOUS && rest.byteLength === 0) continue;
      if (type !== CSV_META_END && type !== JSON_META_END) throw foreignFrame(watch.title);
      const csv = type === CSV_META_END;
      const ending = readEnding(rest, csv ? 28 : 24, watch, answer.headers);
      await frames.end();
      return {
        ...common,
        ...ending,
        splitsCount: rest.getUint32(12),
        rowsCount: Number(rest.getBigUint64(16)),
        ...(csv && { columnsCount: rest.getUint32(24) }),
      };
    }
  } catch (error) {
    frames.cancel(error).catch(() => undefined);
    throw error;
  }
}
