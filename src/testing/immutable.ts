/**
 * What nobody may delete or replace: objects under the retention policy of their bucket, retained or held ones.
 * @module
 */
import { settingOf } from "./bucket_settings.ts";
import { type Bucket, type BucketRecord, isMarker, type ObjectRecord, type Retention } from "./records.ts";
import { ServiceFault } from "./service_fault.ts";
import { namedVersion } from "./versions.ts";

/** Milliseconds of a day. */
export const DAY = 86_400_000;

/** The retention policy of a bucket. */
export interface Worm {
  readonly id: string;
  readonly days: number;
  readonly created: number;
  readonly locked: boolean;
}

/** The retention policy of a bucket, if it has one. */
export function wormOf({ documents }: BucketRecord): Worm | undefined {
  const kept = documents?.["worm"];
  // Written by this program only.
  return kept === undefined ? undefined : (JSON.parse(kept) as Worm);
}

/** The state of a retention policy: it must be locked within a day. */
export function wormState({ locked, created }: Worm, now: number): "InProgress" | "Locked" | "Expired" {
  if (locked) return "Locked";
  return now < created + DAY ? "InProgress" : "Expired";
}

/** The version that is lost when a key is written or, perhaps by the name of a version, deleted. */
function lostVersion(bucket: Bucket, key: string, named: string | undefined): ObjectRecord | undefined {
  if (named === undefined && bucket.record.versioning === "Enabled") return undefined;
  const version = namedVersion(bucket, key, named ?? "null");
  return version === undefined || isMarker(version) ? undefined : version;
}

/**
 * Refuses to delete or to replace what is protected. A policy that waits to be locked protects as well.
 * @param named the version that is to be deleted, if one is named
 * @param bypass whether the caller passes over retentions of mode GOVERNANCE
 * @throws ServiceFault FileImmutable
 */
export function checkImmutable(
  bucket: Bucket,
  key: string,
  named: string | undefined,
  now: number,
  bypass: boolean = false,
): void {
  const object = lostVersion(bucket, key, named);
  if (object === undefined) return;
  const worm = wormOf(bucket.record);
  const { modified, retention, legalHold } = object;
  const kept = worm !== undefined && wormState(worm, now) !== "Expired" && now < modified + worm.days * DAY;
  const retained = retention !== undefined && now < retention.until && !(bypass && retention.mode === "GOVERNANCE");
  if (!kept && !retained && !legalHold) return;
  throw new ServiceFault(409, "FileImmutable", "The object you specified is immutable.", {
    ec: "0026-00000005",
    extras: { Key: key },
  });
}

/**
 * Refuses appends where objects can be retained one by one.
 * @throws ServiceFault InvalidRequest
 */
export function checkAppends({ record }: Bucket): void {
  if (record.documents?.["objectWorm"] === undefined) return;
  throw new ServiceFault(400, "InvalidRequest", "The bucket's object WORM configuration does not allow appends.");
}

/** How a bucket retains new objects. */
export function defaultRetention({ record }: Bucket, now: number): Retention | undefined {
  const part = (name: string): string | undefined =>
    settingOf(record, "objectWorm", `ObjectWormConfiguration/Rule/DefaultRetention/${name}`);
  const mode = part("Mode");
  if (mode === undefined) return undefined;
  const until = new Date(now);
  until.setUTCDate(until.getUTCDate() + Number(part("Days") ?? 0));
  until.setUTCFullYear(until.getUTCFullYear() + Number(part("Years") ?? 0));
  return { mode, until: until.getTime() };
}
