/**
 * `x-oss-traffic-limit`: checked, and otherwise without effect here.
 * @module
 */
import { type Call, invalidArgument } from "./call.ts";

const NAME = "x-oss-traffic-limit";

/** Bits per second. Newer pages begin at 819,200, older ones and the official clients at 245,760. */
const LEAST = 245_760;
const MOST = 838_860_800;

/**
 * Refuses limits out of bounds, and two at once.
 * @param call the request; its headers or its query name the limit
 * @throws ServiceFault InvalidArgument
 */
export function checkTrafficLimit(call: Call): void {
  const [header, parameter] = [call.headers.get(NAME), call.query.get(NAME)];
  if (header !== undefined && parameter !== undefined) {
    const message = "The traffic limit must be in the header or in the query, not in both.";
    throw invalidArgument(NAME, parameter, message, "0004-00000501");
  }
  const value = header ?? parameter;
  if (value === undefined || (/^\d{1,15}$/.test(value) && Number(value) >= LEAST && Number(value) <= MOST)) return;
  throw invalidArgument(NAME, value, "The traffic limit is not valid.", "0004-00000502");
}
