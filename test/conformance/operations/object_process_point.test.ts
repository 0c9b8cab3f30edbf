/** Access points for object processing. */
import {
  createAccessPoint,
  createAccessPointForObjectProcess,
  deleteAccessPointForObjectProcess,
  getAccessPointForObjectProcess,
  listAccessPointsForObjectProcess,
  pages,
  putAccessPointConfigForObjectProcess,
} from "../../../src/mod.ts";
import { assert, environment } from "../../harness.ts";
import { operationCase, presignCase, type Stage } from "../cases.ts";
import { reads, sends } from "../support/canned.ts";
import { PROCESSING, PROCESSING_XML } from "../support/processing.ts";
import { assertRefused, failureOf, own } from "../support/world.ts";

const NAME = { accessPointForObjectProcessName: "fc-01" };
const INPUT = { ...NAME, accessPointName: "ap-01", ...PROCESSING };
const NONE = { status: 404, code: "NoSuchAccessPointForObjectProcess" };
const URL = "https://photos.oss-cn-hangzhou.aliyuncs.com/?accessPointForObjectProcess";

const point = async ({ client }: Stage): Promise<void> => {
  await createAccessPoint(client, { accessPointName: "ap-01", networkOrigin: "internet" });
};
const make = async (stage: Stage): Promise<void> => {
  await point(stage);
  await createAccessPointForObjectProcess(stage.client, INPUT);
};

operationCase("CreateAccessPointForObjectProcess", "is what its getter reads", async (stage) => {
  const { client } = stage;
  await point(stage);
  const made = own(await createAccessPointForObjectProcess(client, INPUT), 200);
  assert.match(made.accessPointForObjectProcessAlias ?? "", /^fc-01-.*-opapalias$/);
  assert.match(made.accessPointForObjectProcessArn ?? "", /:accesspointforobjectprocess\/fc-01$/);
  const { creationDate, ...read } = own(await getAccessPointForObjectProcess(client, NAME), 200);
  assert.closeTo(Number(creationDate), Date.now(), 60_000);
  const { publicEndpoint = "", internalEndpoint = "", accountId = "", ...rest } = read;
  assert.deepEqual(rest, {
    ...made,
    accessPointNameForObjectProcess: "fc-01",
    accessPointName: "ap-01",
    accessPointForObjectProcessStatus: "enable",
    allowAnonymousAccessForObjectProcess: true,
    blockPublicAccess: false,
  });
  assert.include(publicEndpoint, `fc-01-${accountId}.oss-${environment.region}.oss-object-process`);
  assert.include(internalEndpoint, `oss-${environment.region}-internal.oss-object-process`);
});

operationCase("CreateAccessPointForObjectProcess", "needs an access point and a free name", async (stage) => {
  const { client } = stage;
  await assertRefused(createAccessPointForObjectProcess(client, INPUT), { status: 404, code: "NoSuchAccessPoint" });
  await make(stage);
  const taken = { status: 409, code: "AccessPointAlreadyExists" };
  await assertRefused(createAccessPointForObjectProcess(client, INPUT), taken);
  const bad = createAccessPointForObjectProcess(client, { ...INPUT, accessPointForObjectProcessName: "-" });
  await assertRefused(bad, { status: 400, code: "InvalidArgument" });
});

operationCase("GetAccessPointForObjectProcess", "needs a name, of a point that exists", async ({ client }) => {
  const empty = { accessPointForObjectProcessName: "" };
  for (const call of [getAccessPointForObjectProcess, deleteAccessPointForObjectProcess]) {
    assert.instanceOf(await failureOf(call(client, empty)), TypeError);
  }
  await assertRefused(getAccessPointForObjectProcess(client, NAME), NONE);
});

operationCase("DeleteAccessPointForObjectProcess", "ends it", async (stage) => {
  const { client } = stage;
  await make(stage);
  assert.deepEqual(own(await deleteAccessPointForObjectProcess(client, NAME), 204), {});
  await assertRefused(getAccessPointForObjectProcess(client, NAME), NONE);
  await assertRefused(putAccessPointConfigForObjectProcess(client, NAME), NONE);
});

operationCase("ListAccessPointsForObjectProcess", "pages through those of the account", async (stage) => {
  const { client } = stage;
  await point(stage);
  assert.deepEqual((await listAccessPointsForObjectProcess(client, {})).accessPoints, []);
  for (const accessPointForObjectProcessName of ["fc-02", "fc-01", "fc-03"]) {
    await createAccessPointForObjectProcess(client, { ...INPUT, accessPointForObjectProcessName });
  }
  const names: string[][] = [];
  for await (const { accessPoints } of pages(client, listAccessPointsForObjectProcess, { maxKeys: 2 })) {
    names.push(accessPoints.map((one) => one.accessPointNameForObjectProcess));
  }
  assert.deepEqual(names, [["fc-01", "fc-02"], ["fc-03"]]);
  const [first] = (await listAccessPointsForObjectProcess(client, {})).accessPoints;
  const { accessPointForObjectProcessAlias: alias, ...rest } = first ?? {};
  assert.match(alias ?? "", /-opapalias$/);
  assert.deepEqual(rest, {
    accessPointNameForObjectProcess: "fc-01",
    accessPointName: "ap-01",
    status: "enable",
    allowAnonymousAccessForObjectProcess: true,
  });
  assert.instanceOf(await failureOf(listAccessPointsForObjectProcess(client, { maxKeys: 0 })), RangeError);
});

