/**
 * Parameters that all lists share.
 * @module
 */
import { type Call, invalidArgument, lenient } from "./call.ts";
import type { Settings } from "./options.ts";
import { byBytes, byUnits, type Order } from "./order.ts";
import { encodeText } from "./text.ts";

/** Most entries of a page. */
const MAX_PAGE = 1000;

/**
 * The page size that a request asks for.
 * @param call the request
 * @param name the parameter: `max-keys`
 * @param otherwise the size when there is none
 * @param ec number of the error
 * @throws ServiceFault InvalidArgument outside 1 to 1,000
 */
export function pageSize(call: Call, name: string, otherwise: number, ec?: string): number {
  const text = call.query.get(name);
  if (text === undefined || text === "") return otherwise;
  const size = Number(text);
  if (lenient(call, "max-keys") && size > MAX_PAGE) return MAX_PAGE;
  if (/^\d+$/.test(text) && size >= 1 && size <= MAX_PAGE) return size;
  throw invalidArgument(name, text, `Argument ${name} must be an integer between 1 and ${MAX_PAGE}.`, ec);
}

/** How names are written. */
export interface Encoding {
  /** `url`, where the request asked for it. */
  readonly encodingType: string | undefined;
  readonly encode: (text: string) => string;
}

/**
 * How the request wants names written: `encoding-type=url`, or as they are.
 * @throws ServiceFault InvalidArgument for another encoding
 */
export function encodingOf(call: Call): Encoding {
  const type = call.query.get("encoding-type");
  if (type === undefined || type === "") return { encodingType: undefined, encode: (text) => text };
  if (type.toLowerCase() === "url") return { encodingType: type, encode: encodeText };
  throw invalidArgument("encoding-type", type, "Invalid Encoding Method specified in Request.");
}

/** The order of names: by UTF-8 bytes, unless the service is told to get it wrong. */
export function orderOf(settings: Pick<Settings, "lenient">): Order {
  return settings.lenient.has("order") ? byUnits : byBytes;
}
