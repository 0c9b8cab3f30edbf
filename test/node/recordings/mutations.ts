/**
 * One-byte changes of a signed request: those that alter what is signed, and those that do not.
 */
import type { Header, Sample, Wire } from "./samples.ts";

/** A changed request, and what the change was. */
export interface Mutation extends Wire {
  readonly kind: string;
}

type Pair = readonly [name: string, value: string | undefined];

/** Another character of the same kind, so that escapes stay escapes and dates stay digits. */
function other(char: string): string {
  for (const [kind, first, second] of [
    [/\d/, "1", "2"],
    [/[A-Z]/, "A", "B"],
    [/./s, "a", "b"],
  ] as const) {
    if (kind.test(char)) return char === first ? second : first;
  }
  return "a";
}

/** The text with one character of a stretch changed: the first, the middle or the last one. */
function changedBytes(text: string, from = 0, to: number = text.length): string[] {
  return ends(Array.from({ length: to - from }, (_, at) => from + at)).map((at) => changedAt(text, at));
}

function changedAt(text: string, at: number): string {
  return text.slice(0, at) + other(text.charAt(at)) + text.slice(at + 1);
}

/** The first, the middle and the last one. */
function ends<T>(items: readonly T[]): T[] {
  const last = items.length - 1;
  return [...new Set([0, Math.floor(last / 2), last])].flatMap((at) => items.slice(at, at + 1));
}

function split({ target }: Wire): { path: string; pairs: Pair[] } {
  const [path = "", query = ""] = target.split(/\?(.*)/s);
  const pairs = query.split("&").filter((pair) => pair !== "");
  return {
    path,
    pairs: pairs.map((pair) => {
      const at = pair.indexOf("=");
      return at < 0 ? [pair, undefined] : [pair.slice(0, at), pair.slice(at + 1)];
    }),
  };
}

function join(path: string, pairs: readonly Pair[]): string {
  const query = pairs.map(([name, value]) => (value === undefined ? name : `${name}=${value}`)).join("&");
  return query === "" ? path : `${path}?${query}`;
}

function replaceAt<T>(items: readonly T[], at: number, ...by: T[]): T[] {
  return [...items.slice(0, at), ...by, ...items.slice(at + 1)];
}

/** Is this parameter part of what is signed, or the signature itself? */
function matters(sample: Sample, name: string): boolean {
  if (sample.scheme.startsWith("v4") || sample.signedQuery.has(name)) return true;
  return sample.scheme === "v1-query" && ["OSSAccessKeyId", "Expires", "Signature"].includes(name);
}

function* queryMutations(sample: Sample, wanted: boolean): Generator<Mutation> {
  const { method, headers } = sample;
  const { path, pairs } = split(sample);
  for (const [at, [name, value]] of pairs.entries()) {
    if (matters(sample, name) !== wanted) continue;
    const with_ = (kind: string, ...by: Pair[]): Mutation => ({
      kind: `${kind} of ?${name}`,
      method,
      headers,
      target: join(path, replaceAt(pairs, at, ...by)),
    });
    yield with_("name", [changedAt(name, name.length - 1), value]);
    for (const changed of changedBytes(value ?? "")) yield with_("value", [name, changed]);
    if (!value) yield with_("a value", [name, "1"]);
    yield with_("absence");
  }
  const extra = sample.scheme.startsWith("v4") ? "foo" : "versionId";
  const target = join(path, [...pairs, [wanted ? extra : "foo", "1"]]);
  if (wanted || sample.scheme.startsWith("v1"))
    yield { kind: `added ?${wanted ? extra : "foo"}`, method, headers, target };
}

function* headerMutations(sample: Sample, wanted: boolean): Generator<Mutation> {
  const { method, target, headers, signedHeaders } = sample;
  for (const [at, [name, value]] of headers.entries()) {
    const lower = name.toLowerCase();
    const signed = signedHeaders.has(lower);
    if (lower === "host" || lower === "authorization" || signed !== wanted) continue;
    const with_ = (kind: string, ...by: Header[]): Mutation => ({
      kind: `${kind} of ${lower}`,
      method,
      target,
      headers: replaceAt(headers, at, ...by),
    });
    for (const changed of changedBytes(value)) yield with_("value", [name, changed]);
    yield with_("name", [changedAt(name, name.length - 1), value]);
    yield with_("absence");
  }
  const added: Header = wanted ? ["x-oss-meta-added", "1"] : ["x-added", "1"];
  yield { kind: `added ${added[0]}`, method, target, headers: [...headers, added] };
}

function* authorizationMutations({ method, target, headers }: Sample): Generator<Mutation> {
  const at = headers.findIndex(([name]) => name.toLowerCase() === "authorization");
  const [name, value] = headers[at] ?? ["", ""];
  // Every stretch between separators: scheme, AccessKeyId, date, region, product, terminator, names, signature.
  for (const { 0: stretch, index } of value.matchAll(/[^\s,:=/;]+/g)) {
    const changed = changedAt(value, index + stretch.length - 1);
    yield { kind: `Authorization ${changed}`, method, target, headers: replaceAt(headers, at, [name, changed]) };
  }
}

