/**
 * The `Authorization` header of V4, and the additional headers that a signature names.
 * @module
 */
import { invalidArgument } from "./verify_faults.ts";
import type { SignedRequest } from "./verify_request.ts";

/** The fields of a V4 `Authorization` header. */
export interface Authorization {
  readonly credential: string;
  readonly additional: readonly string[];
  readonly signature: string;
}

/** Numbers of the three faults of a list of additional headers. */
export interface AdditionalNumbers {
  readonly empty: string;
  readonly item: string | undefined;
  readonly absent: string;
}

/**
 * Reads a list of additional headers, each of which must be on the request.
 * @param text `host;range`, or `undefined` for none
 * @returns lower-case names, sorted
 * @throws ServiceFault InvalidArgument
 */
export function additionalNames(
  text: string | undefined,
  request: SignedRequest,
  numbers: AdditionalNumbers,
): readonly string[] {
  if (text === undefined) return [];
  if (text.trim() === "") throw invalidArgument("The additional headers are empty.", numbers.empty);
  const names = text.split(";").map((name) => name.trim().toLowerCase());
  if (names.includes("")) throw invalidArgument("An additional header has no name.", numbers.item);
  const missing = names.find((name) => name.includes("_") || !request.headers.has(name));
  if (missing !== undefined)
    throw invalidArgument(`The additional header ${missing} is not in the request.`, numbers.absent);
  // The Go client names a header as often as its caller did, and signs the list like that.
  return names.sort();
}

const FIELDS: readonly string[] = ["Credential", "Signature", "AdditionalHeaders"];

function invalid(ec: string): Error {
  return invalidArgument("Invalid Authorization header.", ec);
}

/**
 * Reads what follows `OSS4-HMAC-SHA256 `: fields in any order, separated by a comma with or without spaces.
 * @throws ServiceFault InvalidArgument, with the number of what is wrong
 */
export function parseAuthorization(text: string, request: SignedRequest): Authorization {
  const pairs = text.split(",").map((pair) => pair.trim().split("="));
  const fields = new Map<string, string>();
  for (const [name = "", ...value] of pairs) {
    if (value.length === 0) throw invalid("0002-00000203");
    if (!FIELDS.includes(name)) throw invalid("0002-00000204");
    fields.set(name, value.join("="));
  }
  if (pairs.length < 2 || pairs.length > fields.size) throw invalid("0002-00000202");
  const credential = fields.get("Credential");
  if (!credential) throw invalid("0002-00000205");
  const signature = fields.get("Signature");
  if (!signature) throw invalid(signature === undefined ? "0002-00000207" : "0002-00000208");
  const numbers = { empty: "0002-00000209", item: "0002-00000210", absent: "0002-00000211" };
  return { credential, signature, additional: additionalNames(fields.get("AdditionalHeaders"), request, numbers) };
}
