/**
 * Versions as requests name them, and as answers tell of them.
 * @module
 */
import { invalidArgument, noSuchKey, type ObjectCall, type Service } from "./call.ts";
import { findVersion, newestVersion } from "./history.ts";
import { type Bucket, isMarker, type ObjectRecord, type VersionRecord } from "./records.ts";
import { ServiceFault } from "./service_fault.ts";

/** What answers call a version; the one without an id is `null`. */
export function versionName({ versionId = "null" }: Pick<VersionRecord, "versionId">): string {
  return versionId;
}

/** The header that names a version: only where versioning was ever set. */
export type VersionHeader = Readonly<Record<"x-oss-version-id", string | undefined>>;

/** The header that names a version, in answers of a bucket that has versions. */
export function versionHeader(bucket: Bucket, record: Pick<VersionRecord, "versionId">): VersionHeader {
  return { "x-oss-version-id": bucket.record.versioning === undefined ? undefined : versionName(record) };
}

/** Digits of a version's number in its id. */
const DIGITS = 12;

/** What makes a record a new version: a number, and an id unless versioning is suspended; nothing where it never was. */
export function newVersion(
  { state, nextId }: Service,
  { record }: Bucket,
): Pick<VersionRecord, "versionId" | "sequence"> {
  if (record.versioning === undefined) return {};
  const sequence = ++state.sequence;
  if (record.versioning === "Suspended") return { sequence };
  return { versionId: `CAEQ${sequence.toString(16).padStart(DIGITS, "0")}${nextId()}`, sequence };
}

/**
 * The number of a version that a list goes on after: the version itself may have been deleted since.
 * @returns infinity for what never was a version
 */
export function sequenceOf(bucket: Bucket, key: string, named: string): number {
  const found = namedVersion(bucket, key, named);
  if (found !== undefined) return found.sequence ?? 0;
  const sequence = Number.parseInt(named.slice(4, 4 + DIGITS), 16);
  return named.startsWith("CAEQ") && Number.isInteger(sequence) ? sequence : Number.POSITIVE_INFINITY;
}

/**
 * Finds the version that a request names, or the newest one.
 * @param named `versionId` of the request
 */
export function namedVersion(bucket: Bucket, key: string, named: string | undefined): VersionRecord | undefined {
  if (named === undefined) return newestVersion(bucket, key);
  return findVersion(bucket, key, named === "null" ? undefined : named);
}

/** Refuses a version that is named by nothing. */
export function checkVersionId(named: string | undefined): void {
  if (named !== "") return;
  throw invalidArgument("versionId", "", "The versionId must not be empty.", "0012-00000201");
}

/** There is no such version. */
function noSuchVersion(key: string, named: string): ServiceFault {
  return new ServiceFault(404, "NoSuchVersion", "The specified version does not exist.", {
    ec: "0012-00000203",
    extras: { Key: key, VersionId: named },
  });
}

/**
 * Finds the object that a request is about.
 * @param named `versionId` of the request, `undefined` for the current version
 * @param marker status of the error where the request names a delete marker
 * @throws ServiceFault NoSuchKey, NoSuchVersion, or MethodNotAllowed where the version is a delete marker
 */
export function findObject(
  bucket: Bucket,
  key: string,
  named: string | undefined,
  marker: 404 | 405 = 405,
): ObjectRecord {
  checkVersionId(named);
  const found = namedVersion(bucket, key, named);
  if (found === undefined) throw named === undefined ? noSuchKey(key) : noSuchVersion(key, named);
  if (!isMarker(found)) return found;
  const headers = { "x-oss-delete-marker": "true", "x-oss-version-id": versionName(found) };
  if (named === undefined || marker === 404) throw noSuchKey(key, headers);
  const message = "The specified method is not allowed against this resource.";
  throw new ServiceFault(405, "MethodNotAllowed", message, {
    ec: "0017-00000002",
    extras: { Method: "GET", ResourceType: "DeleteMarker" },
    headers,
  });
}

/** The object that a call is about: the version that its query names, or the current one. */
export function objectOf({ bucket, key, query }: ObjectCall): ObjectRecord {
  return findObject(bucket, key, query.get("versionId"));
}
