/**
 * Scripted faults: what goes wrong, with which requests, how often.
 * @module
 */

/** Which requests a fault strikes. */
export interface FaultFilter {
  /** `UploadPart`; left out = any. */
  readonly operation?: string | undefined;
  readonly bucket?: string | undefined;
  readonly key?: string | undefined;
  /** How many requests it strikes. @default 1 */
  readonly times?: number | undefined;
  /** How many matching requests pass unharmed before. @default 0 */
  readonly skip?: number | undefined;
}

/** What goes wrong. */
export type FaultAction =
  /**
   * An error answer instead of the operation; `body` replaces the XML, as gateways do; `close` ends the connection
   * before the request's body was read.
   */
  | {
      readonly kind: "status";
      readonly status: number;
      readonly code?: string | undefined;
      readonly message?: string | undefined;
      readonly ec?: string | undefined;
      readonly headers?: Readonly<Record<string, string>> | undefined;
      readonly body?: string | undefined;
      readonly close?: boolean | undefined;
    }
  /** The request waits before it is looked at; `Infinity` = until the client gives up. */
  | { readonly kind: "delay"; readonly milliseconds: number }
  /** The answer's body breaks off; `silent` = it just ends, as chunked bodies in some browsers. @default half-way */
  | { readonly kind: "cut"; readonly at?: number | undefined; readonly silent?: boolean | undefined }
  /** The answer's body stops and never goes on. @default half-way */
  | { readonly kind: "stall"; readonly at?: number | undefined }
  /** The connection is reset; the operation does not happen. `at` = after that share of the request's body. */
  | { readonly kind: "reset"; readonly at?: number | undefined }
  /** The operation happens, and then the connection is reset: the client cannot know. */
  | { readonly kind: "lost" }
  /** The server's clock is ahead by so much (negative = behind). */
  | { readonly kind: "skew"; readonly milliseconds: number }
  /** The temporary keys are refused, in one of the forms that the service has for that. */
  | { readonly kind: "expire"; readonly code?: ExpiryCode | undefined }
  /** One bit of the body is flipped: of the request's where it has one, else of the answer's. `at` = byte. */
  | { readonly kind: "flip"; readonly at?: number | undefined }
  /** The answer carries a wrong CRC-64. */
  | { readonly kind: "crc" };

/** The forms of expired temporary keys. */
export type ExpiryCode =
  | "SecurityTokenExpired"
  | "InvalidAccessKeyId"
  | "SecurityTokenLost"
  | "InvalidSecurityToken"
  | "AccessKeyIdAndSecurityTokenNotMatch";

/** One scripted fault. */
export type Fault = FaultFilter & FaultAction;

/** The script of one in-process OSS. */
export interface Faults {
  /**
   * Adds a fault; several may strike one request.
   * @returns a function that takes it back
   */
  add(fault: Fault): () => void;
  /** Takes all faults back. */
  clear(): void;
  /** The faults that have not struck as often as they will. */
  readonly pending: readonly Fault[];
}

/** What a fault looks at. */
export interface FaultTarget {
  readonly operation: string;
  readonly bucket: string | undefined;
  readonly key: string | undefined;
}

/** A script, with the side that only the service sees. */
export interface FaultScript extends Faults {
  /** The faults that strike this request; each counts as used. */
  take(target: FaultTarget): FaultAction[];
}

interface Entry {
  readonly fault: Fault;
  skip: number;
  times: number;
}

/** A fault of any operation leaves preflights alone: a page would only see that it may not call. */
function matches({ fault }: Entry, target: FaultTarget): boolean {
  const any = fault.operation === undefined && target.operation !== "OptionObject";
  return (
    (any || fault.operation === target.operation) &&
    (fault.bucket === undefined || fault.bucket === target.bucket) &&
    (fault.key === undefined || fault.key === target.key)
  );
}

/** Makes an empty script. */
export function createFaults(): FaultScript {
  const entries = new Set<Entry>();
  return {
    add(fault) {
      const entry = { fault, skip: fault.skip ?? 0, times: fault.times ?? 1 };
      entries.add(entry);
      return () => void entries.delete(entry);
    },
    clear: () => entries.clear(),
    get pending() {
      return [...entries].map((entry) => entry.fault);
    },
    take(target) {
      const struck: FaultAction[] = [];
      for (const entry of entries) {
        if (!matches(entry, target)) continue;
        if (entry.skip > 0) entry.skip--;
        else {
          struck.push(entry.fault);
          entry.times--;
          if (entry.times <= 0) entries.delete(entry);
        }
      }
      return struck;
    },
  };
}
