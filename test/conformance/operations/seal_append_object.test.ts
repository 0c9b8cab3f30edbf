/** SealAppendObject against the in-process OSS. */
import { appendObject, getObject, headObject, putObject, sealAppendObject } from "../../../src/mod.ts";
import { assert } from "../../harness.ts";
import { operationCase, presignCase } from "../cases.ts";
import { reads, sends } from "../support/canned.ts";
import { assertRefused, failureOf, own } from "../support/world.ts";

const key = "log";

let now = Date.UTC(2026, 0, 2, 3, 4, 5);
const clock = (): number => now;

operationCase(
  "SealAppendObject",
  "lets nobody append any more, and tells the time of the first seal",
  async ({ client }) => {
    await appendObject(client, { key, position: 0, body: "one" });
    const sealedTime = new Date(now);
    assert.deepEqual(own(await sealAppendObject(client, { key, position: 3 }), 200), { sealedTime });
    now += 60_000;
    assert.deepEqual((await sealAppendObject(client, { key, position: 3 })).sealedTime, sealedTime);
    assert.deepEqual((await headObject(client, { key })).sealedTime, sealedTime);
    const response = await getObject(client, { key });
    assert.deepEqual(response.sealedTime, sealedTime);
    assert.equal(await response.text(), "one");
    const refused = { status: 409, code: "ObjectNotAppendable" };
    await assertRefused(appendObject(client, { key, position: 3, body: "two" }), refused);
  },
  { service: { now: clock }, client: { now: clock } },
);

operationCase("SealAppendObject", "fails with what is wrong", async ({ client, oss }) => {
  await assertRefused(sealAppendObject(client, { key, position: 0 }), { status: 404, code: "NoSuchKey" });
  await appendObject(client, { key, position: 0, body: "one" });
  await assertRefused(sealAppendObject(client, { key, position: 2 }), {
    ...{ status: 409, code: "PositionNotEqualToLength", ec: "0026-00000016" },
  });
  await putObject(client, { key: "put", body: "one" });
  await assertRefused(sealAppendObject(client, { key: "put", position: 3 }), {
    ...{ status: 409, code: "ObjectNotAppendable", ec: "0026-00000017" },
  });
  assert.isUndefined((await headObject(client, { key })).sealedTime);
  const before = oss.requests.length;
  assert.instanceOf(await failureOf(sealAppendObject(client, { key, position: -1 })), RangeError);
  assert.lengthOf(oss.requests, before);
});

sends(
  sealAppendObject,
  "every input",
  { key: "a b", position: 344_606, requestPayer: "requester" },
  {
    method: "POST",
    url: "https://photos.oss-cn-hangzhou.aliyuncs.com/a%20b?seal&position=344606",
    headers: { "x-oss-request-payer": "requester" },
  },
);

reads(
  sealAppendObject,
  { key, position: 0 },
  { headers: { "x-oss-sealed-time": "Wed, 07 May 2025 23:00:00 GMT" } },
  { sealedTime: new Date(Date.UTC(2025, 4, 7, 23)) },
);

presignCase("SealAppendObject", sealAppendObject, {
  prepare: ({ client }) => appendObject(client, { key, position: 0, body: "one" }),
  input: { key, position: 3 },
});
