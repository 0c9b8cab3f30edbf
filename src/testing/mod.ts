/**
 * `oss-fetch/testing`: an OSS in this process, for tests.
 *
 * It verifies every signature with code of its own, is as strict as the real service, and runs wherever fetch does.
 * Strict rules are switched off one by one ({@link LENIENCES}); what goes wrong is scripted ({@link Faults}).
 * @example
 * ```ts
 * import { createTestOSS } from "oss-fetch/testing";
 * const oss = createTestOSS({ buckets: ["photos"] });
 * const response = await oss.fetch("https://photos.oss-cn-hangzhou.aliyuncs.com/a.txt");
 * console.log(response.status); // 403: nobody signed
 * ```
 * @module
 */
export type { Account, IssueOptions } from "./accounts.ts";
export { createTestOSS, type TemporaryKeys, type TestOSS } from "./create_test_oss.ts";
export type { ExpiryCode, Fault, FaultAction, FaultFilter, Faults } from "./faults.ts";
export type { RawRequest } from "./in_process.ts";
export { LENIENCE_NOTES, LENIENCES, type Lenience } from "./leniences.ts";
export { memoryStore } from "./memory_store.ts";
export type { BucketSetup, TestOSSOptions } from "./options.ts";
export { byBytes } from "./order.ts";
export { parseFaults } from "./parse_faults.ts";
export type { CorsConfiguration, CorsRule } from "./records.ts";
export type { RequestRecord } from "./request_log.ts";
export { ServiceFault } from "./service_fault.ts";
export { SortedMap } from "./sorted_map.ts";
export type { Change, Piece, PieceWriter, Store } from "./store.ts";
export { type Answer, ConnectionLost, type HeaderLine, type Incoming } from "./wire.ts";
