/**
 * The records of JSON objects.
 * @module
 */
import type { SqlPath } from "./select_ast.ts";
import type { SelectInput } from "./select_format.ts";
import type { SourceRecord } from "./select_records.ts";
import { ServiceFault } from "./service_fault.ts";

function parseJson(text: string, numbersAsText: boolean): unknown {
  const source = numbersAsText
    ? text.replace(/"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g, (found) =>
        found.startsWith('"') ? found : `"${found}"`,
      )
    : text;
  try {
    return JSON.parse(source);
  } catch {
    throw new ServiceFault(400, "InvalidJsonData", "The data are not JSON.");
  }
}

/**
 * Follows a path.
 * @param value where it begins
 * @param path keys and positions, -1 for every child
 */
export function* nodesAt(value: unknown, path: SqlPath): Generator<unknown, void, undefined> {
  const [step, ...rest] = path;
  if (step === undefined) yield value;
  else if (typeof value !== "object" || value === null) return;
  else if (step === -1) for (const one of Object.values(value)) yield* nodesAt(one, rest);
  else if (Object.hasOwn(value, step)) yield* nodesAt(Reflect.get(value, step), rest);
}

/** Reads the lines of JSON LINES, each of which is one value. */
export function* jsonLines(text: string, input: SelectInput): Generator<SourceRecord, void, undefined> {
  for (let at = 0; at < text.length; ) {
    const next = text.indexOf("\n", at);
    const end = next < 0 ? text.length : next + 1;
    const line = text.slice(at, end);
    at = end;
    if (line.trim() !== "") yield { value: parseJson(line, input.numbersAsText), end };
  }
}

/** Reads a whole document as one record. */
export function* jsonDocument(text: string, input: SelectInput): Generator<SourceRecord, void, undefined> {
  yield { value: parseJson(text, input.numbersAsText), end: text.length };
}
