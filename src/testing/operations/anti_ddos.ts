/**
 * Anti-DDoS instances, and the buckets that they protect: kept and told, without an effect.
 * @module
 */
import { requireIdentity } from "../access.ts";
import { type BucketCall, type Call, invalidArgument } from "../call.ts";
import { pageSize } from "../list_options.ts";
import { receiveText } from "../receive.ts";
import type { Route } from "../routes.ts";
import { documentOf, keepDocument, xmlValue } from "../stored_document.ts";
import type { RouteAnswer } from "../wire.ts";
import { childText, readXml, type XmlNode } from "../xml_read.ts";
import { type XmlValue, xmlDocument } from "../xml_write.ts";

const NAME = "antiDDos";
const LIST = "AntiDDOSListConfiguration";
const ONE = "AntiDDOSConfiguration";

type Members = Readonly<Record<string, XmlValue>>;

const secondsOf = ({ now }: Call): string => String(Math.floor(now / 1000));
const members = (node: XmlNode): Members =>
  Object.fromEntries(node.children.map((child) => [child.name, xmlValue(child)]));

function instancesOf(call: Call): readonly XmlNode[] {
  const kept = call.service.state.accountDocuments.get(requireIdentity(call).account.id)?.[NAME];
  return kept === undefined ? [] : readXml(kept, LIST).children;
}

async function keepInstances(call: Call, instances: readonly Members[]): Promise<void> {
  const document = xmlDocument(LIST, { [ONE]: instances });
  await call.service.state.keepAccountDocument(requireIdentity(call).account.id, NAME, document);
}

/** The instance that a request names. @throws ServiceFault */
function instanceOf(call: Call, missing: string): Members {
  const id = call.headers.get("x-oss-defender-instance") ?? "";
  const found = instancesOf(call).find((node) => childText(node, "InstanceId") === id);
  if (id !== "" && found) return members(found);
  const ec = id === "" ? missing : "0038-00000004";
  throw invalidArgument("x-oss-defender-instance", id, "The instance does not exist.", ec);
}

function statusOf(call: Call, valid: RegExp): string {
  const status = call.headers.get("x-oss-defender-status") ?? "";
  if (valid.test(status)) return status;
  throw invalidArgument("x-oss-defender-status", status, "The status is invalid.", "0038-00000006");
}

async function initUser(call: Call): Promise<RouteAnswer> {
  const id = crypto.randomUUID();
  const time = secondsOf(call);
  const times = { Ctime: time, Mtime: time, ActiveTime: "0" };
  const made = { InstanceId: id, Owner: requireIdentity(call).account.id, ...times, Status: "Init" };
  await keepInstances(call, [...instancesOf(call).map(members), made]);
  return { headers: { "x-oss-defender-instance": id } };
}

function getUser(call: Call): RouteAnswer {
  return { body: xmlDocument(LIST, { [ONE]: instancesOf(call).map(members) }) };
}

async function updateUser(call: Call): Promise<RouteAnswer> {
  const { InstanceId } = instanceOf(call, "0038-00000002");
  const change = { Status: statusOf(call, /^HaltDefending$/), Mtime: secondsOf(call) };
  const all = instancesOf(call).map(members);
  await keepInstances(
    call,
    all.map((one) => (one["InstanceId"] === InstanceId ? { ...one, ...change } : one)),
  );
  return {};
}

/** The domains that a request names, `undefined` without a document. */
async function domainsOf(call: BucketCall): Promise<Members> {
  const text = await receiveText(call);
  return text === "" ? {} : members(readXml(text, ONE));
}

async function keep(call: BucketCall, facts: Members): Promise<void> {
  await keepDocument(call, NAME, xmlDocument(ONE, facts));
}

async function initBucket(call: BucketCall): Promise<RouteAnswer> {
  const { InstanceId, Owner } = instanceOf(call, "0038-00000003");
  const type = call.headers.get("x-oss-defender-type") ?? "";
  if (type !== "AntiDDosPremimum") throw invalidArgument("x-oss-defender-type", type, "The type is invalid.");
  const domains = await domainsOf(call);
  const time = secondsOf(call);
  const times = { Ctime: time, Mtime: time, ActiveTime: "0" };
  await keep(call, { InstanceId, Owner, Bucket: call.bucketName, ...times, Status: "Init", Type: type, ...domains });
  return { headers: { "x-oss-defender-instance": String(InstanceId) } };
}

async function updateBucket(call: BucketCall): Promise<RouteAnswer> {
  instanceOf(call, "0038-00000003");
  const Status = statusOf(call, /^(Init|Defending|HaltDefending)$/);
  const domains = await domainsOf(call);
  const kept = documentOf(call, NAME);
  if (kept === undefined) throw invalidArgument("bucket", call.bucketName, "The bucket has no protection.");
  if (Status === "HaltDefending") await keepDocument(call, NAME, undefined);
  else {
    const before = members(readXml(kept, ONE));
    const Mtime = secondsOf(call);
    const ActiveTime = Status === "Init" ? "0" : before["Status"] === Status ? before["ActiveTime"] : Mtime;
    await keep(call, { ...before, Status, Mtime, ActiveTime, ...domains });
  }
  return {};
}

function listAll(call: Call): RouteAnswer {
  const { account } = requireIdentity(call);
  const marker = call.query.get("marker") ?? "";
  const max = pageSize(call, "max-keys", 100);
  const found: Members[] = [];
  for (const [name, { record }] of call.service.state.buckets.from(() => false)) {
    const document = record.owner === account.id && name > marker ? record.documents?.[NAME] : undefined;
    if (document !== undefined) found.push(members(readXml(document, ONE)));
  }
  const page = found.slice(0, max);
  const more = found.length > max;
  const paging = { Marker: more ? page[page.length - 1]?.["Bucket"] : undefined, IsTruncated: more };
  return { body: xmlDocument(LIST, { ...paging, [ONE]: page }) };
}

/** The rows of Anti-DDoS. */
export const antiDdosRoutes: readonly Route[] = [
  { operation: "InitUserAntiDDosInfo", method: "PUT", scope: "service", query: [NAME], access: "owner", run: initUser },
  { operation: "GetUserAntiDDosInfo", method: "GET", scope: "service", query: [NAME], access: "owner", run: getUser },
  {
    operation: "UpdateUserAntiDDosInfo",
    method: "POST",
    scope: "service",
    query: [NAME],
    access: "owner",
    run: updateUser,
  },
  {
    operation: "InitBucketAntiDDosInfo",
    method: "PUT",
    scope: "bucket",
    query: [NAME],
    access: "owner",
    run: initBucket,
  },
  {
    operation: "UpdateBucketAntiDDosInfo",
    method: "POST",
    scope: "bucket",
    query: [NAME],
    access: "owner",
    run: updateBucket,
  },
  {
    operation: "ListBucketAntiDDosInfo",
    method: "GET",
    scope: "service",
    query: ["bucketAntiDDos"],
    access: "owner",
    run: listAll,
  },
];
