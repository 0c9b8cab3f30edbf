/** Anti-DDoS instances, and the buckets that they protect. */
import {
  type AntiDdosInfo,
  getUserAntiDdosInfo,
  initBucketAntiDdosInfo,
  initUserAntiDdosInfo,
  listBucketAntiDdosInfo,
  pages,
  putBucket,
  updateBucketAntiDdosInfo,
  updateUserAntiDdosInfo,
} from "../../../src/mod.ts";
import { assert } from "../../harness.ts";
import { operationCase, presignCase, type Stage } from "../cases.ts";
import { reads, sends } from "../support/canned.ts";
import { assertRefused, own } from "../support/world.ts";

const TYPE = { defenderType: "AntiDDosPremimum" };
const DOMAINS = ["abc1.example.cn", "abc2.example.cn"];
const refused = (ec: string) => ({ status: 400, code: "InvalidArgument", ec });

/** An instance of the account. */
async function instance({ client }: Stage): Promise<{ readonly defenderInstance: string }> {
  const { defenderInstance = "" } = own(await initUserAntiDdosInfo(client, {}), 200);
  assert.isNotEmpty(defenderInstance);
  return { defenderInstance };
}

async function protect(stage: Stage): Promise<{ readonly defenderInstance: string }> {
  const given = await instance(stage);
  await initBucketAntiDdosInfo(stage.client, { ...given, ...TYPE, domains: DOMAINS });
  return given;
}

async function only({ client }: Stage): Promise<AntiDdosInfo | undefined> {
  const { antiDdosConfigurations, ...rest } = own(await listBucketAntiDdosInfo(client, {}), 200);
  assert.deepEqual(rest, { isTruncated: false });
  assert.isAtMost(antiDdosConfigurations.length, 1);
  return antiDdosConfigurations[0];
}

operationCase("InitUserAntiDDosInfo", "is what GetUserAntiDDosInfo tells of", async (stage) => {
  assert.deepEqual(own(await getUserAntiDdosInfo(stage.client, {}), 200), { antiDdosConfigurations: [] });
  const [first, second] = [await instance(stage), await instance(stage)];
  const { antiDdosConfigurations: all } = await getUserAntiDdosInfo(stage.client, {});
  const ids = all.map(({ instanceId }) => instanceId);
  assert.deepEqual(ids, [first.defenderInstance, second.defenderInstance]);
  for (const info of all) assert.deepInclude<object>(info, { status: "Init", activeTime: new Date(0) });
});

operationCase("GetUserAntiDDosInfo", "tells of the account's own", async (stage) => {
  const { client, oss } = stage;
  await instance(stage);
  await oss.clear();
  assert.deepEqual((await getUserAntiDdosInfo(client, {})).antiDdosConfigurations, []);
});

operationCase("UpdateUserAntiDDosInfo", "ends an instance, and does nothing else", async (stage) => {
  const { client } = stage;
  const given = await instance(stage);
  const other = await instance(stage);
  const halt = { ...given, defenderStatus: "HaltDefending" };
  assert.deepEqual(own(await updateUserAntiDdosInfo(client, halt), 200), {});
  const { antiDdosConfigurations: all } = await getUserAntiDdosInfo(client, {});
  assert.deepEqual(
    all.map(({ instanceId, status }) => [instanceId, status]),
    [
      [given.defenderInstance, "HaltDefending"],
      [other.defenderInstance, "Init"],
    ],
  );
  await assertRefused(updateUserAntiDdosInfo(client, { ...halt, defenderStatus: "Init" }), refused("0038-00000006"));
  await assertRefused(updateUserAntiDdosInfo(client, { ...halt, defenderInstance: "a" }), refused("0038-00000004"));
});

