/**
 * Tasks that copy buckets to several zones: kept in the queue, never processed.
 * @module
 */
import { requireIdentity } from "../access.ts";
import { type BucketCall, type Call, invalidArgument } from "../call.ts";
import { pageSize } from "../list_options.ts";
import type { Bucket } from "../records.ts";
import type { Route } from "../routes.ts";
import { ServiceFault } from "../service_fault.ts";
import { documentOf, keepDocument, xmlValue } from "../stored_document.ts";
import type { RouteAnswer } from "../wire.ts";
import { childText, readXml, type XmlNode } from "../xml_read.ts";
import { xmlDocument } from "../xml_write.ts";

const NAME = "BucketDataRedundancyTransition";
const LIST = "ListBucketDataRedundancyTransition";
const KIND = "redundancyTransition";

function tasksOf(bucket: Bucket): readonly XmlNode[] {
  const kept = documentOf({ bucket }, KIND);
  return kept === undefined ? [] : readXml(kept, LIST).children;
}

function keep(call: BucketCall, tasks: readonly XmlNode[]): Promise<void> {
  return keepDocument(call, KIND, xmlDocument(LIST, { [NAME]: tasks.map(xmlValue) }));
}

/** The task that a request names, and the others. */
function asked(call: BucketCall): { task: XmlNode; others: readonly XmlNode[] } {
  const id = call.query.get("x-oss-redundancy-transition-taskid") ?? "";
  const tasks = tasksOf(call.bucket);
  const task = tasks.find((one) => childText(one, "TaskId") === id);
  if (task !== undefined) return { task, others: tasks.filter((one) => one !== task) };
  const code = "BucketDataRedundancyTransitionTaskNotExist";
  throw new ServiceFault(404, code, "The redundancy transition task does not exist.", { extras: { TaskId: id } });
}

async function create(call: BucketCall): Promise<RouteAnswer> {
  const target = call.query.get("x-oss-target-redundancy-type") ?? "";
  if (target !== "ZRS" || call.bucket.record.redundancy !== "LRS")
    throw invalidArgument("x-oss-target-redundancy-type", target, "Only LRS can be changed, and only to ZRS.");
  const id = crypto.randomUUID().replaceAll("-", "");
  const facts = {
    Bucket: call.bucketName,
    TaskId: id,
    Status: "Queueing",
    CreateTime: new Date(call.now).toISOString(),
  };
  const children = Object.entries(facts).map(([name, text]): XmlNode => ({ name, text, children: [] }));
  await keep(call, [...tasksOf(call.bucket), { name: NAME, children, text: "" }]);
  return { body: xmlDocument(NAME, { TaskId: id }) };
}

function get(call: BucketCall): RouteAnswer {
  return { body: xmlDocument(NAME, xmlValue(asked(call).task)) };
}

async function remove(call: BucketCall): Promise<RouteAnswer> {
  await keep(call, asked(call).others);
  return { status: 204 };
}

function listBucket(call: BucketCall): RouteAnswer {
  return { body: xmlDocument(LIST, { [NAME]: tasksOf(call.bucket).map(xmlValue), IsTruncated: false }) };
}

/** Tasks by bucket, then by age; a token is the number of those that were listed. */
function listUser(call: Call): RouteAnswer {
  const { account } = requireIdentity(call);
  const start = Number(call.query.get("continuation-token") || 0);
  const size = pageSize(call, "max-keys", 100);
  const tasks: XmlNode[] = [];
  for (const [, bucket] of call.service.state.buckets.from(() => false)) {
    if (bucket.record.owner === account.id) tasks.push(...tasksOf(bucket));
  }
  const end = start + size;
  const document = xmlDocument(LIST, {
    [NAME]: tasks.slice(start, end).map(xmlValue),
    IsTruncated: end < tasks.length,
    NextContinuationToken: end < tasks.length ? String(end) : "",
  });
  return { body: document };
}

const ONE = [KIND, "x-oss-redundancy-transition-taskid"] as const;

/** The rows of redundancy transitions. */
export const redundancyTransitionRoutes: readonly Route[] = [
  { operation: `Create${NAME}`, method: "POST", scope: "bucket", query: [KIND], access: "owner", run: create },
  { operation: `Get${NAME}`, method: "GET", scope: "bucket", query: ONE, access: "owner", run: get },
  { operation: `Delete${NAME}`, method: "DELETE", scope: "bucket", query: ONE, access: "owner", run: remove },
  { operation: LIST, method: "GET", scope: "bucket", query: [KIND], access: "owner", run: listBucket },
  {
    operation: "ListUserDataRedundancyTransition",
    method: "GET",
    scope: "service",
    query: [KIND],
    access: "owner",
    run: listUser,
  },
];
