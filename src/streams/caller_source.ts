/**
 * Sources of the caller's own, held to their word: what gave too little would become an object that looks whole.
 * @module
 */
import { SourceChangedError } from "../errors.ts";
import type { Bytes, Source } from "../types.ts";

/**
 * Checks what a source gives against what it said.
 * @param source open
 */
export function heldToItsWord(source: Source): Source {
  const { size, type, name, lastModified } = source;
  const [read, slice, recycle] = [source.read?.bind(source), source.slice?.bind(source), source.recycle?.bind(source)];
  let position = 0;
  const check = (bytes: Bytes | undefined, start: number, length: number, least: number): Bytes => {
    if (bytes && bytes.length >= least && bytes.length <= length) return bytes;
    const message = `it gave ${bytes?.length ?? 0} bytes instead of ${length} at ${start}`;
    throw new SourceChangedError(`Cannot read the source: ${message}`);
  };
  return {
    ...{ size, type, name, lastModified, slice, recycle },
    read: read && (async (start, end) => check(await read(start, end), start, end - start, end - start)),
    async next(length) {
      const start = position;
      const most = Math.min(length, (size ?? Number.POSITIVE_INFINITY) - start);
      position += most;
      return check(await source.next(length), start, most, size === undefined ? 0 : most);
    },
    close: (reason) => source.close(reason),
  };
}
