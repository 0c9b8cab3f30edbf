/**
 * The retention policy of a bucket, from its beginning to its lock.
 * @module
 */
import type { BucketCall } from "../call.ts";
import { type Worm, wormOf, wormState } from "../immutable.ts";
import { receiveText } from "../receive.ts";
import type { Route } from "../routes.ts";
import { ServiceFault } from "../service_fault.ts";
import { keepDocument } from "../stored_document.ts";
import type { RouteAnswer } from "../wire.ts";
import { childText, readXml } from "../xml_read.ts";
import { xmlDocument } from "../xml_write.ts";

type Run = (call: BucketCall) => RouteAnswer | Promise<RouteAnswer>;

function noSuchWorm(): ServiceFault {
  return new ServiceFault(404, "NoSuchWORMConfiguration", "The WORM Configuration does not exist.");
}

function locked(): ServiceFault {
  return new ServiceFault(403, "WORMConfigurationLocked", "The WORM Configuration is locked.");
}

function invalid(): ServiceFault {
  return new ServiceFault(400, "InvalidWORMConfiguration", "Invalid WORM Configuration.");
}

/** The policy of the bucket; where the request names one, it must be that. */
function find(call: BucketCall): Worm {
  const worm = wormOf(call.bucket.record);
  const id = call.query.get("wormId");
  if (worm === undefined || (id !== undefined && id !== worm.id)) throw noSuchWorm();
  return worm;
}

async function readDays(call: BucketCall, root: string): Promise<number> {
  const text = childText(readXml(await receiveText(call), root), "RetentionPeriodInDays") ?? "";
  const days = Number(text);
  if (/^\d+$/.test(text) && days >= 1 && days <= 25_550) return days;
  throw invalid();
}

const keep = (call: BucketCall, worm: Worm): Promise<void> => keepDocument(call, "worm", JSON.stringify(worm));

async function initiateBucketWorm(call: BucketCall): Promise<RouteAnswer> {
  const days = await readDays(call, "InitiateWormConfiguration");
  const { record } = call.bucket;
  if (wormOf(record)?.locked) throw locked();
  if (record.versioning === "Suspended" || record.documents?.["objectWorm"] !== undefined) {
    throw new ServiceFault(400, "InvalidRequest", "Suspended versioning and object WORM allow no retention policy.");
  }
  const worm = { id: call.service.nextId(), days, created: call.now, locked: false };
  await keep(call, worm);
  return { headers: { "x-oss-worm-id": worm.id } };
}

async function abortBucketWorm(call: BucketCall): Promise<RouteAnswer> {
  if (find(call).locked) throw locked();
  await keepDocument(call, "worm", undefined);
  return { status: 204 };
}

async function completeBucketWorm(call: BucketCall): Promise<RouteAnswer> {
  const worm = find(call);
  const state = wormState(worm, call.now);
  if (state === "Locked") throw locked();
  if (state === "Expired") throw invalid();
  await keep(call, { ...worm, locked: true });
  return {};
}

async function extendBucketWorm(call: BucketCall): Promise<RouteAnswer> {
  const days = await readDays(call, "ExtendWormConfiguration");
  const worm = find(call);
  if (!worm.locked || days <= worm.days) throw invalid();
  await keep(call, { ...worm, days });
  return {};
}

function getBucketWorm(call: BucketCall): RouteAnswer {
  const worm = find(call);
  const document = {
    WormId: worm.id,
    State: wormState(worm, call.now),
    RetentionPeriodInDays: worm.days,
    // Without a zone, as the service's own samples have it.
    CreationDate: new Date(worm.created).toISOString().slice(0, 19),
  };
  return { body: xmlDocument("WormConfiguration", document) };
}

function row(operation: string, method: string, query: readonly string[], run: Run): Route {
  return { operation, method, scope: "bucket", query, access: "owner", run };
}

/** The rows of retention policies. */
export const bucketWormRoutes: readonly Route[] = [
  /* @__PURE__ */ row("InitiateBucketWorm", "POST", ["worm"], initiateBucketWorm),
  /* @__PURE__ */ row("AbortBucketWorm", "DELETE", ["worm"], abortBucketWorm),
  /* @__PURE__ */ row("CompleteBucketWorm", "POST", ["wormId"], completeBucketWorm),
  /* @__PURE__ */ row("ExtendBucketWorm", "POST", ["wormExtend", "wormId"], extendBucketWorm),
  /* @__PURE__ */ row("GetBucketWorm", "GET", ["worm"], getBucketWorm),
];
