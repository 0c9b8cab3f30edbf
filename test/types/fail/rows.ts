/** What the author of an operation can get wrong. Each comment promises an error in the lines that follow it. */
import { date, list, named, number, object, type Shape, text } from "../../../src/codec/shape.ts";
import { readXml } from "../../../src/codec/xml_scan.ts";
import {
  type BaseInput,
  type ObjectInput,
  type Operation,
  operation,
  type ServiceInput,
} from "../../../src/core/operation.ts";
import { documentResult, header, headerResult, numberHeader } from "../../../src/core/response.ts";
import type { Result } from "../../../src/types.ts";

interface Rule {
  readonly id: string;
  readonly days?: number;
}
interface Rules extends Result {
  readonly rules: readonly Rule[];
}
interface Tag extends Result {
  readonly etag?: string;
}
interface TouchInput extends ObjectInput {
  readonly note?: string | undefined;
  readonly since?: Date | undefined;
}
type Touch = Operation<TouchInput, Tag>;
const method = "PUT";
const scope = "object";
const since = ["?since", (value: Date) => value.toISOString()] as const;
const result = headerResult<Tag>({ etag: header("etag") });

// Error: a misspelt wire field
export const misspelt: Touch = operation(() => ({
  name: "T",
  method,
  scope,
  wire: { nota: "x-oss-note", since },
  result,
}));

// Error: a forgotten wire field
export const forgotten: Touch = operation(() => ({ name: "T", method, scope, wire: { since }, result }));

// Error: no wire at all
export const bare: Touch = operation(() => ({ name: "T", method, scope, result }));

// Error: a Date without an encoder
export const plainDate: Touch = operation(() => ({
  name: "T",
  method,
  scope,
  wire: { note: "a", since: "?since" },
  result,
}));

// Error: an encoder for another type
export const wrongEncoder: Touch = operation(() => ({
  name: "T",
  method,
  scope,
  wire: { note: "a", since: ["?since", (value: number) => String(value)] },
  result,
}));

// Error: an object call without its scope
export const noScope: Touch = operation(() => ({ name: "T", method, wire: { note: "a", since }, result }));

// Error: a bucket call with the scope of a service call
export const wrongScope: Operation<BaseInput, Tag> = operation(() => ({ name: "T", method, scope: "service", result }));

// Error: a service call without its scope
export const noService: Operation<ServiceInput, Tag> = operation(() => ({ name: "T", method, result }));

// Error: a method that OSS does not have
export const badMethod: Operation<BaseInput, Tag> = operation(() => ({ name: "T", method: "PATCH", result }));

// Error: no name
export const nameless: Operation<BaseInput, Tag> = operation(() => ({ method, result }));

// Error: the result of another type
export const wrongResult: Operation<BaseInput, Rules> = operation(() => ({ name: "T", method, result }));

// Error: a header of another type
export const wrongHeader = headerResult<Tag>({ etag: numberHeader("etag") });

// Error: a forgotten result field
export const lessResult = headerResult<Tag>({});

// Error: a misspelt result field
export const misspeltResult = headerResult<Tag>({ etag: header("etag"), etga: header("etag") });

// Error: a list without a named type may not hide a forgotten element
export const anyList = documentResult<Rules>(readXml, "R", { rules: list(object({ id: text })) });

// Error: nor may an object
export const anyObject = documentResult<Rules>(readXml, "R", { rules: list<Rule>(object({ id: text })) });

// Error: a list of texts where one of objects belongs, its type left to the compiler
export const anyTexts = documentResult<Rules>(readXml, "R", { rules: list(text) });

// Error: a list of another type
export const wrongList = documentResult<Rules>(readXml, "R", { rules: named("Rule", list<string>(text)) });

// Error: a forgotten element, though it is optional
export const lessShape: Shape<Rule> = { id: text };

// Error: an element of another type
export const wrongShape: Shape<Rule> = { id: text, days: date };

// Error: a misspelt element
export const misspeltShape: Shape<Rule> = { id: text, day: number };

// Error: one where a list belongs
export const oneForMany = documentResult<Rules>(readXml, "R", { rules: object<Rule>({ id: text, days: number }) });
