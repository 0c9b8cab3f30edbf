/**
 * What the service does wrong, drawn for one kind of transfer.
 * @module
 */
import type { Fault, FaultAction } from "../../src/testing/faults.ts";
import type { Kind } from "./plan.ts";
import type { Random } from "./random.ts";

const SEND = ["UploadPart", "InitiateMultipartUpload", "CompleteMultipartUpload"] as const;
/** What a transfer may ask of the service: faults strike it there. */
const OPERATIONS: Readonly<Record<Kind, readonly [string, ...string[]]>> = {
  put: ["PutObject"],
  upload: [...SEND, "ListParts", "HeadObject", "PutObject"],
  job: [...SEND, "ListParts", "HeadObject", "PutObject", "AbortMultipartUpload"],
  abort: [...SEND, "AbortMultipartUpload"],
  get: ["GetObject"],
  download: ["GetObject"],
  cancel: ["GetObject"],
  downloadTo: ["GetObject"],
  copy: ["CopyObject", "UploadPartCopy", "HeadObject", "InitiateMultipartUpload", "CompleteMultipartUpload"],
  pipe: [...SEND, "GetObject", "PutObject", "AbortMultipartUpload"],
  uploadAll: [...SEND, "PutObject"],
  downloadAll: ["GetObject", "ListObjectsV2"],
};

/** Milliseconds that no client waits. A service that does not see that its client has gone is done with it soon. */
const FOREVER = 15_000;

function action(random: Random, flips: boolean): FaultAction {
  const at = random.next();
  switch (
    random.pick(["status", "status", "delay", "cut", "stall", "reset", "lost", "lost", "skew", "expire", "sum"])
  ) {
    case "status":
      return { kind: "status", status: random.pick([500, 502, 503, 503, 429, 403]), close: random.chance(0.3) };
    case "delay":
      return { kind: "delay", milliseconds: random.chance(0.2) ? FOREVER : random.int(1, 120) };
    case "cut":
      return { kind: "cut", at, silent: random.chance(0.3) };
    case "stall":
      return { kind: "stall", at };
    case "reset":
      return { kind: "reset", ...(random.chance(0.5) && { at }) };
    case "lost":
      return { kind: "lost" };
    case "skew":
      return { kind: "skew", milliseconds: random.pick([-1, 1]) * random.int(3, 50) * 3_600_000 };
    case "expire":
      return { kind: "expire", code: random.pick(["SecurityTokenExpired", "InvalidAccessKeyId", "SecurityTokenLost"]) };
    default:
      if (!flips) return { kind: "lost" };
      return random.chance(0.5) ? { kind: "crc" } : { kind: "flip", at: random.int(0, 150_000) };
  }
}

/**
 * Draws what the service does wrong.
 * @param kind of transfer
 */
export function serviceFaults(random: Random, kind: Kind): Fault[] {
  const faults: Fault[] = [];
  for (let count = random.pick([0, 0, 1, 1, 2, 3]); count > 0; count--) {
    const flipped = faults.some(({ kind }) => kind === "flip" || kind === "crc");
    const named = random.chance(0.6) ? { operation: random.pick(OPERATIONS[kind]) } : {};
    const where = { ...named, skip: random.pick([0, 0, 0, 1, 2, 5]) };
    const struck = action(random, !flipped);
    // Most pass after a while, some outlast all attempts.
    const storm = struck.kind === "status" || struck.kind === "lost" ? random.pick([1, 1, 2, 3, 8]) : 1;
    faults.push({ ...where, ...struck, times: storm });
  }
  return faults;
}
