/**
 * Runs a statement of SelectObject on the text of an object.
 * @module
 */
import { encodeUtf8 } from "../codec/utf8.ts";
import { sqlError } from "./select_ast.ts";
import { csvRecords } from "./select_csv.ts";
import { aggregate, evaluator, Misfit } from "./select_eval.ts";
import type { SelectInput } from "./select_format.ts";
import { jsonDocument, jsonLines, nodesAt } from "./select_json.ts";
import { csvLookup, jsonLookup } from "./select_lookup.ts";
import type { SourceRecord } from "./select_records.ts";
import { type SelectRun, writer } from "./select_write.ts";
import { ServiceFault } from "./service_fault.ts";

/** Output so far, none where only time has passed, and bytes of the object that were scanned. */
export interface SelectChunk {
  readonly text: string;
  readonly offset: number;
}

/** Characters of a chunk, and records after which one is due without them. */
const CHUNK = 8192;
const SILENCE = 1000;

/** All records of an object. */
export function recordsOf(text: string, input: SelectInput): Iterable<SourceRecord> {
  if (input.json === undefined) return csvRecords(text, input);
  return input.json === "LINES" ? jsonLines(text, input) : jsonDocument(text, input);
}

/** What a statement may not ask for. @returns whether it sums up */
function checkStatement({ statement, input, output }: SelectRun): boolean {
  const { columns, from } = statement;
  if (input.json === undefined && from.length > 0) {
    throw sqlError("Only JSON has paths behind from", "TableRootNodeOnlySupportInJson");
  }
  const sums = (columns ?? []).filter(({ value }) => value.op === "aggregate").length;
  if (sums > 0 && sums !== columns?.length) {
    throw sqlError("Aggregates and columns do not mix", "SqlInvalidMixOfAggregationAndColumn");
  }
  if (sums > 0 && output.keepAll) {
    throw sqlError("Aggregates have no places", "SqlInvalidKeepAllColumnsWithAggregation");
  }
  return sums > 0;
}

/**
 * Runs a statement.
 * @param text of the object
 * @param run what is to be done
 * @returns chunks of output, as they become ready
 * @throws ServiceFault when the statement is wrong, or too many records do not fit it
 */
export function* runSelect(text: string, run: SelectRun): Generator<SelectChunk, void, undefined> {
  const { statement, input, output, limits, lines } = run;
  const sums = checkStatement(run);
  const { columns, from, where, limit = Number.POSITIVE_INFINITY } = statement;
  const aggregated: unknown[][] = (columns ?? []).map(() => []);
  let [names, write]: [readonly string[], ReturnType<typeof writer>] = [[], writer(run, [])];
  let evaluate = evaluator(input.json === undefined ? csvLookup(input, names) : jsonLookup, limits.strict);
  let [row, matched, skipped, silent, offset, counted] = [-1, 0, 0, 0, 0, 0];
  let pending = "";
  for (const { value, end } of recordsOf(text, input)) {
    if (matched >= limit) break;
    row++;
    if (row === 0 && input.json === undefined) {
      names = value as readonly string[];
      write = writer(run, names);
      evaluate = evaluator(csvLookup(input, names), limits.strict);
      if (output.header) pending += names.join(output.field) + output.record;
      if (input.header !== "none") continue;
    }
    if (lines !== undefined && (row < lines.first || row > lines.last)) continue;
    for (const record of input.json === undefined ? [value] : nodesAt(value, from)) {
      if (matched >= limit) break;
      try {
        if (where !== undefined && evaluate(where, record) !== true) continue;
        const values = columns?.map((column, at) => {
          const { value: sql } = column;
          if (sql.op !== "aggregate") return evaluate(sql, record);
          aggregated[at]?.push(sql.of === undefined ? 1 : evaluate(sql.of, record));
          return undefined;
        });
        matched++;
        if (!sums) pending += write(values ?? record);
      } catch (error) {
        if (!(error instanceof Misfit)) throw error;
        if (++skipped > limits.skipped) {
          const code = input.json === undefined ? "InvalidCsvLine" : "InvalidJsonData";
          throw new ServiceFault(400, code, `Record ${row} was skipped: ${error.message}`);
        }
      }
    }
    offset += encodeUtf8(text.slice(counted, end)).length;
    counted = end;
    if (pending.length < CHUNK && ++silent < SILENCE) continue;
    yield { text: pending, offset };
    pending = "";
    silent = 0;
  }
  if (sums)
    pending += write(
      (columns ?? []).map(({ value }, at) => value.op === "aggregate" && aggregate(value.name, aggregated[at] ?? [])),
    );
  if (pending !== "") yield { text: pending, offset: encodeUtf8(text.slice(0, counted)).length };
}
