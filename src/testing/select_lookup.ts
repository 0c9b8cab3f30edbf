/**
 * Finds the columns of CSV and the keys of JSON that statements of SelectObject name.
 * @module
 */
import { sqlError } from "./select_ast.ts";
import type { Lookup } from "./select_eval.ts";
import type { SelectInput } from "./select_format.ts";
import { nodesAt } from "./select_json.ts";

/** By place, or by the names of the first line. @throws ServiceFault for columns that cannot be */
export function csvLookup(input: SelectInput, names: readonly string[]): Lookup<unknown> {
  const lower = names.map((name) => name.toLowerCase());
  return (record, path) => {
    const [name] = path;
    if (path.length !== 1 || typeof name !== "string") {
      throw sqlError("CSV has no nested columns", "NestedColumnNotSupportInCsv");
    }
    const index = /^_(\d+)$/.test(name) ? Number(name.slice(1)) : lower.indexOf(name.toLowerCase()) + 1;
    if (/^_\d+$/.test(name) && (index < 1 || index > 1000)) {
      throw sqlError("Columns are _1 to _1000", "SqlInvalidColumnIndex");
    }
    if (index < 1 || (!name.startsWith("_") && input.header !== "use")) {
      throw sqlError(`There is no column ${name}`, "SqlInvalidColumnName");
    }
    return (record as readonly string[])[index - 1];
  };
}

/** By path. */
export const jsonLookup: Lookup<unknown> = (record, path) => nodesAt(record, path).next().value ?? undefined;
