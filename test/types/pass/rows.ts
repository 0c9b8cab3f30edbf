/** Rows of operations, as operations/ declares them. */
import { date, list, named, number, object, text } from "../../../src/codec/shape.ts";
import { readXml } from "../../../src/codec/xml_scan.ts";
import {
  type BaseInput,
  type ObjectInput,
  type Operation,
  operation,
  type ServiceInput,
} from "../../../src/core/operation.ts";
import { documentResult, header, headerResult } from "../../../src/core/response.ts";
import type { Result } from "../../../src/types.ts";

interface Rule {
  readonly id: string;
  readonly days?: number;
}
interface Rules extends Result {
  readonly rules: readonly Rule[];
  readonly names: readonly string[];
  readonly changed?: Date;
}
interface Tag extends Result {
  readonly etag?: string;
}
interface TouchInput extends ObjectInput {
  readonly note?: string | undefined;
  readonly since?: Date | undefined;
}

export const listRules: Operation<BaseInput, Rules> = /* @__PURE__ */ operation(() => ({
  name: "ListRules",
  method: "GET",
  subresource: "rules",
  result: documentResult(readXml, "Rules", {
    rules: named("Rule", list<Rule>(object<Rule>({ id: named("ID", text), days: number }))),
    names: named("Name", list<string>(text)),
    changed: date,
  }),
}));

export const touch: Operation<TouchInput, Tag> = /* @__PURE__ */ operation(() => ({
  name: "Touch",
  method: "PUT",
  scope: "object",
  wire: { note: "x-oss-note", since: ["?since", (value) => value.toISOString()] },
  result: headerResult({ etag: header("etag") }),
}));

export const everything: Operation<ServiceInput, Tag> = /* @__PURE__ */ operation(() => ({
  name: "Everything",
  method: "GET",
  scope: "service",
  result: headerResult({ etag: header("etag") }),
}));
