/**
 * Relative paths that stay inside their folder on every system.
 * @module
 */

import { crc32 } from "../checksum/crc32.ts";
import { encodeUtf8 } from "../codec/utf8.ts";

/** Names that are devices in Windows, whatever their ending. */
const DEVICE = /^(con|prn|aux|nul|com[0-9\u00b9\u00b2\u00b3]|lpt[0-9\u00b9\u00b2\u00b3]|conin\$|conout\$) *(\..*)?$/i;

/** What the names of unfinished files end with: not `.part`, for an object may be called so, and be in the same folder. */
export const UNFINISHED = ".oss-fetch-part";

/** So many bytes a name has at most, nearly everywhere. */
const LONGEST = 255;

/**
 * Names the file that is written in the stead of another one until that is whole.
 * @param name of the file
 * @param ending of files that are not whole, in ASCII
 * @returns the name with the ending; of one that leaves no room for it the beginning, and a sum that tells it from others
 */
export function unfinishedName(name: string, ending: string): string {
  const bytes = encodeUtf8(name);
  if (bytes.length + ending.length <= LONGEST) return name + ending;
  const tail = `.${crc32(bytes).toString(16).padStart(8, "0")}${ending}`;
  // A character that was cut is left out.
  const beginning = new TextDecoder().decode(bytes.subarray(0, LONGEST - tail.length)).replace(/\ufffd+$/, "");
  return beginning + tail;
}

/**
 * Is it the name of a file that a download has not finished?
 * @param name of a file, or a path that ends with it
 */
export function isUnfinished(name: string): boolean {
  // Some systems ignore case.
  return name.toLowerCase().endsWith(UNFINISHED);
}

/**
 * Splits a path into the names of its folders and, last, of its file.
 * @param path relative, with `/`
 * @returns at least one name
 * @throws TypeError when it leaves the folder, or names nothing or something else on some system: `..`, an absolute
 *   path, `\`, control characters, `CON` and the like, a dot or space at the end of a name; or the place of what is
 *   not finished
 */
export function splitPath(path: string): readonly [folders: readonly string[], name: string] {
  const refuse = (why: string): TypeError => new TypeError(`Cannot use ${JSON.stringify(path)} as a path: ${why}`);
  if (typeof path !== "string" || path === "") throw refuse("it is empty");
  if (/^([/\\]|[a-z]:[/\\])/i.test(path)) throw refuse("it is absolute");
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
  if (/[\x00-\x1f\x7f\\]/.test(path)) throw refuse("it has a control character or a backslash");
  if (/\p{Cs}/u.test(path)) throw refuse("it has half a character");
  const names = path.split("/");
  for (const name of names) {
    if (name === "") throw refuse("it has an empty name");
    if (name === "." || name === "..") throw refuse(`it has ${JSON.stringify(name)}`);
    // Windows drops these, so that two paths would be one file.
    if (/[. ]$/.test(name)) throw refuse(`${JSON.stringify(name)} ends with a dot or space`);
    if (DEVICE.test(name)) throw refuse(`${JSON.stringify(name)} is a device in Windows`);
    if (isUnfinished(name)) throw refuse(`unfinished files end with ${UNFINISHED}`);
  }
  return [names.slice(0, -1), names.at(-1) ?? ""];
}
