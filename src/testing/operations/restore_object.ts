/**
 * RestoreObject and CleanRestoredObject.
 * @module
 */
import { isArchived, restorationState, restorationTime } from "../archive.ts";
import type { ObjectCall } from "../call.ts";
import { receiveText } from "../receive.ts";
import type { ObjectRecord } from "../records.ts";
import type { Route } from "../routes.ts";
import { ServiceFault } from "../service_fault.ts";
import { objectOf, versionHeader } from "../versions.ts";
import type { RouteAnswer } from "../wire.ts";
import { childText, readXml } from "../xml_read.ts";

const DAY = 86_400_000;

function malformed(message: string, ec?: string): ServiceFault {
  return new ServiceFault(400, "MalformedXML", message, { ec });
}

function conflict(code: string, message: string, ec?: string): ServiceFault {
  return new ServiceFault(409, code, message, { ec });
}

/** The object, which must be archived. */
function findArchived(call: ObjectCall): ObjectRecord {
  const object = objectOf(call);
  if (isArchived(object)) return object;
  const message = "Operation is not supported for this resource.";
  throw new ServiceFault(400, "OperationNotSupported", message, { extras: { ResourceType: object.storageClass } });
}

/** Days and priority of a request; both have defaults. */
function readWish(text: string, object: ObjectRecord): { readonly days: number; readonly tier: string } {
  if (text.trim() === "") return { days: 1, tier: "Standard" };
  const root = readXml(text, "RestoreRequest");
  const archive = object.storageClass === "Archive";
  const days = childText(root, "Days")?.trim() ?? "1";
  if (!/^\d{1,3}$/.test(days) || Number(days) < 1 || Number(days) > (archive ? 7 : 365)) {
    throw malformed("The days of the restore request are not valid.", archive ? "0016-00000708" : "0016-00000704");
  }
  const parameters = root.children.find(({ name }) => name === "JobParameters");
  if (parameters === undefined) return { days: Number(days), tier: "Standard" };
  if (archive) throw malformed("An Archive object is restored without job parameters.");
  const tier = childText(parameters, "Tier") ?? "Standard";
  if (restorationTime(object, tier) === undefined) {
    throw malformed("The tier of the restore request is not valid.", "0016-00000703");
  }
  return { days: Number(days), tier };
}

async function restoreObject(call: ObjectCall): Promise<RouteAnswer> {
  const text = await receiveText(call);
  const object = findArchived(call);
  const { days, tier } = readWish(text, object);
  const state = restorationState(object, call.now);
  if (state === "ongoing") throw conflict("RestoreAlreadyInProgress", "The restore operation is in progress.");
  const again = state === "restored";
  const ready = again ? call.now : call.now + (restorationTime(object, tier) ?? 0);
  const restoration = { ready, expires: ready + days * DAY };
  await call.service.state.updateObject(call.bucket, { ...object, restoration });
  const version = versionHeader(call.bucket, object);
  const priority = object.storageClass === "Archive" ? undefined : tier;
  return { status: again ? 200 : 202, headers: { "x-oss-object-restore-priority": priority, ...version } };
}

async function cleanRestoredObject(call: ObjectCall): Promise<RouteAnswer> {
  const object = findArchived(call);
  const state = restorationState(object, call.now);
  if (state === "frozen") throw conflict("ArchiveRestoreFileStale", "The archive file or restore info stale");
  if (state === "ongoing") {
    const message = "The archive file's restore is not finished.";
    throw conflict("ArchiveRestoreNotFinished", message, "0016-00000719");
  }
  await call.service.state.updateObject(call.bucket, { ...object, restoration: undefined });
  return { headers: { ...versionHeader(call.bucket, object) } };
}

/** The rows of restorations. */
export const restoreObjectRoutes: readonly Route[] = [
  {
    operation: "RestoreObject",
    method: "POST",
    scope: "object",
    query: ["restore"],
    access: "write",
    run: restoreObject,
  },
  {
    operation: "CleanRestoredObject",
    method: "POST",
    scope: "object",
    query: ["cleanRestoredObject"],
    access: "write",
    run: cleanRestoredObject,
  },
];
