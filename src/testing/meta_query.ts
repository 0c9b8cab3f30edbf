/**
 * Queries over the metadata of objects: conditions, order, figures.
 * @module
 */
import { invalidArgument } from "./call.ts";
import type { ObjectRecord } from "./records.ts";
import type { XmlNode } from "./xml_read.ts";
import { childText } from "./xml_read.ts";
import type { XmlValue } from "./xml_write.ts";

/** One object as queries see it: texts and numbers by field. */
export type Facts = Readonly<Record<string, string | number | undefined>>;

/** What is known of an object. */
export function factsOf(record: ObjectRecord): Facts {
  const { headers } = record;
  return {
    Filename: record.key,
    Size: record.content.size,
    FileModifiedTime: new Date(record.modified).toISOString(),
    OSSObjectType: record.type,
    OSSStorageClass: record.storageClass,
    ObjectACL: record.acl,
    ETag: record.etag,
    OSSCRC64: String(record.crc64),
    OSSTaggingCount: Object.keys(record.tagging ?? {}).length,
    ContentType: headers["content-type"],
    ContentDisposition: headers["content-disposition"],
    ContentEncoding: headers["content-encoding"],
    ContentLanguage: headers["content-language"],
    CacheControl: headers["cache-control"],
    MediaType: /^(image|video|audio)\//.exec(headers["content-type"] ?? "")?.[1] ?? "document",
  };
}

const FIELDS: ReadonlySet<string> = /* @__PURE__ */ new Set(
  /* @__PURE__ */ `Filename Size FileModifiedTime OSSObjectType OSSStorageClass ObjectACL ETag OSSCRC64 OSSTaggingCount
  ContentType ContentDisposition ContentEncoding ContentLanguage CacheControl MediaType`.split(/\s+/),
);

/**
 * A field that queries may name.
 * @throws ServiceFault InvalidArgument
 */
export function fieldOf(name: unknown): string {
  if (typeof name === "string" && FIELDS.has(name)) return name;
  throw invalidArgument("Field", String(name), "The field is not known, or not to the in-process OSS.");
}

/** Numbers by size, texts by their characters. */
export function compare(a: string | number, b: string | number): number {
  const [left, right] = typeof a === "number" || typeof b === "number" ? [Number(a), Number(b)] : [a, b];
  return left < right ? -1 : left > right ? 1 : 0;
}

type Test = (facts: Facts) => boolean;

const COMPARISONS: Readonly<Record<string, (order: number) => boolean>> = {
  eq: (order) => order === 0,
  gt: (order) => order > 0,
  gte: (order) => order >= 0,
  lt: (order) => order < 0,
  lte: (order) => order <= 0,
};

function condition(given: unknown): Test {
  // Whatever it is: each property is looked at below.
  const { Field, Value, Operation, SubQueries } = Object(given) as Record<string, unknown>;
  if (Operation === "and" || Operation === "or" || Operation === "not") {
    const tests = Array.isArray(SubQueries) ? SubQueries.map(condition) : [];
    if (tests.length === 0) throw invalidArgument("SubQueries", "", `${Operation} needs SubQueries.`);
    if (Operation === "and") return (facts) => tests.every((test) => test(facts));
    return (facts) => tests.some((test) => test(facts)) === (Operation === "or");
  }
  const field = fieldOf(Field);
  const value = String(Value ?? "");
  if (Operation === "prefix") return (facts) => String(facts[field] ?? "").startsWith(value);
  if (Operation === "match") return (facts) => String(facts[field] ?? "").includes(value);
  const holds = COMPARISONS[String(Operation)];
  if (holds === undefined) throw invalidArgument("Operation", String(Operation), "The operation is not supported.");
  return (facts) => {
    const found = facts[field];
    return found !== undefined && holds(compare(found, value));
  };
}

/**
 * Reads conditions.
 * @param json `{"Field":"Size","Value":"1","Operation":"gt"}`
 * @throws ServiceFault InvalidArgument
 */
export function readConditions(json: string): Test {
  let given: unknown;
  try {
    given = JSON.parse(json);
  } catch {
    throw invalidArgument("Query", json, "The query is not JSON.");
  }
  return condition(given);
}

function figure(operation: string, values: readonly (string | number)[]): number {
  const numbers = values.map(Number);
  if (operation === "count") return values.length;
  if (operation === "distinct") return new Set(values).size;
  const sum = numbers.reduce((total, value) => total + value, 0);
  if (operation === "sum") return sum;
  if (operation === "average") return numbers.length === 0 ? 0 : sum / numbers.length;
  const ascending = [...numbers].sort((a, b) => a - b);
  if (operation === "min") return ascending[0] ?? 0;
  if (operation === "max") return ascending[ascending.length - 1] ?? 0;
  throw invalidArgument("Operation", operation, "The aggregation is not supported.");
}

/**
 * Computes a figure.
 * @param asked an `Aggregation` of a request
 * @param found the objects that fit
 */
export function aggregate(asked: XmlNode, found: readonly Facts[]): XmlValue {
  const field = fieldOf(childText(asked, "Field"));
  const operation = childText(asked, "Operation") ?? "";
  const values = found.flatMap((facts) => facts[field] ?? []);
  if (operation !== "group") return { Field: field, Operation: operation, Value: figure(operation, values) };
  const groups = new Map<string, number>();
  for (const value of values) groups.set(String(value), (groups.get(String(value)) ?? 0) + 1);
  const listed = [...groups].sort(([a], [b]) => compare(a, b)).map(([Value, Count]) => ({ Value, Count }));
  return { Field: field, Operation: operation, Groups: { Group: listed } };
}
