/**
 * The document of tags, one record on our side, a list of elements on OSS's.
 * @module
 */
import { list, named, object, type Shape, text } from "../codec/shape.ts";
import { writeXml } from "../codec/xml_writer.ts";
import { header, type ResultReader, xmlResult } from "../core/response.ts";
import { need, show } from "../core/validate.ts";
import type { Result } from "../types.ts";

/** One tag. */
export interface Tag {
  readonly key: string;
  readonly value: string;
}

/** Tags as a call takes and gives them. */
export interface Tagging {
  /** Values by key. */
  readonly tagging: Readonly<Record<string, string>>;
}

/** Tags as their document has them. */
export interface TagSet {
  readonly tags: readonly Tag[];
}

/** The shape of {@link Tag}. */
export const tagShape = (): Shape<Tag> => ({ key: text, value: text });

/** The shape of {@link TagSet}. */
export const tagSet = (): Shape<TagSet> => ({ tags: named("TagSet/Tag", list<Tag>(object<Tag>(tagShape()))) });

/**
 * The `body` of a row that puts tags.
 * @param input of the call
 * @throws TypeError when `tagging` is missing or no plain object, or a value is no text
 */
export function taggingBody(input: Tagging): string {
  need(input, "tagging");
  const { tagging } = input;
  // A `Map` has no properties: it would quietly take all tags away.
  if (Object(tagging) !== tagging || Symbol.iterator in tagging)
    throw new TypeError(`tagging must be an object of texts, got ${show(tagging)}`);
  const tags = Object.entries(tagging).map(([key, value]) => ({ key, value }));
  return writeXml<TagSet>("Tagging", tagSet(), { tags });
}

/** The `result` of a row that gets tags; only objects have versions. */
export const taggingResult: ResultReader<Result & Tagging & { readonly versionId?: string }> = async (...answer) => {
  const reading = { ...tagSet(), versionId: header("x-oss-version-id") };
  const { tags, ...result } = await xmlResult<Result & TagSet & { versionId?: string }>("Tagging", reading)(...answer);
  return { ...result, tagging: Object.fromEntries(tags.map(({ key, value }) => [key, value])) };
};