operationCase("InitBucketAntiDDosInfo", "is what ListBucketAntiDDosInfo tells of", async (stage) => {
  const { client, bucket } = stage;
  assert.isUndefined(await only(stage));
  const given = await instance(stage);
  const made = await initBucketAntiDdosInfo(client, { ...given, ...TYPE, domains: DOMAINS });
  assert.deepEqual(own(made, 200), given);
  const info = await only(stage);
  assert.include(info, { instanceId: given.defenderInstance, bucket, status: "Init", type: TYPE.defenderType });
  assert.deepEqual(info?.domains, DOMAINS);
});

operationCase("InitBucketAntiDDosInfo", "needs no domains, but an instance", async (stage) => {
  const { client } = stage;
  await initBucketAntiDdosInfo(client, { ...(await instance(stage)), ...TYPE });
  assert.deepEqual((await only(stage))?.domains, []);
  const unknown = { defenderInstance: "a", ...TYPE };
  await assertRefused(initBucketAntiDdosInfo(client, unknown), refused("0038-00000004"));
  assert.throws(() => initBucketAntiDdosInfo.toRequest({ ...unknown, defenderInstance: "" }), TypeError);
});

operationCase("UpdateBucketAntiDDosInfo", "changes the protection, its domains, and ends it", async (stage) => {
  const { client } = stage;
  const given = await protect(stage);
  const defend = { ...given, defenderStatus: "Defending" };
  assert.deepEqual(own(await updateBucketAntiDdosInfo(client, defend), 200), {});
  const info = await only(stage);
  assert.propertyVal(info, "status", "Defending");
  assert.isAbove(Number(info?.activeTime), 0);
  assert.deepEqual(info?.domains, DOMAINS);
  await updateBucketAntiDdosInfo(client, { ...defend, domains: ["abc3.example.cn"] });
  assert.deepEqual((await only(stage))?.domains, ["abc3.example.cn"]);
  await assertRefused(
    updateBucketAntiDdosInfo(client, { ...defend, defenderStatus: "Halt" }),
    refused("0038-00000006"),
  );
  await updateBucketAntiDdosInfo(client, { ...given, defenderStatus: "HaltDefending" });
  assert.isUndefined(await only(stage));
});

operationCase("ListBucketAntiDDosInfo", "pages", async (stage) => {
  const { client, bucket } = stage;
  const given = await protect(stage);
  await putBucket(client, { bucket: "zz-last" });
  await initBucketAntiDdosInfo(client, { ...given, ...TYPE, bucket: "zz-last" });
  const found: (string | undefined)[][] = [];
  for await (const page of pages(client, listBucketAntiDdosInfo, { maxKeys: 1 })) {
    found.push(page.antiDdosConfigurations.map((info) => info.bucket));
  }
  assert.deepEqual(found, [[bucket], ["zz-last"]]);
});

const SERVICE = "https://oss-cn-hangzhou.aliyuncs.com/";
const BUCKET = "https://photos.oss-cn-hangzhou.aliyuncs.com/?antiDDos";
const DOCUMENT =
  "<AntiDDOSConfiguration><Cnames><Domain>abc1.example.cn</Domain><Domain>abc2.example.cn</Domain></Cnames></AntiDDOSConfiguration>";
