/**
 * Asynchronous fetches, which are over before their answer is sent: the `source` of the options answers them.
 * @module
 */

import { type BucketCall, invalidArgument } from "../call.ts";
import { type CallbackWish, callBack, readCallback } from "../callback.ts";
import { encryptionOf } from "../encryption.ts";
import { checkKey, storageClass } from "../object_headers.ts";
import { receive, receiveText } from "../receive.ts";
import type { FetchTaskRecord, ObjectRecord } from "../records.ts";
import type { Route } from "../routes.ts";
import { ServiceFault } from "../service_fault.ts";
import type { RouteAnswer } from "../wire.ts";
import { childText, readXml } from "../xml_read.ts";
import { xmlDocument } from "../xml_write.ts";
import { storeObject, wholeSeconds } from "./put_object.ts";

const FIELDS = ["Url", "Object", "Host", "ContentMD5", "Callback", "StorageClass"] as const;
type Info = Readonly<Record<(typeof FIELDS)[number] | "IgnoreSameKey", string>>;

/** Reads a task: what is not there is empty. */
function readInfo(text: string): Info {
  const root = readXml(text, "AsyncFetchTaskConfiguration");
  const entries = FIELDS.map((name) => [name, childText(root, name) ?? ""] as const);
  const ignore = childText(root, "IgnoreSameKey") ?? "true";
  return { ...(Object.fromEntries(entries) as Record<(typeof FIELDS)[number], string>), IgnoreSameKey: ignore };
}

/** Gets the source and stores it. @throws what keeps it from that */
async function fetchObject(call: BucketCall, info: Info): Promise<ObjectRecord> {
  const { source } = call.service.settings;
  const url = /^\w+:\/\//.test(info.Url) ? info.Url : `http://${info.Url}`;
  if (source === undefined) throw new Error("nobody answers: give the in-process OSS a source");
  const response = await source(new Request(url, { headers: info.Host === "" ? {} : { "x-oss-host": info.Host } }));
  if (!response.ok) throw new Error(`the source answered ${response.status}`);
  const headers = new Map(info.ContentMD5 === "" ? [] : [["content-md5", info.ContentMD5]]);
  const { content, crc64, etag, md5 } = await receive({ ...call, headers }, response.body);
  const { bucket } = call;
  const record: ObjectRecord = {
    ...{ key: info.Object, content, crc64, etag, md5, type: "Normal", acl: "default" },
    modified: wholeSeconds(call.now),
    headers: { "content-type": response.headers.get("content-type") ?? "application/octet-stream" },
    storageClass: storageClass(info.StorageClass, bucket.record.storageClass),
    encryption: encryptionOf({ ...call, headers }),
  };
  await storeObject(call, bucket, record, undefined);
  return record;
}

/** Does the task. @returns what became of it */
async function run(call: BucketCall, info: Info, wish: CallbackWish | undefined): Promise<FetchTaskRecord> {
  let state = "Failed";
  let error = "";
  try {
    const record = await fetchObject(call, info);
    state = "FetchSuccessCallbackFailed";
    await callBack(call, wish, record, "PutAsyncFetchTask", {});
    state = "Success";
  } catch (cause) {
    error = cause instanceof Error ? cause.message : String(cause);
  }
  return { state, error, info };
}

async function keepTask(call: BucketCall, id: string, task: FetchTaskRecord): Promise<void> {
  const { record } = call.bucket;
  await call.service.state.putBucket({ ...record, fetchTasks: { ...record.fetchTasks, [id]: task } });
}

async function putAsyncFetchTask(call: BucketCall): Promise<RouteAnswer> {
  const info = readInfo(await receiveText(call));
  if (info.Url === "") throw invalidArgument("Url", "", "The Url is missing.");
  checkKey(call, info.Object);
  if (info.Object === "") throw invalidArgument("Object", "", "The Object is missing.");
  if (info.IgnoreSameKey !== "false" && call.bucket.objects.get(info.Object) !== undefined) {
    throw new ServiceFault(409, "ObjectAlreadyExists", "The object you specified already exists.", {
      extras: { ObjectName: info.Object },
    });
  }
  const wish = readCallback(call, new Map([["callback", info.Callback]]));
  const id = call.service.nextId();
  await keepTask(call, id, await run(call, info, wish));
  return { body: xmlDocument("AsyncFetchTaskResult", { TaskId: id }) };
}

function getAsyncFetchTask(call: BucketCall): RouteAnswer {
  const id = call.headers.get("x-oss-task-id") ?? "";
  const tasks = call.bucket.record.fetchTasks ?? {};
  const task = Object.hasOwn(tasks, id) ? tasks[id] : undefined;
  if (task === undefined) {
    throw new ServiceFault(404, "NoSuchTask", "The specified task does not exist.", { extras: { TaskId: id } });
  }
  const document = { TaskId: id, State: task.state, ErrorMsg: task.error, TaskInfo: task.info };
  return { body: xmlDocument("AsyncFetchTaskInfo", document) };
}

/** The rows of asynchronous fetches. */
export const asyncFetchRoutes: readonly Route[] = [
  {
    operation: "PutAsyncFetchTask",
    method: "POST",
    scope: "bucket",
    query: ["asyncFetch"],
    access: "owner",
    run: putAsyncFetchTask,
  },
  {
    operation: "GetAsyncFetchTask",
    method: "GET",
    scope: "bucket",
    query: ["asyncFetch"],
    access: "owner",
    run: getAsyncFetchTask,
  },
];
