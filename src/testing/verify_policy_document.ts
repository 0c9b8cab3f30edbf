/**
 * The policy document: base64 of UTF-8 of JSON, with an expiration and conditions.
 * @module
 */
import { binaryBytes } from "./percent.ts";
import { ServiceFault } from "./service_fault.ts";

/** A policy whose outer form is right; each condition is still to be read. */
export interface PolicyDocument {
  /** Milliseconds. */
  readonly expiration: number;
  readonly conditions: readonly unknown[];
}

/**
 * The answer to a policy that cannot be read: 400.
 * @param reason what is wrong with it
 * @param ec the number that the service gives to this fault, if it is documented
 */
export function invalidPolicy(reason: string, ec: string | undefined): ServiceFault {
  return new ServiceFault(400, "InvalidPolicyDocument", `Invalid Policy: ${reason}`, { ec });
}

/** Runs a step whose failure is the caller's mistake. */
function attempt<T>(step: () => T, reason: string, ec: string): T {
  try {
    return step();
  } catch {
    throw invalidPolicy(reason, ec);
  }
}

function parseExpiration(value: unknown): number {
  if (value === "") throw invalidPolicy("expiration is empty.", "0006-00000211");
  const iso = typeof value === "string" && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/.test(value);
  const time = iso ? Date.parse(value) : Number.NaN;
  if (Number.isNaN(time)) throw invalidPolicy("Invalid expiration.", "0006-00000210");
  return time;
}

/**
 * Reads a policy field.
 * @throws ServiceFault InvalidPolicyDocument
 */
export function parsePolicy(policy: string): PolicyDocument {
  const binary = attempt(() => atob(policy), "not base64.", "0006-00000202");
  const text = attempt(
    () => new TextDecoder("utf-8", { fatal: true }).decode(binaryBytes(binary)),
    "not UTF-8.",
    "0006-00000203",
  );
  const document = attempt((): unknown => JSON.parse(text), "not JSON.", "0006-00000204");
  if (typeof document !== "object" || document === null || Array.isArray(document)) {
    throw invalidPolicy("not a JSON object.", "0006-00000204");
  }
  const { expiration, conditions }: { expiration?: unknown; conditions?: unknown } = document;
  if (expiration === undefined) {
    throw invalidPolicy("expiration is missing.", conditions === undefined ? "0006-00000209" : "0006-00000208");
  }
  if (conditions === undefined) throw invalidPolicy("conditions are missing.", "0006-00000207");
  if (!Array.isArray(conditions)) throw invalidPolicy("conditions must be a list.", undefined);
  return { expiration: parseExpiration(expiration), conditions };
}