const body = `<?xml version="1.0" encoding="UTF-8"?>\n${DOCUMENT}`;
sends(initUserAntiDdosInfo, "nothing else", {}, { method: "PUT", url: `${SERVICE}?antiDDos` });
sends(getUserAntiDdosInfo, "nothing else", {}, { method: "GET", url: `${SERVICE}?antiDDos` });
sends(
  updateUserAntiDdosInfo,
  "instance and status",
  { defenderInstance: "id", defenderStatus: "HaltDefending" },
  {
    method: "POST",
    url: `${SERVICE}?antiDDos`,
    headers: { "x-oss-defender-instance": "id", "x-oss-defender-status": "HaltDefending" },
  },
);
sends(
  initBucketAntiDdosInfo,
  "instance and type, domains in a document",
  { defenderInstance: "id", ...TYPE, domains: DOMAINS },
  {
    method: "PUT",
    url: BUCKET,
    headers: {
      "content-type": "application/xml",
      "x-oss-defender-instance": "id",
      "x-oss-defender-type": "AntiDDosPremimum",
    },
    body,
  },
);
sends(
  updateBucketAntiDdosInfo,
  "instance and status, domains in a document",
  { defenderInstance: "id", defenderStatus: "Init", domains: DOMAINS },
  {
    method: "POST",
    url: BUCKET,
    headers: {
      "content-type": "application/xml",
      "x-oss-defender-instance": "id",
      "x-oss-defender-status": "Init",
    },
    body,
  },
);
sends(
  listBucketAntiDdosInfo,
  "the page's size and beginning",
  { marker: "m", maxKeys: 100 },
  { method: "GET", url: `${SERVICE}?bucketAntiDDos&marker=m&max-keys=100` },
);

const TIMES = "<Ctime>1626769503</Ctime><Mtime>1626769840</Mtime><ActiveTime>1626769845</ActiveTime>";
const HEAD = `<InstanceId>id</InstanceId><Owner>1148930107246818</Owner>`;
const USER = {
  instanceId: "id",
  owner: "1148930107246818",
  ctime: new Date(1_626_769_503_000),
  mtime: new Date(1_626_769_840_000),
};
const defending = { ...USER, activeTime: new Date(1_626_769_845_000), status: "Defending" };
reads(
  getUserAntiDdosInfo,
  {},
  {
    body: `<AntiDDOSListConfiguration><AntiDDOSConfiguration>${HEAD}${TIMES}<Status>Defending</Status></AntiDDOSConfiguration></AntiDDOSListConfiguration>`,
  },
  { antiDdosConfigurations: [{ ...defending, domains: [] }] },
);
reads(
  listBucketAntiDdosInfo,
  {},
  {
    body: `<AntiDDOSListConfiguration><Marker>nextMarker</Marker><IsTruncated>true</IsTruncated><AntiDDOSConfiguration>${HEAD}<Bucket>examplebucket</Bucket>${TIMES}<Status>Defending</Status><Type>AntiDDosPremimum</Type><Cnames><Domain>abc1.example.cn</Domain><Domain>abc2.example.cn</Domain></Cnames></AntiDDOSConfiguration></AntiDDOSListConfiguration>`,
  },
  {
    marker: "nextMarker",
    isTruncated: true,
    antiDdosConfigurations: [{ ...defending, bucket: "examplebucket", type: "AntiDDosPremimum", domains: DOMAINS }],
  },
);
const header = { headers: { "x-oss-defender-instance": "id" } };
reads(initUserAntiDdosInfo, {}, header, { defenderInstance: "id" });
reads(initBucketAntiDdosInfo, { defenderInstance: "id", ...TYPE }, header, { defenderInstance: "id" });

presignCase("InitUserAntiDDosInfo", initUserAntiDdosInfo, { input: {} });
presignCase("GetUserAntiDDosInfo", getUserAntiDdosInfo, { input: {} });
presignCase("ListBucketAntiDDosInfo", listBucketAntiDdosInfo, { input: {} });
presignCase("UpdateUserAntiDDosInfo", updateUserAntiDdosInfo, {
  input: async (stage) => ({ ...(await instance(stage)), defenderStatus: "HaltDefending" }),
});
const bytes = new TextEncoder().encode(DOCUMENT);
presignCase("InitBucketAntiDDosInfo", initBucketAntiDdosInfo, {
  input: async (stage) => ({ ...(await instance(stage)), ...TYPE, domains: DOMAINS }),
  body: bytes,
});
presignCase("UpdateBucketAntiDDosInfo", updateBucketAntiDdosInfo, {
  input: async (stage) => ({ ...(await protect(stage)), defenderStatus: "Defending", domains: DOMAINS }),
  body: bytes,
});
