/**
 * The answers to a request whose signature cannot be accepted.
 * @module
 */
import { fromBinary } from "./percent.ts";
import { ServiceFault } from "./service_fault.ts";

/** How far the clocks may be apart, in milliseconds. */
export const MAX_SKEW = 900_000;

/** EC numbers are documented per cause; where no page names one, there is none. */
type Ec = string | undefined;

/** Something in the signature's parameters is malformed: 400. */
export function invalidArgument(message: string, ec: Ec): ServiceFault {
  return new ServiceFault(400, "InvalidArgument", message, { ec });
}

/** The request is well-formed but refused: 403. */
export function accessDenied(message: string, ec: Ec, extras?: Record<string, string>): ServiceFault {
  return new ServiceFault(403, "AccessDenied", message, { ec, extras });
}

/** The AccessKeyId is unknown, or may not be used in this way. */
export function invalidAccessKeyId(accessKeyId: string, ec: Ec): ServiceFault {
  const message = "The OSS Access Key Id you provided does not exist in our records.";
  return new ServiceFault(403, "InvalidAccessKeyId", message, { ec, extras: { OSSAccessKeyId: accessKeyId } });
}

/** What the service computed, as it tells the caller. */
export interface Computed {
  readonly accessKeyId: string;
  /** What the request claims. */
  readonly signature: string;
  /** A binary string. */
  readonly stringToSign: string;
  /** A binary string; V4 only. */
  readonly canonicalRequest?: string | undefined;
}

/** The signature is not the one of this request. */
export function signatureMismatch(computed: Computed, ec: Ec): ServiceFault {
  const message =
    "The request signature we calculated does not match the signature you provided. Check your key and signing method.";
  const { accessKeyId, signature, stringToSign, canonicalRequest } = computed;
  const extras = {
    OSSAccessKeyId: accessKeyId,
    SignatureProvided: signature,
    StringToSign: fromBinary(stringToSign),
    ...(canonicalRequest === undefined ? {} : { CanonicalRequest: fromBinary(canonicalRequest) }),
  };
  return new ServiceFault(403, "SignatureDoesNotMatch", message, { ec, extras });
}

/** The clocks differ too much; times in milliseconds. */
export function timeTooSkewed(requestTime: number, serverTime: number): ServiceFault {
  const message = "The difference between the request time and the current time is too large.";
  const extras = {
    MaxAllowedSkewMilliseconds: String(MAX_SKEW),
    RequestTime: new Date(requestTime).toISOString(),
    ServerTime: new Date(serverTime).toISOString(),
  };
  return new ServiceFault(403, "RequestTimeTooSkewed", message, { ec: "0002-00000504", extras });
}

/** A signed URL or form is used after its end. */
export function expired(end: number, serverTime: number, ec: Ec): ServiceFault {
  const extras = { Expires: new Date(end).toISOString(), ServerTime: new Date(serverTime).toISOString() };
  return accessDenied("Request has expired.", ec, extras);
}
