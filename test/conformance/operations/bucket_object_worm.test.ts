/** Retention of single objects: the switch of the bucket, and what new objects get. */
import {
  appendObject,
  deleteObject,
  getBucketObjectWormConfiguration,
  getObjectRetention,
  initiateBucketWorm,
  putBucketObjectWormConfiguration,
  putBucketVersioning,
  putObject,
} from "../../../src/mod.ts";
import { assert } from "../../harness.ts";
import { operationCase, presignCase, type Stage } from "../cases.ts";
import { documentCases } from "../support/document.ts";
import { movingClock, START } from "../support/moving_clock.ts";
import { assertRefused, own } from "../support/world.ts";

const INVALID = { status: 400, code: "InvalidRequest" };
const NONE = { status: 404, code: "NoSuchObjectWormConfiguration" };
const versioned = ({ client }: Stage) => putBucketVersioning(client, { versioning: "Enabled" });

const clock = movingClock();
operationCase(
  "PutBucketObjectWormConfiguration",
  "retains new objects, and ends appends",
  async (stage) => {
    const { client } = stage;
    await versioned(stage);
    const old = await putObject(client, { key: "a", body: "0" });
    const put = (rule: object) => putBucketObjectWormConfiguration(client, { objectWormEnabled: "Enabled", ...rule });
    assert.deepEqual(own(await put({ mode: "COMPLIANCE", days: 2 }), 200), {});
    const { versionId } = await putObject(client, { key: "a", body: "1" });
    const retained = { mode: "COMPLIANCE", retainUntilDate: new Date(START + 2 * 86_400_000) };
    assert.deepEqual(own(await getObjectRetention(client, { key: "a" }), 200), retained);
    await assertRefused(deleteObject(client, { key: "a", versionId }), { status: 409, code: "FileImmutable" });
    await deleteObject(client, { key: "a", versionId: old.versionId });
    await assertRefused(appendObject(client, { key: "log", position: 0, body: "1" }), INVALID);
    await put({ mode: "GOVERNANCE", years: 1 });
    await putObject(client, { key: "b", body: "1" });
    const next = { mode: "GOVERNANCE", retainUntilDate: new Date("2027-01-02T03:04:05Z") };
    assert.deepEqual(own(await getObjectRetention(client, { key: "b" }), 200), next);
  },
  clock.options,
);

operationCase("PutBucketObjectWormConfiguration", "needs versions, and no other retention", async (stage) => {
  const { client } = stage;
  await assertRefused(putBucketObjectWormConfiguration(client, { objectWormEnabled: "Enabled" }), INVALID);
  await versioned(stage);
  await initiateBucketWorm(client, { retentionPeriodInDays: 1 });
  await assertRefused(putBucketObjectWormConfiguration(client, { objectWormEnabled: "Enabled" }), INVALID);
});

operationCase("PutBucketObjectWormConfiguration", "keeps versions, and allows no other retention", async (stage) => {
  const { client } = stage;
  await versioned(stage);
  await putBucketObjectWormConfiguration(client, { objectWormEnabled: "Enabled" });
  await assertRefused(putBucketVersioning(client, { versioning: "Suspended" }), INVALID);
  await versioned(stage);
  await assertRefused(initiateBucketWorm(client, { retentionPeriodInDays: 1 }), INVALID);
});

operationCase("PutBucketObjectWormConfiguration", "refuses what is no configuration", async (stage) => {
  const { client } = stage;
  await versioned(stage);
  const put = (rule: object) =>
    putBucketObjectWormConfiguration(client, { objectWormEnabled: "Enabled", mode: "COMPLIANCE", ...rule });
  const wrong = [{ objectWormEnabled: "Disabled" }, { mode: "SOFT", days: 1 }, {}, { days: 1, years: 1 }];
  for (const rule of [...wrong, { days: 36_501 }, { years: 101 }, { days: 0 }]) {
    await assertRefused(put(rule), { status: 400, code: "MalformedXML" });
  }
  await assertRefused(getBucketObjectWormConfiguration(client, {}), NONE);
  await put({ days: 36_500 });
});

operationCase("GetBucketObjectWormConfiguration", "reads what was put", async (stage) => {
  const { client } = stage;
  await assertRefused(getBucketObjectWormConfiguration(client, {}), NONE);
  await versioned(stage);
  await putBucketObjectWormConfiguration(client, { objectWormEnabled: "Enabled" });
  const enabled = own(await getBucketObjectWormConfiguration(client, {}), 200);
  assert.deepEqual(enabled, { objectWormEnabled: "Enabled" });
  const rule = { objectWormEnabled: "Enabled", mode: "GOVERNANCE", years: 3 };
  await putBucketObjectWormConfiguration(client, rule);
  assert.deepEqual(own(await getBucketObjectWormConfiguration(client, {}), 200), rule);
});

const RULE = { objectWormEnabled: "Enabled", mode: "COMPLIANCE", days: 1, years: 2 };
const XML =
  "<ObjectWormConfiguration><ObjectWormEnabled>Enabled</ObjectWormEnabled><Rule><DefaultRetention><Mode>COMPLIANCE</Mode><Days>1</Days><Years>2</Years></DefaultRetention></Rule></ObjectWormConfiguration>";
documentCases(putBucketObjectWormConfiguration, getBucketObjectWormConfiguration, "objectWorm", RULE, XML);

presignCase("PutBucketObjectWormConfiguration", putBucketObjectWormConfiguration, {
  prepare: versioned,
  input: { objectWormEnabled: "Enabled" },
  body: new TextEncoder().encode(XML.replace("<Years>2</Years>", "")),
});
presignCase("GetBucketObjectWormConfiguration", getBucketObjectWormConfiguration, {
  async prepare(stage) {
    await versioned(stage);
    await putBucketObjectWormConfiguration(stage.client, { objectWormEnabled: "Enabled" });
  },
  input: {},
});