/** Changes that alter the canonical request, or the signature itself. */
export function* alteringMutations(sample: Sample): Generator<Mutation> {
  const { method, target, headers } = sample;
  for (const changed of changedBytes(method)) yield { kind: `method ${changed}`, method: changed, target, headers };
  for (const changed of ["GET", "PUT", "POST", "HEAD", "DELETE"]) {
    if (changed !== method) yield { kind: `method ${changed}`, method: changed, target, headers };
  }
  const { path, pairs } = split(sample);
  for (const segment of path.matchAll(/[^/]+/g)) {
    for (const changed of changedBytes(path, segment.index, segment.index + segment[0].length)) {
      yield { kind: `path ${changed}`, method, target: join(changed, pairs), headers };
    }
  }
  const host = headers.findIndex(([name]) => name.toLowerCase() === "host");
  const [name, value] = headers[host] ?? ["", ""];
  for (const changed of value.startsWith("demo-bucket") ? changedBytes(value, 0, value.indexOf(".")) : []) {
    yield { kind: `host ${changed}`, method, target, headers: replaceAt(headers, host, [name, changed]) };
  }
  yield* queryMutations(sample, true);
  yield* headerMutations(sample, true);
  yield* authorizationMutations(sample);
}

/** Other spellings of one text that decode to the same bytes. */
function* spellings(text: string, slashes: boolean): Generator<string> {
  const plain = [...text.matchAll(slashes ? /[\w\-.~!'()*/]/g : /[\w\-.~!'()*]/g)].map(({ index }) => index);
  const free = plain.filter((at) => !/%.?$/.test(text.slice(Math.max(0, at - 2), at)));
  const marks = free.filter((at) => /\W/.test(text.charAt(at)));
  for (const at of new Set([...ends(free), ...ends(marks)])) {
    const escaped = `%${text.charCodeAt(at).toString(16).toUpperCase()}`;
    yield text.slice(0, at) + escaped + text.slice(at + 1);
  }
  const lower = text.replace(/%[0-9A-F]{2}/g, (found) => found.toLowerCase());
  const bare = text.replace(/%(21|27|28|29|2A|7E)/g, (found) => decodeURIComponent(found));
  for (const spelled of [lower, bare]) if (spelled !== text) yield spelled;
}

function* neutralQueries(sample: Sample): Generator<string> {
  const { path, pairs } = split(sample);
  if (pairs.length > 1) {
    yield join(path, [...pairs].reverse());
    yield join(path, [...pairs.slice(1), ...pairs.slice(0, 1)]);
  }
  for (const [at, [name, value]] of pairs.entries()) {
    const with_ = (by: Pair): string => join(path, replaceAt(pairs, at, by));
    if (value === undefined) yield with_([name, ""]);
    else if (value === "") yield with_([name, undefined]);
    else {
      for (const spelling of spellings(value, true)) yield with_([name, spelling]);
      for (const [from, to] of [
        ["%20", "+"],
        ["+", "%20"],
      ] as const) {
        if (value.includes(from)) yield with_([name, value.replaceAll(from, to)]);
      }
    }
    const [spelling = name] = spellings(name, true);
    yield with_([spelling, value]);
  }
}

/** Changes that leave the canonical request as it is. */
export function* neutralMutations(sample: Sample): Generator<Mutation> {
  const { method, target, headers } = sample;
  const { path, pairs } = split(sample);
  for (const spelling of spellings(path.slice(1), !headers.some(isEndpoint))) {
    yield { kind: `path /${spelling}`, method, target: join(`/${spelling}`, pairs), headers };
  }
  for (const changed of neutralQueries(sample)) yield { kind: `query of ${changed}`, method, target: changed, headers };
  yield* queryMutations(sample, false);
  yield* headerMutations(sample, false);
  const cased = (change: (name: string) => string): Header[] => headers.map(([name, value]) => [change(name), value]);
  yield { kind: "upper-case headers", method, target, headers: cased((name) => name.toUpperCase()) };
  yield { kind: "lower-case headers", method, target, headers: cased((name) => name.toLowerCase()) };
  yield { kind: "reversed headers", method, target, headers: [...headers].reverse() };
  yield* authorizationSpellings(sample);
}

/** In path style the first slash ends the bucket and must stay bare. */
function isEndpoint([name, value]: Header): boolean {
  return name.toLowerCase() === "host" && value.startsWith("oss-");
}

function* authorizationSpellings({ scheme, method, target, headers }: Sample): Generator<Mutation> {
  if (scheme !== "v4-header") return;
  const at = headers.findIndex(([name]) => name.toLowerCase() === "authorization");
  const [name, value] = headers[at] ?? ["", ""];
  const fields = value.slice(value.indexOf(" ") + 1).split(/,\s*/);
  for (const list of [fields.join(","), fields.join(", "), [...fields].reverse().join(",")]) {
    const changed = `OSS4-HMAC-SHA256 ${list}`;
    if (changed !== value) {
      yield { kind: `Authorization ${changed}`, method, target, headers: replaceAt(headers, at, [name, changed]) };
    }
  }
}
