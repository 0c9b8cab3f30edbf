/** Retention and legal hold of single objects. */
import {
  appendObject,
  deleteMultipleObjects,
  deleteObject,
  getObjectLegalHold,
  getObjectRetention,
  putBucketObjectWormConfiguration,
  putBucketVersioning,
  putObject,
  putObjectLegalHold,
  putObjectRetention,
} from "../../../src/mod.ts";
import { assert } from "../../harness.ts";
import { operationCase, presignCase, type Stage } from "../cases.ts";
import { reads, sends } from "../support/canned.ts";
import { movingClock, START } from "../support/moving_clock.ts";
import { assertRefused, failureOf, own } from "../support/world.ts";

const after = (days: number) => new Date(START + days * 86_400_000);
const IMMUTABLE = { status: 409, code: "FileImmutable" };
const DENIED = { status: 403, code: "AccessDenied" };
const INVALID = { status: 400, code: "InvalidRequest" };
const URL = "https://photos.oss-cn-hangzhou.aliyuncs.com/a";

/** A bucket whose objects can be retained, with one; names its version. */
async function prepare({ client }: Stage, rule: { mode?: string; days?: number } = {}): Promise<string> {
  await putBucketVersioning(client, { versioning: "Enabled" });
  await putBucketObjectWormConfiguration(client, { objectWormEnabled: "Enabled", ...rule });
  return (await putObject(client, { key: "a", body: "1" })).versionId ?? "";
}

const compliance = movingClock();
operationCase(
  "PutObjectRetention",
  "protects a version until the date, which can only be put off",
  async (stage) => {
    const { client } = stage;
    const versionId = await prepare(stage);
    const put = (mode: string, days: number, bypassGovernanceRetention?: boolean) =>
      putObjectRetention(client, { key: "a", mode, retainUntilDate: after(days), bypassGovernanceRetention });
    await assertRefused(put("COMPLIANCE", -1), { status: 400, code: "InvalidArgument" });
    await assertRefused(put("SOFT", 1), { status: 400, code: "MalformedXML" });
    assert.deepEqual(own(await put("COMPLIANCE", 2), 200), {});
    const retained = { mode: "COMPLIANCE", retainUntilDate: after(2) };
    assert.deepEqual(own(await getObjectRetention(client, { key: "a" }), 200), retained);
    await assertRefused(put("COMPLIANCE", 1, true), DENIED);
    await assertRefused(put("GOVERNANCE", 3, true), DENIED);
    await put("COMPLIANCE", 3);
    compliance.pass(2.5 * 24);
    await assertRefused(deleteObject(client, { key: "a", versionId }), IMMUTABLE);
    const headers = { "x-oss-bypass-governance-retention": "true" };
    await assertRefused(deleteObject(client, { key: "a", versionId, headers }), IMMUTABLE);
    await assertRefused(deleteMultipleObjects(client, { objects: [{ key: "a", versionId }] }), IMMUTABLE);
    // What destroys no version is allowed: a newer one, a delete marker.
    const newer = await putObject(client, { key: "a", body: "2" });
    await assertRefused(getObjectRetention(client, { key: "a" }), { status: 404, code: "NoSuchObjectRetention" });
    assert.equal((await getObjectRetention(client, { key: "a", versionId })).mode, "COMPLIANCE");
    await deleteObject(client, { key: "a", versionId: newer.versionId });
    await deleteObject(client, { key: "a" });
    compliance.pass(0.5 * 24);
    await deleteObject(client, { key: "a", versionId });
  },
  compliance.options,
);

const governance = movingClock();
operationCase(
  "PutObjectRetention",
  "in mode GOVERNANCE gives way to those who may bypass it",
  async (stage) => {
    const { client } = stage;
    const versionId = await prepare(stage);
    const put = (days: number, bypassGovernanceRetention: boolean) =>
      putObjectRetention(client, {
        key: "a",
        mode: "GOVERNANCE",
        retainUntilDate: after(days),
        bypassGovernanceRetention,
      });
    await put(3, false);
    await assertRefused(put(2, false), DENIED);
    await put(2, true);
    await assertRefused(deleteObject(client, { key: "a", versionId }), IMMUTABLE);
    const headers = { "x-oss-bypass-governance-retention": "true" };
    await deleteObject(client, { key: "a", versionId, headers });
  },
  governance.options,
);

