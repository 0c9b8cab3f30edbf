/**
 * Lets faults strike: before the operation, on the request's body, and on the answer.
 * @module
 */
import { wait } from "./delay.ts";
import { faultyStream, type StreamFault, streamOf } from "./fault_streams.ts";
import type { ExpiryCode, FaultAction } from "./faults.ts";
import { ServiceFault } from "./service_fault.ts";
import { type Answer, ConnectionLost, type HeaderMap, type Incoming } from "./wire.ts";

/** The code of a status, where the fault names none. */
const CODES: Readonly<Record<number, string>> = {
  400: "RequestTimeout",
  403: "AccessDenied",
  404: "NoSuchKey",
  429: "TooManyRequests",
  500: "InternalError",
  503: "ServiceUnavailable",
};

/** Code, message and number of each form of expired keys. */
const EXPIRED: Readonly<Record<ExpiryCode, readonly [code: string, message: string, ec: string | undefined]>> = {
  SecurityTokenExpired: ["SecurityTokenExpired", "The security token you provided has expired.", "0002-00000007"],
  InvalidAccessKeyId: [
    "InvalidAccessKeyId",
    "The OSS Access Key Id you provided does not exist in our records.",
    "0002-00000902",
  ],
  SecurityTokenLost: [
    "InvalidAccessKeyId",
    "The OSS Access Key Id you provided does not exist in our records. The Security Token may be lost.",
    "0002-00000003",
  ],
  InvalidSecurityToken: ["InvalidSecurityToken", "The security token you provided is invalid.", "0002-00000008"],
  AccessKeyIdAndSecurityTokenNotMatch: [
    "AccessKeyIdAndSecurityTokenNotMatch",
    "The OSS access key id and security token you provided does not match.",
    undefined,
  ],
};

/** How far the faults move the server's clock, in milliseconds. */
export function skewOf(faults: readonly FaultAction[]): number {
  return faults.reduce((sum, fault) => sum + (fault.kind === "skew" ? fault.milliseconds : 0), 0);
}

/**
 * What happens before the operation: waiting, resets, refusals.
 * @throws ServiceFault or ConnectionLost, as the faults ask
 */
export async function strikeBefore(faults: readonly FaultAction[], request: Incoming): Promise<void> {
  for (const fault of faults) {
    if (fault.kind === "delay") await wait(fault.milliseconds, request.signal);
    else if (fault.kind === "reset" && fault.at === undefined) throw new ConnectionLost();
    else if (fault.kind === "expire") {
      const [code, message, ec] = EXPIRED[fault.code ?? "SecurityTokenExpired"];
      throw new ServiceFault(403, code, message, { ec });
    } else if (fault.kind === "status" && fault.body === undefined) {
      const { status, code = CODES[status] ?? "Unknown", message = "A scripted fault.", ec, close } = fault;
      const headers = { ...fault.headers, ...(close ? { connection: "close" } : {}) };
      throw new ServiceFault(status, code, message, { ec, headers });
    }
  }
}

/** The page that a fault answers instead of the service, as gateways do. */
export function gatewayPage(faults: readonly FaultAction[]): Answer | undefined {
  for (const fault of faults) {
    if (fault.kind !== "status" || fault.body === undefined) continue;
    const body = new TextEncoder().encode(fault.body);
    const headers = { "content-type": "text/html", "content-length": String(body.length), ...fault.headers };
    return { status: fault.status, headers, body };
  }
  return undefined;
}

/** Bytes of a body, when its header says so. */
function lengthOf(header: string | undefined): number | undefined {
  return header === undefined || header === "" ? undefined : Number(header);
}

/** The place of a fault: a byte, or a share of the body; of its first chunk where nothing says how long it is. */
function placeOf(how: StreamFault, at: number | undefined, length: number | undefined): (first: number) => number {
  if (how === "flip" && at !== undefined) return () => at;
  return (first) => Math.floor((length ?? first) * (at ?? 0.5));
}

/** The request as the service gets it: altered, or cut off on its way. */
export function strikeRequest(faults: readonly FaultAction[], request: Incoming, headers: HeaderMap): Incoming {
  let { body } = request;
  if (body === null) return request;
  const length = lengthOf(headers.get("content-length"));
  for (const fault of faults) {
    if (fault.kind === "flip") body = faultyStream(body, placeOf("flip", fault.at, length), "flip");
    if (fault.kind === "reset" && fault.at !== undefined) {
      body = faultyStream(body, placeOf("error", fault.at, length), "error");
    }
  }
  return { ...request, body };
}

function without(headers: Answer["headers"], name: string): Answer["headers"] {
  return Object.fromEntries(Object.entries(headers).filter(([known]) => known !== name));
}

/** How each fault strikes the body of an answer. */
function bodyFault(fault: FaultAction, uploaded: boolean): StreamFault | undefined {
  if (fault.kind === "cut") return fault.silent ? "end" : "error";
  if (fault.kind === "stall") return "stall";
  return fault.kind === "flip" && !uploaded ? "flip" : undefined;
}

/**
 * The answer as the client gets it.
 * @param faults what strikes
 * @param answer what the service said
 * @param uploaded whether the request had a body, which then is what was flipped
 * @throws ConnectionLost when the answer never arrives
 */
export function strikeAnswer(faults: readonly FaultAction[], answer: Answer, uploaded: boolean): Answer {
  let { headers, body } = answer;
  for (const fault of faults) {
    if (fault.kind === "lost") throw new ConnectionLost();
    const crc = headers["x-oss-hash-crc64ecma"];
    if (fault.kind === "crc" && crc !== undefined) {
      headers = { ...headers, "x-oss-hash-crc64ecma": String(BigInt.asUintN(64, BigInt(crc) + 1n)) };
    }
    const how = bodyFault(fault, uploaded);
    if (how === undefined || body === undefined) continue;
    const length = body instanceof Uint8Array ? body.length : lengthOf(headers["content-length"]);
    const at = "at" in fault ? fault.at : undefined;
    body = faultyStream(body instanceof Uint8Array ? streamOf(body) : body, placeOf(how, at, length), how);
    // A body that just ends is only believed when nothing says how long it should be.
    if (how === "end") headers = without(headers, "content-length");
  }
  return { ...answer, headers, body };
}
