/**
 * Access points for object processing: kept, and nothing is processed.
 * @module
 */
import { requireIdentity } from "../access.ts";
import { type BucketCall, type Call, invalidArgument } from "../call.ts";
import { receiveText } from "../receive.ts";
import type { Route } from "../routes.ts";
import { ServiceFault } from "../service_fault.ts";
import { xmlValue } from "../stored_document.ts";
import {
  ACCESS_POINT,
  checkFree,
  keepOfPoint,
  namedRow,
  OBJECT_PROCESS,
  ofPoint,
  type Point,
  pointName,
  pointPage,
  pointRow,
  pointsOf,
  policyRoutes,
} from "../stored_points.ts";
import type { RouteAnswer } from "../wire.ts";
import { childText, readXml } from "../xml_read.ts";
import { type XmlValue, xmlDocument } from "../xml_write.ts";

const KIND = "accessPointForObjectProcess";
const CONFIG = "accessPointConfigForObjectProcess";
const POLICY = "accessPointPolicyForObjectProcess";
const CREATE = "CreateAccessPointForObjectProcessConfiguration";
const PUT = "PutAccessPointConfigForObjectProcessConfiguration";

/** What is kept of such an access point, beside its configuration. */
interface Facts {
  readonly accessPoint: string;
  readonly alias: string;
  readonly created: number;
}

/** Written by this program only. */
const factsOf = (document: string): Facts => JSON.parse(document);

function arnOf({ bucket: { record } }: BucketCall, name: string): string {
  return `acs:oss:${record.region}:${record.owner}:accesspointforobjectprocess/${name}`;
}

async function create(call: BucketCall): Promise<RouteAnswer> {
  const { account } = requireIdentity(call);
  const name = call.headers.get(OBJECT_PROCESS.header) ?? "";
  const root = readXml(await receiveText(call), CREATE);
  const accessPoint = childText(root, "AccessPointName") ?? "";
  if (!/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/.test(name)) {
    throw invalidArgument(OBJECT_PROCESS.header, name, "The access point name is not valid.");
  }
  if (pointsOf(call, ACCESS_POINT, account.id, call.bucketName).every((point) => point.name !== accessPoint)) {
    throw new ServiceFault(404, ACCESS_POINT.missing, "The specified access point does not exist.");
  }
  checkFree(call, OBJECT_PROCESS, name);
  const alias = `${name}-${call.service.nextId().toLowerCase()}-opapalias`;
  const facts: Facts = { accessPoint, alias, created: call.now };
  const others = root.children.filter((child) => child.name !== "AccessPointName");
  await keepOfPoint(call, CONFIG, name, xmlDocument(PUT, xmlValue({ ...root, children: others })));
  await keepOfPoint(call, KIND, name, JSON.stringify(facts));
  const document = { AccessPointForObjectProcessArn: arnOf(call, name), AccessPointForObjectProcessAlias: alias };
  return { body: xmlDocument("CreateAccessPointForObjectProcessResult", document) };
}

/** The configuration of a point, by the names of its elements. */
function configOf(document: string | undefined): Record<string, XmlValue> {
  const root = readXml(document ?? `<${PUT}/>`, PUT);
  return Object.fromEntries(root.children.map((child) => [child.name, xmlValue(child)]));
}

function get(call: BucketCall): RouteAnswer {
  const name = pointName(call, OBJECT_PROCESS);
  const { record } = call.bucket;
  const { accessPoint, alias, created } = factsOf(ofPoint(call, KIND, name) ?? "");
  const { AllowAnonymousAccessForObjectProcess, PublicAccessBlockConfiguration } = configOf(
    ofPoint(call, CONFIG, name),
  );
  const host = `${name}-${record.owner}.oss-${record.region}`;
  const document = {
    AccessPointNameForObjectProcess: name,
    AccessPointForObjectProcessAlias: alias,
    AccessPointName: accessPoint,
    AccountId: record.owner,
    AccessPointForObjectProcessArn: arnOf(call, name),
    CreationDate: Math.floor(created / 1000),
    Status: "enable",
    Endpoints: {
      PublicEndpoint: `${host}.oss-object-process.aliyuncs.com`,
      InternalEndpoint: `${host}-internal.oss-object-process.aliyuncs.com`,
    },
    AllowAnonymousAccessForObjectProcess,
    PublicAccessBlockConfiguration: PublicAccessBlockConfiguration ?? { BlockPublicAccess: false },
  };
  return { body: xmlDocument("GetAccessPointForObjectProcessResult", document) };
}