operationCase("PutObjectRetention", "is not for appendable objects", async (stage) => {
  const { client } = stage;
  await appendObject(client, { key: "log", position: 0, body: "1" });
  await prepare(stage);
  const input = { key: "log", mode: "COMPLIANCE", retainUntilDate: new Date(Date.now() + 1e9) };
  await assertRefused(putObjectRetention(client, input), INVALID);
});

const held = movingClock();
operationCase(
  "PutObjectLegalHold",
  "protects a version until it is ended",
  async (stage) => {
    const { client } = stage;
    const versionId = await prepare(stage);
    const put = (legalHold: string) => putObjectLegalHold(client, { key: "a", legalHold });
    assert.deepEqual(own(await getObjectLegalHold(client, { key: "a" }), 200), { legalHold: "OFF" });
    assert.deepEqual(own(await put("ON"), 200), {});
    await assertRefused(put("MAYBE"), { status: 400, code: "MalformedXML" });
    assert.deepEqual(own(await getObjectLegalHold(client, { key: "a", versionId }), 200), { legalHold: "ON" });
    held.pass(1000 * 24);
    await assertRefused(deleteObject(client, { key: "a", versionId }), IMMUTABLE);
    await put("OFF");
    await deleteObject(client, { key: "a", versionId });
  },
  held.options,
);

operationCase("GetObjectLegalHold", "needs an object, in a bucket that allows it", async ({ client }) => {
  const none = { status: 404, code: "NoSuchKey" };
  await assertRefused(getObjectLegalHold(client, { key: "a" }), none);
  await putObject(client, { key: "a", body: "1" });
  await assertRefused(getObjectLegalHold(client, { key: "a" }), INVALID);
  await assertRefused(putObjectLegalHold(client, { key: "a", legalHold: "ON" }), INVALID);
});

operationCase("GetObjectRetention", "needs an object, in a bucket that allows it", async ({ client }) => {
  await assertRefused(getObjectRetention(client, { key: "a" }), { status: 404, code: "NoSuchKey" });
  await putObject(client, { key: "a", body: "1" });
  await assertRefused(getObjectRetention(client, { key: "a" }), INVALID);
  const empty = putObjectRetention(client, { key: "a", mode: "", retainUntilDate: after(1) });
  assert.instanceOf(await failureOf(empty), TypeError);
});

const DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n';
const RETENTION =
  "<Retention><Mode>COMPLIANCE</Mode><RetainUntilDate>2099-01-02T03:04:05.000Z</RetainUntilDate></Retention>";
const HOLD = "<LegalHold><Status>ON</Status></LegalHold>";
const retained = { mode: "COMPLIANCE", retainUntilDate: new Date("2099-01-02T03:04:05Z") };
const headers = { "content-type": "application/xml" };
sends(
  putObjectRetention,
  "every input",
  { key: "a", versionId: "v1", bypassGovernanceRetention: true, ...retained },
  {
    method: "PUT",
    url: `${URL}?retention&versionId=v1`,
    headers: { ...headers, "x-oss-bypass-governance-retention": "true" },
    body: DECLARATION + RETENTION,
  },
);
sends(
  putObjectLegalHold,
  "every input",
  { key: "a", versionId: "v1", legalHold: "ON" },
  { method: "PUT", url: `${URL}?legalHold&versionId=v1`, headers, body: DECLARATION + HOLD },
);
sends(
  getObjectRetention,
  "the version",
  { key: "a", versionId: "v1" },
  {
    method: "GET",
    url: `${URL}?retention&versionId=v1`,
  },
);
sends(
  getObjectLegalHold,
  "the version",
  { key: "a", versionId: "v1" },
  {
    method: "GET",
    url: `${URL}?legalHold&versionId=v1`,
  },
);
reads(getObjectRetention, { key: "a" }, { body: RETENTION }, retained);
reads(getObjectLegalHold, { key: "a" }, { body: HOLD }, { legalHold: "ON" });

const bytes = (xml: string) => new TextEncoder().encode(xml);
const object = (stage: Stage) => prepare(stage, { mode: "COMPLIANCE", days: 1 });
presignCase("PutObjectRetention", putObjectRetention, {
  prepare: object,
  input: { key: "a", ...retained },
  body: bytes(RETENTION),
});
presignCase("GetObjectRetention", getObjectRetention, { prepare: object, input: { key: "a" } });
presignCase("PutObjectLegalHold", putObjectLegalHold, {
  prepare: object,
  input: { key: "a", legalHold: "ON" },
  body: bytes(HOLD),
});
presignCase("GetObjectLegalHold", getObjectLegalHold, { prepare: object, input: { key: "a" } });
