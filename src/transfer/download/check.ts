/**
 * Checks of what may be chosen for a download. Loaded before the first request, where something is chosen.
 * @module
 */
import { checkInteger, show } from "../../core/validate.ts";
import { checkOptions } from "../upload/check_options.ts";
import type { DownloadOptions, DownloadToOptions } from "./types.ts";

/**
 * Checks the options.
 * @throws TypeError, RangeError naming the option and its value
 */
export function checkDownload(options: DownloadOptions & DownloadToOptions): void {
  const { readAhead = 1, verify = "all" } = options;
  // The service gives any range.
  checkOptions(options, 1, Number.MAX_SAFE_INTEGER);
  checkInteger("readAhead", readAhead, 1);
  if (!/^(all|sample|none)$/.test(verify))
    throw new TypeError(`verify must be "all", "sample" or "none", got ${show(verify)}`);
}
