/**
 * Tags of objects: how a header writes them, and what the service keeps.
 * @module
 */

import type { Tagging } from "./records.ts";
import { ServiceFault } from "./service_fault.ts";
import { decodeText } from "./text.ts";
import type { HeaderMap } from "./wire.ts";

const MAX_TAGS = 10;
const MAX_KEY = 128;
const MAX_VALUE = 256;

/** Letters, digits, spaces and a few marks. */
const ALLOWED = /^[A-Za-z0-9 +\-=._:/]*$/;

function refuse(message: string, ec: string): ServiceFault {
  return new ServiceFault(400, "InvalidTag", message, { ec });
}

/**
 * Makes a record of tags.
 * @param tags keys and values, in order
 * @returns nothing where there are no tags
 * @throws ServiceFault InvalidTag
 */
export function objectTagging(tags: readonly (readonly [key: string, value: string])[]): Tagging | undefined {
  if (tags.length > MAX_TAGS) throw refuse(`Object tags cannot be greater than ${MAX_TAGS}.`, "0010-00000218");
  for (const [key, value] of tags) {
    if (key === "") throw refuse("The key of a tag must not be empty.", "0010-00000208");
    if (key.length > MAX_KEY) throw refuse(`The key of a tag has more than ${MAX_KEY} characters.`, "0010-00000209");
    if (value.length > MAX_VALUE || !ALLOWED.test(key) || !ALLOWED.test(value)) {
      throw refuse("The tag has characters that are not allowed, or too many.", "0010-00000217");
    }
  }
  const tagging = Object.fromEntries(tags);
  if (Object.keys(tagging).length < tags.length) throw refuse("Keys of tags must differ.", "0010-00000210");
  return tags.length === 0 ? undefined : tagging;
}

/**
 * The tags that a header or a form field names: `key=value&key`, each percent-encoded.
 * @throws ServiceFault InvalidTag
 */
export function taggingHeader(headers: HeaderMap): { tagging?: Tagging } {
  const text = headers.get("x-oss-tagging") ?? "";
  const pairs = text === "" ? [] : text.split("&");
  const tagging = objectTagging(
    pairs.map((pair) => {
      const [key = "", value = "", ...more] = pair.split("=").map(decodeText);
      if (more.length > 0) throw refuse("Tags must look like key=value.", "0010-00000219");
      return [key, value];
    }),
  );
  return tagging === undefined ? {} : { tagging };
}
