/**
 * Access points of buckets, their policies and their Block Public Access.
 * @module
 */
import { requireIdentity } from "../access.ts";
import { type BucketCall, type Call, invalidArgument } from "../call.ts";
import { receiveText } from "../receive.ts";
import type { Route } from "../routes.ts";
import { ServiceFault } from "../service_fault.ts";
import { BLOCK, blocks, checkBlock } from "../stored_block.ts";
import {
  ACCESS_POINT,
  checkFree,
  keepOfPoint,
  namedRow,
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

const KIND = "accessPoint";
const POLICY = "accessPointPolicy";
const BLOCKING = "publicAccessBlock";

/** What is kept of an access point. */
interface Facts {
  readonly origin: string;
  readonly vpc: string | undefined;
  readonly alias: string;
  readonly created: number;
}

/** Written by this program only. */
const factsOf = (document: string): Facts => JSON.parse(document);

async function createAccessPoint(call: BucketCall): Promise<RouteAnswer> {
  const { account } = requireIdentity(call);
  const root = readXml(await receiveText(call), "CreateAccessPointConfiguration");
  const name = childText(root, "AccessPointName") ?? "";
  const origin = childText(root, "NetworkOrigin") ?? "";
  const network = root.children.find((child) => child.name === "VpcConfiguration");
  const vpc = network && childText(network, "VpcId");
  if (!/^[a-z0-9][a-z0-9-]{1,17}[a-z0-9]$/.test(name) || name.endsWith("-ossalias")) {
    throw invalidArgument("AccessPointName", name, "The access point name is not valid.");
  }
  if (origin !== "internet" && !(origin === "vpc" && vpc)) {
    throw invalidArgument("NetworkOrigin", origin, "The network origin must be internet, or vpc with a VpcId.");
  }
  checkFree(call, ACCESS_POINT, name);
  if (pointsOf(call, ACCESS_POINT, account.id, call.bucketName).length >= 100) {
    throw new ServiceFault(400, "TooManyAccessPoints", "The bucket has too many access points.");
  }
  const alias = `${name}-${call.service.nextId().toLowerCase()}-ossalias`;
  const facts: Facts = { origin, vpc, alias, created: call.now };
  await keepOfPoint(call, KIND, name, JSON.stringify(facts));
  const document = { AccessPointArn: arnOf(call, name), Alias: alias };
  return { body: xmlDocument("CreateAccessPointResult", document) };
}

function arnOf({ bucket: { record } }: BucketCall, name: string): string {
  return `acs:oss:${record.region}:${record.owner}:accesspoint/${name}`;
}

function getAccessPoint(call: BucketCall): RouteAnswer {
  const name = pointName(call, ACCESS_POINT);
  const { record } = call.bucket;
  const { origin, vpc, alias, created } = factsOf(ofPoint(call, KIND, name) ?? "");
  const host = `${name}-${record.owner}.oss-${record.region}`;
  const document = {
    AccessPointName: name,
    Bucket: record.name,
    AccountId: record.owner,
    NetworkOrigin: origin,
    VpcConfiguration: vpc === undefined ? undefined : { VpcId: vpc },
    AccessPointArn: arnOf(call, name),
    CreationDate: Math.floor(created / 1000),
    Alias: alias,
    Status: "enable",
    Endpoints: {
      PublicEndpoint: `${host}.oss-accesspoint.aliyuncs.com`,
      InternalEndpoint: `${host}-internal.oss-accesspoint.aliyuncs.com`,
    },
    [BLOCK]: { BlockPublicAccess: blocks(ofPoint(call, BLOCKING, name)) },
  };
  return { body: xmlDocument("GetAccessPointResult", document) };
}

async function deleteAccessPoint(call: BucketCall): Promise<RouteAnswer> {
  const name = pointName(call, ACCESS_POINT);
  for (const kind of [POLICY, BLOCKING, KIND]) await keepOfPoint(call, kind, name, undefined);
  return { status: 204 };
}

function describe({ bucket, name, document }: Point): XmlValue {
  const { origin, vpc, alias } = factsOf(document);
  return {
    Bucket: bucket.name,
    AccessPointName: name,
    Alias: alias,
    NetworkOrigin: origin,
    VpcConfiguration: vpc === undefined ? undefined : { VpcId: vpc },
    Status: "enable",
  };
}

function list(call: Call, bucket: string | undefined): RouteAnswer {
  const { account } = requireIdentity(call);
  const { page, next } = pointPage(call, pointsOf(call, ACCESS_POINT, account.id, bucket));
  const document = {
    MaxKeys: call.query.get("max-keys"),
    IsTruncated: next !== undefined,
    NextContinuationToken: next,
    AccountId: account.id,
    AccessPoints: { AccessPoint: page.map(describe) },
  };
  return { body: xmlDocument("ListAccessPointsResult", document) };
}

async function putBlock(call: BucketCall): Promise<RouteAnswer> {
  const name = pointName(call, ACCESS_POINT);
  const document = await receiveText(call);
  checkBlock(readXml(document, BLOCK));
  await keepOfPoint(call, BLOCKING, name, document);
  return {};
}

function getBlock(call: BucketCall): RouteAnswer {
  const document = ofPoint(call, BLOCKING, pointName(call, ACCESS_POINT));
  return { body: xmlDocument(BLOCK, { BlockPublicAccess: blocks(document) }) };
}

async function deleteBlock(call: BucketCall): Promise<RouteAnswer> {
  await keepOfPoint(call, BLOCKING, pointName(call, ACCESS_POINT), undefined);
  return { status: 204 };
}

function rows(): readonly Route[] {
  const block = [BLOCKING, ACCESS_POINT.header];
  return [
    pointRow("CreateAccessPoint", "PUT", [KIND], createAccessPoint),
    namedRow("GetAccessPoint", "GET", KIND, ACCESS_POINT, getAccessPoint),
    pointRow("DeleteAccessPoint", "DELETE", [KIND], deleteAccessPoint),
    pointRow("ListAccessPoints", "GET", [KIND], (call) => list(call, call.bucketName)),
    {
      operation: "ListAccessPoints",
      method: "GET",
      scope: "service",
      query: [KIND],
      access: "owner",
      run: (call) => list(call, undefined),
    },
    ...policyRoutes("AccessPointPolicy", POLICY, ACCESS_POINT),
    pointRow("PutAccessPointPublicAccessBlock", "PUT", block, putBlock),
    pointRow("GetAccessPointPublicAccessBlock", "GET", block, getBlock),
    pointRow("DeleteAccessPointPublicAccessBlock", "DELETE", block, deleteBlock),
  ];
}

/** The rows of access points. */
export const accessPointRoutes: readonly Route[] = /* @__PURE__ */ rows();