const headers = { "x-oss-access-point-for-object-process-name": "fc-01" };
const ROOT = "CreateAccessPointForObjectProcessConfiguration";
const XML = `<${ROOT}><AccessPointName>ap-01</AccessPointName>${PROCESSING_XML}</${ROOT}>`;
sends(createAccessPointForObjectProcess, "every field", INPUT, {
  method: "PUT",
  url: URL,
  headers: { ...headers, "content-type": "application/xml" },
  body: `<?xml version="1.0" encoding="UTF-8"?>\n${XML}`,
});
sends(getAccessPointForObjectProcess, "the name", NAME, { method: "GET", url: URL, headers });
sends(deleteAccessPointForObjectProcess, "the name", NAME, { method: "DELETE", url: URL, headers });
sends(
  listAccessPointsForObjectProcess,
  "every parameter",
  { maxKeys: 5, continuationToken: "a b" },
  {
    method: "GET",
    url: "https://oss-cn-hangzhou.aliyuncs.com/?accessPointForObjectProcess&max-keys=5&continuation-token=a%20b",
  },
);
reads(
  createAccessPointForObjectProcess,
  INPUT,
  {
    body: "<CreateAccessPointForObjectProcessResult><AccessPointForObjectProcessArn>arn</AccessPointForObjectProcessArn><AccessPointForObjectProcessAlias>alias</AccessPointForObjectProcessAlias></CreateAccessPointForObjectProcessResult>",
  },
  { accessPointForObjectProcessArn: "arn", accessPointForObjectProcessAlias: "alias" },
);
reads(
  getAccessPointForObjectProcess,
  NAME,
  {
    body: "<GetAccessPointForObjectProcessResult><AccessPointNameForObjectProcess>fc-01</AccessPointNameForObjectProcess><AccessPointForObjectProcessAlias>alias</AccessPointForObjectProcessAlias><AccessPointName>ap-01</AccessPointName><AccountId>1</AccountId><AccessPointForObjectProcessArn>arn</AccessPointForObjectProcessArn><CreationDate>1626769503</CreationDate><Status>creating</Status><Endpoints><PublicEndpoint>p</PublicEndpoint><InternalEndpoint>i</InternalEndpoint></Endpoints><AllowAnonymousAccessForObjectProcess>false</AllowAnonymousAccessForObjectProcess><PublicAccessBlockConfiguration><BlockPublicAccess>true</BlockPublicAccess></PublicAccessBlockConfiguration></GetAccessPointForObjectProcessResult>",
  },
  {
    accessPointNameForObjectProcess: "fc-01",
    accessPointForObjectProcessAlias: "alias",
    accessPointName: "ap-01",
    accountId: "1",
    accessPointForObjectProcessArn: "arn",
    creationDate: new Date(1_626_769_503_000),
    accessPointForObjectProcessStatus: "creating",
    publicEndpoint: "p",
    internalEndpoint: "i",
    allowAnonymousAccessForObjectProcess: false,
    blockPublicAccess: true,
  },
);
reads(
  listAccessPointsForObjectProcess,
  {},
  {
    body: "<ListAccessPointsForObjectProcessResult><IsTruncated>true</IsTruncated><NextContinuationToken>abc</NextContinuationToken><AccountId>1</AccountId><AccessPointsForObjectProcess><AccessPointForObjectProcess><AccessPointNameForObjectProcess>fc-01</AccessPointNameForObjectProcess><AccessPointForObjectProcessAlias>alias</AccessPointForObjectProcessAlias><AccessPointName>ap-01</AccessPointName><Status>enable</Status><AllowAnonymousAccessForObjectProcess>true</AllowAnonymousAccessForObjectProcess></AccessPointForObjectProcess></AccessPointsForObjectProcess></ListAccessPointsForObjectProcessResult>",
  },
  {
    accessPoints: [
      {
        accessPointNameForObjectProcess: "fc-01",
        accessPointForObjectProcessAlias: "alias",
        accessPointName: "ap-01",
        status: "enable",
        allowAnonymousAccessForObjectProcess: true,
      },
    ],
    isTruncated: true,
    nextContinuationToken: "abc",
    accountId: "1",
  },
);

presignCase("CreateAccessPointForObjectProcess", createAccessPointForObjectProcess, {
  prepare: point,
  input: INPUT,
  body: new TextEncoder().encode(XML),
});
presignCase("GetAccessPointForObjectProcess", getAccessPointForObjectProcess, { prepare: make, input: NAME });
presignCase("DeleteAccessPointForObjectProcess", deleteAccessPointForObjectProcess, {
  prepare: make,
  input: NAME,
  status: 204,
});
presignCase("ListAccessPointsForObjectProcess", listAccessPointsForObjectProcess, { prepare: make, input: {} });
