/**
 * Archived objects: how long a restoration takes, and whether an object can be read.
 * @module
 */
import { httpDate } from "../codec/time.ts";
import { type Call, lenient } from "./call.ts";
import type { ObjectRecord } from "./records.ts";
import { ServiceFault } from "./service_fault.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** Milliseconds that a restoration takes, by storage class and tier: the longest that the service promises. */
const DURATIONS: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  Archive: { Standard: MINUTE },
  ColdArchive: { Expedited: HOUR, Standard: 5 * HOUR, Bulk: 12 * HOUR },
  DeepColdArchive: { Expedited: 12 * HOUR, Standard: 48 * HOUR },
};

/** Whether objects of this storage class must be restored before they can be read. */
export function isArchived({ storageClass }: Pick<ObjectRecord, "storageClass">): boolean {
  return storageClass in DURATIONS;
}

/**
 * Milliseconds that the restoration of an object takes.
 * @param tier its priority
 * @returns `undefined` where the storage class has no such tier
 */
export function restorationTime({ storageClass }: ObjectRecord, tier: string): number | undefined {
  return DURATIONS[storageClass]?.[tier];
}

/** How far the restoration of an object is. */
export function restorationState({ restoration }: ObjectRecord, now: number): "frozen" | "ongoing" | "restored" {
  if (restoration === undefined || now >= restoration.expires) return "frozen";
  return now < restoration.ready ? "ongoing" : "restored";
}

/** What `x-oss-restore` and `RestoreInfo` say of an object; nothing of a frozen one. */
export function restoreInfo(object: ObjectRecord, now: number): string | undefined {
  const state = restorationState(object, now);
  if (state === "frozen" || object.restoration === undefined) return undefined;
  if (state === "ongoing") return 'ongoing-request="true"';
  return `ongoing-request="false", expiry-date="${httpDate(new Date(object.restoration.expires))}"`;
}

/** Archived objects are not readable before they are restored. */
export function checkReadable(call: Call, object: ObjectRecord): void {
  if (!isArchived(object) || restorationState(object, call.now) === "restored" || lenient(call, "archive")) return;
  const message = "The operation is not valid for the object's state.";
  throw new ServiceFault(403, "InvalidObjectState", message, { extras: { ObjectName: object.key } });
}
