/**
 * Request documents of configuration calls, written from the same shape that reads the answer.
 * @module
 */
import type { AnyField, AnyShape, Shape } from "../codec/shape.ts";
import { writeXml } from "../codec/xml_writer.ts";
import { need } from "../core/validate.ts";

/**
 * A body that is an XML document of the input: every property whose wire field is an element goes into it.
 * @param root name of the document's root element
 * @param required properties that must be given
 * @returns the `body` of a row
 * @throws TypeError when a required property is missing, or a value is of another type than its element
 */
export function xmlBody<I extends object>(
  root: string,
  ...required: readonly (keyof I & string)[]
): (input: I, wire: AnyShape) => string {
  return (input, wire) => {
    need(input, ...required);
    // A wire field is an element, or the name of a header or parameter, which has no kind.
    const elements = Object.entries(wire).filter(([, field]: [string, Partial<AnyField>]) => field.kind);
    // The types checked each element where the row was written; here it is any row.
    return writeXml(root, Object.fromEntries(elements) as unknown as Shape<I>, input);
  };
}