async function remove(call: BucketCall): Promise<RouteAnswer> {
  const name = pointName(call, OBJECT_PROCESS);
  for (const kind of [CONFIG, POLICY, KIND]) await keepOfPoint(call, kind, name, undefined);
  return { status: 204 };
}

function describe({ bucket, name, document }: Point): XmlValue {
  const { accessPoint, alias } = factsOf(document);
  const { AllowAnonymousAccessForObjectProcess } = configOf(bucket.documents?.[`${CONFIG}/${name}`]);
  return {
    AccessPointNameForObjectProcess: name,
    AccessPointForObjectProcessAlias: alias,
    AccessPointName: accessPoint,
    Status: "enable",
    AllowAnonymousAccessForObjectProcess,
  };
}

function list(call: Call): RouteAnswer {
  const { account } = requireIdentity(call);
  const { page, next } = pointPage(call, pointsOf(call, OBJECT_PROCESS, account.id));
  const document = {
    IsTruncated: next !== undefined,
    NextContinuationToken: next,
    AccountId: account.id,
    AccessPointsForObjectProcess: { AccessPointForObjectProcess: page.map(describe) },
  };
  return { body: xmlDocument("ListAccessPointsForObjectProcessResult", document) };
}

async function putConfig(call: BucketCall): Promise<RouteAnswer> {
  const name = pointName(call, OBJECT_PROCESS);
  const root = readXml(await receiveText(call), PUT);
  await keepOfPoint(call, CONFIG, name, xmlDocument(PUT, xmlValue(root)));
  return {};
}

function getConfig(call: BucketCall): RouteAnswer {
  const config = configOf(ofPoint(call, CONFIG, pointName(call, OBJECT_PROCESS)));
  return { body: xmlDocument("GetAccessPointConfigForObjectProcessResult", config) };
}

/** An answer for whoever reads through an access point; nobody does here, so it is taken in and dropped. */
async function write(call: Call): Promise<RouteAnswer> {
  requireIdentity(call);
  for (const name of ["x-oss-request-route", "x-oss-request-token", "x-oss-fwd-status"]) {
    if (!call.headers.get(name)) throw invalidArgument(name, "", `The header ${name} is missing.`);
  }
  await receiveText(call, Number.MAX_SAFE_INTEGER);
  return {};
}

function rows(): readonly Route[] {
  return [
    pointRow("CreateAccessPointForObjectProcess", "PUT", [KIND], create),
    pointRow("GetAccessPointForObjectProcess", "GET", [KIND], get),
    pointRow("DeleteAccessPointForObjectProcess", "DELETE", [KIND], remove),
    {
      operation: "ListAccessPointsForObjectProcess",
      method: "GET",
      scope: "service",
      query: [KIND],
      access: "owner",
      run: list,
    },
    namedRow("PutAccessPointConfigForObjectProcess", "PUT", CONFIG, OBJECT_PROCESS, putConfig),
    namedRow("GetAccessPointConfigForObjectProcess", "GET", CONFIG, OBJECT_PROCESS, getConfig),
    ...policyRoutes("AccessPointPolicyForObjectProcess", POLICY, OBJECT_PROCESS),
    {
      operation: "WriteGetObjectResponse",
      method: "POST",
      scope: "service",
      query: ["x-oss-write-get-object-response"],
      access: "owner",
      run: write,
    },
  ];
}

/** The rows of access points for object processing. */
export const objectProcessRoutes: readonly Route[] = /* @__PURE__ */ rows();
