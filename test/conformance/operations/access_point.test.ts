/** Access points of buckets. */
import {
  createAccessPoint,
  deleteAccessPoint,
  each,
  getAccessPoint,
  getAccessPointPolicy,
  listAccessPoints,
  pages,
  putAccessPointPolicy,
  putBucket,
} from "../../../src/mod.ts";
import { assert, environment } from "../../harness.ts";
import { operationCase, presignCase, type Stage } from "../cases.ts";
import { reads, sends } from "../support/canned.ts";
import { assertRefused, failureOf, own } from "../support/world.ts";

const NAME = { accessPointName: "ap-01" };
const NONE = { status: 404, code: "NoSuchAccessPoint" };
const INVALID = { status: 400, code: "InvalidArgument" };
const URL = "https://photos.oss-cn-hangzhou.aliyuncs.com/?accessPoint";

const make = async ({ client }: Stage): Promise<void> => {
  await createAccessPoint(client, { ...NAME, networkOrigin: "vpc", vpcId: "vpc-1" });
};

operationCase("CreateAccessPoint", "is what GetAccessPoint reads", async ({ client, bucket }) => {
  const made = own(await createAccessPoint(client, { ...NAME, networkOrigin: "vpc", vpcId: "vpc-1" }), 200);
  assert.match(made.alias ?? "", /^ap-01-.*-ossalias$/);
  const { creationDate, ...read } = own(await getAccessPoint(client, NAME), 200);
  assert.closeTo(Number(creationDate), Date.now(), 60_000);
  assert.match(made.accessPointArn ?? "", /^acs:oss:.*:accesspoint\/ap-01$/);
  const { publicEndpoint = "", internalEndpoint = "", accountId = "", ...rest } = read;
  assert.deepEqual(rest, {
    ...NAME,
    ...made,
    bucket,
    networkOrigin: "vpc",
    vpcId: "vpc-1",
    accessPointStatus: "enable",
    blockPublicAccess: false,
  });
  assert.include(publicEndpoint, `ap-01-${accountId}.oss-${environment.region}.oss-accesspoint`);
  assert.include(internalEndpoint, `ap-01-${accountId}.oss-${environment.region}-internal.oss-accesspoint`);
});

operationCase("CreateAccessPoint", "refuses bad names and origins, and names that are taken", async (stage) => {
  const { client } = stage;
  const create = (accessPointName: string, networkOrigin = "internet") =>
    createAccessPoint(client, { accessPointName, networkOrigin });
  for (const name of ["ab", "-abc", "ABC", "a".repeat(20), "a-ossalias"]) await assertRefused(create(name), INVALID);
  await assertRefused(create("ap-01", "vpc"), INVALID);
  await assertRefused(create("ap-01", "moon"), INVALID);
  await create("ap-01");
  await putBucket(client, { bucket: "another" });
  const taken = { status: 409, code: "AccessPointAlreadyExists" };
  await assertRefused(create("ap-01"), taken);
  await assertRefused(createAccessPoint(client, { ...NAME, networkOrigin: "internet", bucket: "another" }), taken);
});

operationCase("GetAccessPoint", "is no other call without a name", async ({ client, oss }) => {
  for (const call of [getAccessPoint, deleteAccessPoint]) {
    assert.instanceOf(await failureOf(call(client, { accessPointName: "" })), TypeError);
  }
  assert.equal(oss.requests.length, 0);
  await assertRefused(getAccessPoint(client, NAME), NONE);
});

operationCase("DeleteAccessPoint", "ends the point and what belongs to it", async (stage) => {
  const { client } = stage;
  await assertRefused(deleteAccessPoint(client, NAME), NONE);
  await make(stage);
  await putAccessPointPolicy(client, { ...NAME, policy: '{"Version":"1","Statement":[]}' });
  assert.deepEqual(own(await deleteAccessPoint(client, NAME), 204), {});
  await assertRefused(getAccessPoint(client, NAME), NONE);
  await make(stage);
  const policy = { status: 404, code: "NoSuchAccessPointPolicy" };
  await assertRefused(getAccessPointPolicy(client, NAME), policy);
});

operationCase(
  "ListAccessPoints",
  "lists those of a bucket, or of the account, page by page",
  async ({ client, bucket }) => {
    await putBucket(client, { bucket: "another" });
    for (const [name, of] of [
      ["ap-02", bucket],
      ["ap-01", bucket],
      ["ap-03", "another"],
    ] as const) {
      await createAccessPoint(client, { accessPointName: name, networkOrigin: "internet", bucket: of });
    }
    const names = async (input: Parameters<typeof listAccessPoints>[1]): Promise<string[]> => {
      const found: string[] = [];
      for await (const { accessPointName } of each(client, listAccessPoints, input)) found.push(accessPointName);
      return found;
    };
    assert.deepEqual(await names({}), ["ap-01", "ap-02"]);
    assert.deepEqual(await names({ bucket: "another" }), ["ap-03"]);
    assert.deepEqual(await names({ bucket: null, maxKeys: 1 }), ["ap-01", "ap-02", "ap-03"]);
    const sizes: number[] = [];
    for await (const page of pages(client, listAccessPoints, { bucket: null, maxKeys: 2 })) {
      sizes.push(page.accessPoints.length);
    }
    assert.deepEqual(sizes, [2, 1]);
    const [first] = (await listAccessPoints(client, { maxKeys: 1 })).accessPoints;
    const { alias, ...rest } = first ?? {};
    assert.match(alias ?? "", /-ossalias$/);
    assert.deepEqual(rest, { ...NAME, bucket, networkOrigin: "internet", status: "enable" });
    assert.instanceOf(await failureOf(listAccessPoints(client, { maxKeys: 1001 })), RangeError);
  },
);

