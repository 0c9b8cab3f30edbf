/**
 * The records of CSV objects.
 * @module
 */

import type { SelectInput } from "./select_format.ts";
import type { SourceRecord } from "./select_records.ts";
import { ServiceFault } from "./service_fault.ts";

const invalid = (message: string): ServiceFault => new ServiceFault(400, "InvalidCsvLine", message);

/** Reads CSV line by line; comments are left out. */
export function* csvRecords(text: string, input: SelectInput): Generator<SourceRecord, void, undefined> {
  const { record, field, quote, comment, quotedRecords } = input;
  const marks = [record[0], field, quote, comment].map((mark) => mark?.replace(/[\\\]^-]/g, "\\$&"));
  const special = new RegExp(`[${marks.join("")}]`, "g");
  let fields: string[] = [];
  let cell = "";
  let quoted = false;
  const close = (): string[] => {
    const line = [...fields, cell];
    fields = [];
    cell = "";
    return line;
  };
  for (let at = 0; at < text.length; ) {
    if (comment !== undefined && fields.length === 0 && cell === "" && !quoted && text.startsWith(comment, at)) {
      const next = text.indexOf(record, at);
      at = next < 0 ? text.length : next + record.length;
    } else if (quoted && text.startsWith(quote + quote, at)) {
      cell += quote;
      at += 2;
    } else if (text.startsWith(quote, at)) {
      quoted = !quoted;
      at++;
    } else if (text.startsWith(record, at) && !(quoted && quotedRecords)) {
      if (quoted) throw invalid("A quoted field does not end in its line.");
      at += record.length;
      yield { value: close(), end: at };
    } else if (!quoted && text[at] === field) {
      fields.push(cell);
      cell = "";
      at++;
    } else {
      // Everything up to the next character that may mean something.
      special.lastIndex = at + 1;
      const next = special.exec(text)?.index ?? text.length;
      cell += text.slice(at, next);
      at = next;
    }
  }
  if (quoted) throw invalid("A quoted field does not end.");
  if (cell !== "" || fields.length > 0) yield { value: close(), end: text.length };
}
