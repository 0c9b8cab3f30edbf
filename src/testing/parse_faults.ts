/**
 * Fault scripts as text, for command lines.
 * @module
 */
import type { ExpiryCode, Fault, FaultAction } from "./faults.ts";

const EXPIRY: readonly ExpiryCode[] = [
  "SecurityTokenExpired",
  "InvalidAccessKeyId",
  "SecurityTokenLost",
  "InvalidSecurityToken",
  "AccessKeyIdAndSecurityTokenNotMatch",
];

/** Milliseconds of a time with a unit. */
const UNITS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 };

/** Settings of a status that are headers of its answer. */
const HEADERS: readonly (readonly [name: string, header: string])[] = [
  ["retry-after", "retry-after"],
  ["qos-delay", "x-oss-qos-delay-time"],
];

/** Names that every fault takes. */
const FILTERS: readonly string[] = ["bucket", "key", "times", "skip"];

function refuse(entry: string, reason: string): TypeError {
  return new TypeError(`Cannot read the fault ${JSON.stringify(entry.trim())}: ${reason}`);
}

function readTime(entry: string, text: string | undefined): number {
  if (text === "forever") return Number.POSITIVE_INFINITY;
  const [, value, unit = "ms"] = /^(-?\d+(?:\.\d+)?)(ms|s|m|h)?$/.exec(text ?? "") ?? [];
  if (value === undefined) throw refuse(entry, "a time is a number with ms, s, m or h, or forever");
  return Number(value) * (UNITS[unit] ?? 1);
}

function readNumber(entry: string, name: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const value = text === "forever" ? Number.POSITIVE_INFINITY : Number(text);
  if (text === "" || Number.isNaN(value) || value < 0) throw refuse(entry, `${name} must be a number`);
  return value;
}

function readExpiry(entry: string, text: string | undefined): ExpiryCode | undefined {
  const code = EXPIRY.find((known) => known === text);
  if (text !== undefined && code === undefined) throw refuse(entry, `choose from ${EXPIRY.join(", ")}`);
  return code;
}

/** The action of `kind` or `kind=value`, with the settings it takes, each of which it removes from the rest. */
function readAction(entry: string, word: string, settings: Map<string, string>): FaultAction {
  const take = (name: string): string | undefined => {
    const value = settings.get(name);
    settings.delete(name);
    return value;
  };
  const [kind = "", value] = word.split("=");
  const at = (): number | undefined => readNumber(entry, "at", take("at"));
  if (/^\d{3}$/.test(kind)) {
    const headers: Record<string, string> = {};
    for (const [name, header] of HEADERS) {
      const value = take(name);
      if (value !== undefined) headers[header] = value;
    }
    const close = take("close") === "true";
    const texts = { code: take("code"), ec: take("ec"), body: take("body") };
    return { kind: "status", status: Number(kind), headers, close, ...texts };
  }
  switch (kind) {
    case "delay":
    case "skew":
      return { kind, milliseconds: readTime(entry, value) };
    case "expire":
      return { kind, code: readExpiry(entry, value) };
    case "cut":
      return { kind, at: at(), silent: take("silent") === "true" };
    case "stall":
    case "reset":
    case "flip":
      return { kind, at: at() };
    case "lost":
    case "crc":
      return { kind };
    default:
      throw refuse(entry, "choose from a status, delay, cut, stall, reset, lost, skew, expire, flip, crc");
  }
}

/**
 * Reads a fault script: entries apart by `;` or line breaks, each `OPERATION KIND [NAME=VALUE]...`.
 *
 * `*` is any operation. Kinds: a status (`503`), `delay=200ms`, `cut`, `stall`, `reset`, `lost`, `skew=3h`,
 * `expire[=InvalidAccessKeyId]`, `flip`, `crc`. Names: `bucket`, `key`, `times` (a number or `forever`), `skip`; `at`
 * (a share of the body; for `flip` a byte); for a status `code`, `ec`, `body`, `retry-after` (seconds), `qos-delay`
 * (milliseconds), `close=true`; for `cut` `silent=true`.
 * @param script the text
 * @throws TypeError that names the entry and what is wrong with it
 * @example
 * ```ts
 * import { createTestOSS, parseFaults } from "oss-fetch/testing";
 * const oss = createTestOSS();
 * for (const fault of parseFaults("UploadPart 503 times=2; GetObject cut at=0.5 key=a.bin")) oss.faults.add(fault);
 * ```
 */
export function parseFaults(script: string): Fault[] {
  return script
    .split(/[;\n]/)
    .filter((entry) => entry.trim() !== "")
    .map((entry) => {
      const [operation = "", word, ...rest] = entry.trim().split(/\s+/);
      if (word === undefined) throw refuse(entry, "write OPERATION KIND [NAME=VALUE]...");
      const settings = new Map<string, string>();
      for (const pair of rest) {
        const equals = pair.indexOf("=");
        if (equals < 1) throw refuse(entry, `${JSON.stringify(pair)} is not NAME=VALUE`);
        settings.set(pair.slice(0, equals), pair.slice(equals + 1));
      }
      const action = readAction(entry, word, settings);
      const unknown = [...settings.keys()].find((name) => !FILTERS.includes(name));
      if (unknown !== undefined) throw refuse(entry, `it takes no ${JSON.stringify(unknown)}`);
      return {
        ...action,
        operation: operation === "*" ? undefined : operation,
        bucket: settings.get("bucket"),
        key: settings.get("key"),
        times: readNumber(entry, "times", settings.get("times")),
        skip: readNumber(entry, "skip", settings.get("skip")),
      };
    });
}
