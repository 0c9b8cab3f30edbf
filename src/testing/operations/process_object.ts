/**
 * Processing: checked and stored as asked, but no pixel is computed. What is saved or answered are the source's bytes;
 * only `image/info` tells the truth of them.
 * @module
 */

import { encodeUtf8 } from "../../codec/utf8.ts";
import { accessDenied, allow } from "../access.ts";
import { invalidArgument, noSuchBucket, type ObjectCall } from "../call.ts";
import { readAll } from "../contents.ts";
import { imageFacts } from "../image_facts.ts";
import { checkKey } from "../object_headers.ts";
import { decodePercent, fromBinary } from "../percent.ts";
import { type ProcessRequest, parseProcess } from "../process_syntax.ts";
import { receiveText } from "../receive.ts";
import type { ObjectRecord } from "../records.ts";
import type { Route } from "../routes.ts";
import { ServiceFault } from "../service_fault.ts";
import type { RouteAnswer } from "../wire.ts";
import { childText } from "../xml_read.ts";
import { findStyle } from "./bucket_style.ts";
import { findObject, getObject } from "./get_object.ts";
import { storeObject, wholeSeconds } from "./put_object.ts";

function json(value: object): RouteAnswer {
  return { headers: { "content-type": "application/json" }, body: encodeUtf8(JSON.stringify(value)) };
}

const asks = ({ kind, actions }: ProcessRequest, name: string): boolean =>
  kind === "image" && actions.some((action) => action.name === name);

/** What image processing refuses, and what `image/info` answers. */
async function imageInfo(object: ObjectRecord): Promise<object> {
  const facts = imageFacts(await readAll(object.content));
  if (facts === undefined) {
    throw new ServiceFault(400, "BadRequest", "This image format is not supported.", { ec: "0040-00000005" });
  }
  const { format, width, height, frames } = facts;
  const values = {
    FileSize: object.content.size,
    Format: format,
    FrameCount: frames,
    ImageHeight: height,
    ImageWidth: width,
  };
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, { value: String(value) }]));
}

/** Takes a request apart; a style stands for what the bucket keeps under its name. */
function readProcess(call: ObjectCall, text: string): ProcessRequest {
  const request = parseProcess(text);
  const name = request.kind === "style" ? (request.actions[0]?.name ?? "") : undefined;
  if (name === undefined) return request;
  const { kind, actions } = parseProcess(childText(findStyle(call, name), "Content") ?? "");
  return { ...request, kind, actions };
}

async function getProcessed(call: ObjectCall): Promise<RouteAnswer> {
  const request = readProcess(call, call.query.get("x-oss-process") ?? "");
  if (request.save !== undefined || request.topic !== undefined) {
    throw invalidArgument("x-oss-process", "sys/saveas", "The saveas operation is for POST requests only.");
  }
  const object = findObject(call);
  const info = request.kind === "image" ? await imageInfo(object) : {};
  if (asks(request, "info")) return json(info);
  return asks(request, "average-hue") ? json({ RGB: "0x000000" }) : await getObject(call);
}

/** Stores a copy of the source where the request says. */
async function save(call: ObjectCall, source: ObjectRecord, { save: target }: ProcessRequest): Promise<void> {
  if (target === undefined) return;
  const name = target.bucket ?? call.bucketName;
  const bucket = call.service.state.buckets.get(name);
  if (bucket === undefined) throw noSuchBucket(name);
  checkKey(call, target.key);
  if (bucket.record.region !== call.bucket.record.region) {
    throw invalidArgument("b", name, "The target bucket must be in the region of the source.");
  }
  if (bucket.record.owner !== call.bucket.record.owner) throw accessDenied("The target bucket is another account's.");
  allow(call, bucket, target.key, "write");
  const { content, crc64, md5, etag, headers } = source;
  const { storageClass } = bucket.record;
  const facts = { modified: wholeSeconds(call.now), type: "Normal", acl: "default", storageClass } as const;
  await storeObject(call, bucket, { key: target.key, content, crc64, md5, etag, headers, ...facts }, undefined);
}

/** The request in a body: `x-oss-process=...`. */
async function receiveProcess(call: ObjectCall, name: string): Promise<ProcessRequest> {
  const text = await receiveText(call);
  if (!text.startsWith(`${name}=`)) throw invalidArgument(name, text.slice(0, 64), "The body names no processing.");
  // Some clients send it as a form, with escapes; plain text has no "%".
  return readProcess(call, fromBinary(decodePercent(text.slice(name.length + 1))));
}

async function processObject(call: ObjectCall): Promise<RouteAnswer> {
  const request = await receiveProcess(call, "x-oss-process");
  const object = findObject(call);
  const info = request.kind === "image" ? await imageInfo(object) : {};
  if (asks(request, "info")) return json(info);
  if (request.topic !== undefined) throw invalidArgument("x-oss-process", "notify", "operation not support");
  // The service would answer with the result itself: here there is none.
  if (request.save === undefined) throw invalidArgument("x-oss-process", "", "The request has no saveas.");
  await save(call, object, request);
  return json({
    bucket: request.save.bucket ?? "",
    fileSize: object.content.size,
    object: request.save.key,
    status: "OK",
  });
}

async function asyncProcessObject(call: ObjectCall): Promise<RouteAnswer> {
  const request = await receiveProcess(call, "x-oss-async-process");
  const object = findObject(call);
  // The task is done before it is told of.
  await save(call, object, request);
  const id = call.service.nextId();
  return json({ EventId: `${id}-event`, RequestId: `${id}-request`, TaskId: `Task-${id}` });
}

const SYNC: readonly string[] = ["x-oss-process"];
const ASYNC: readonly string[] = ["x-oss-async-process"];

/** The rows of processing. */
export const processObjectRoutes: readonly Route[] = [
  { operation: "GetObject", method: "GET", scope: "object", query: SYNC, access: "read", run: getProcessed },
  { operation: "ProcessObject", method: "POST", scope: "object", query: SYNC, access: "owner", run: processObject },
  {
    operation: "AsyncProcessObject",
    method: "POST",
    scope: "object",
    query: ASYNC,
    access: "owner",
    run: asyncProcessObject,
  },
];