const XML =
  "<CreateAccessPointConfiguration><AccessPointName>ap-01</AccessPointName><NetworkOrigin>vpc</NetworkOrigin><VpcConfiguration><VpcId>vpc-1</VpcId></VpcConfiguration></CreateAccessPointConfiguration>";
const headers = { "x-oss-access-point-name": "ap-01" };
sends(
  createAccessPoint,
  "every field in a document",
  { ...NAME, networkOrigin: "vpc", vpcId: "vpc-1" },
  {
    method: "PUT",
    url: URL,
    headers: { "content-type": "application/xml" },
    body: `<?xml version="1.0" encoding="UTF-8"?>\n${XML}`,
  },
);
sends(getAccessPoint, "the name in a header", NAME, { method: "GET", url: URL, headers });
sends(deleteAccessPoint, "the name in a header", NAME, { method: "DELETE", url: URL, headers });
sends(
  listAccessPoints,
  "every parameter",
  { maxKeys: 5, continuationToken: "a b" },
  { method: "GET", url: `${URL}&max-keys=5&continuation-token=a%20b` },
);
sends(
  listAccessPoints,
  "the account's to the service",
  { bucket: null },
  {
    method: "GET",
    url: "https://oss-cn-hangzhou.aliyuncs.com/?accessPoint",
  },
);
reads(
  createAccessPoint,
  { ...NAME, networkOrigin: "internet" },
  {
    body: "<CreateAccessPointResult><AccessPointArn>acs:oss:cn-hangzhou:1:accesspoint/ap-01</AccessPointArn><Alias>ap-01-45ee-ossalias</Alias></CreateAccessPointResult>",
  },
  { accessPointArn: "acs:oss:cn-hangzhou:1:accesspoint/ap-01", alias: "ap-01-45ee-ossalias" },
);
reads(
  getAccessPoint,
  NAME,
  {
    body: "<GetAccessPointResult><AccessPointName>ap-01</AccessPointName><Bucket>photos</Bucket><AccountId>1</AccountId><NetworkOrigin>vpc</NetworkOrigin><VpcConfiguration><VpcId>vpc-1</VpcId></VpcConfiguration><AccessPointArn>arn</AccessPointArn><CreationDate>1626769503</CreationDate><Alias>ap-01-ossalias</Alias><Status>creating</Status><Endpoints><PublicEndpoint>p</PublicEndpoint><InternalEndpoint>i</InternalEndpoint></Endpoints><PublicAccessBlockConfiguration><BlockPublicAccess>true</BlockPublicAccess></PublicAccessBlockConfiguration></GetAccessPointResult>",
  },
  {
    ...NAME,
    bucket: "photos",
    accountId: "1",
    networkOrigin: "vpc",
    vpcId: "vpc-1",
    accessPointArn: "arn",
    creationDate: new Date(1_626_769_503_000),
    alias: "ap-01-ossalias",
    accessPointStatus: "creating",
    publicEndpoint: "p",
    internalEndpoint: "i",
    blockPublicAccess: true,
  },
);
reads(
  listAccessPoints,
  {},
  {
    body: "<ListAccessPointsResult><MaxKeys>1</MaxKeys><IsTruncated>true</IsTruncated><NextContinuationToken>abc</NextContinuationToken><AccountId>1</AccountId><AccessPoints><AccessPoint><Bucket>photos</Bucket><AccessPointName>ap-01</AccessPointName><Alias>a</Alias><NetworkOrigin>vpc</NetworkOrigin><VpcConfiguration><VpcId>vpc-1</VpcId></VpcConfiguration><Status>enable</Status></AccessPoint></AccessPoints></ListAccessPointsResult>",
  },
  {
    accessPoints: [{ ...NAME, bucket: "photos", alias: "a", networkOrigin: "vpc", vpcId: "vpc-1", status: "enable" }],
    maxKeys: 1,
    isTruncated: true,
    nextContinuationToken: "abc",
    accountId: "1",
  },
);

presignCase("CreateAccessPoint", createAccessPoint, {
  input: { ...NAME, networkOrigin: "vpc", vpcId: "vpc-1" },
  body: new TextEncoder().encode(XML),
});
presignCase("GetAccessPoint", getAccessPoint, { prepare: make, input: NAME });
presignCase("DeleteAccessPoint", deleteAccessPoint, { prepare: make, input: NAME, status: 204 });
presignCase("ListAccessPoints", listAccessPoints, { prepare: make, input: {} });
