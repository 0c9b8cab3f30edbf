/** RestoreObject and CleanRestoredObject: an archive with a clock of its own. */
import {
  cleanRestoredObject,
  copyObject,
  getObject,
  headObject,
  initiateMultipartUpload,
  listObjectsV2,
  putObject,
  restoreObject,
  restoreState,
  uploadPartCopy,
} from "../../../src/mod.ts";
import { assert, test } from "../../harness.ts";
import { type CaseOptions, operationCase, presignCase, type Stage } from "../cases.ts";
import { reads, sends } from "../support/canned.ts";
import { assertRefused, failureOf, own } from "../support/world.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const FROZEN = { status: 403, code: "InvalidObjectState" };
const key = "a";

interface Clocked extends Stage {
  /** Lets milliseconds pass, for the service and the client. */
  pass(milliseconds: number): void;
}

/** A run that can let time pass, and the clock that it needs. */
function timed(run: (stage: Clocked) => unknown): [(stage: Stage) => unknown, CaseOptions] {
  let now = Date.UTC(2026, 0, 2, 3, 4, 5);
  const clock = (): number => now;
  const options: CaseOptions = { service: { now: clock }, client: { now: clock } };
  const pass = (milliseconds: number): void => {
    now += milliseconds;
  };
  return [(stage) => run({ ...stage, pass }), options];
}

operationCase(
  "RestoreObject",
  "makes an Archive object readable after a minute, until its days are over",
  ...timed(async ({ client, pass }) => {
    await putObject(client, { key, body: "hello", storageClass: "Archive" });
    await assertRefused(getObject(client, { key }), FROZEN);
    assert.isUndefined((await headObject(client, { key })).restore);
    assert.deepEqual(own(await restoreObject(client, { key, days: 2 }), 202), {});
    await assertRefused(restoreObject(client, { key }), { status: 409, code: "RestoreAlreadyInProgress" });
    await assertRefused(getObject(client, { key }), FROZEN);
    const { restore } = await headObject(client, { key });
    assert.equal(restore, 'ongoing-request="true"');
    const [listed] = (await listObjectsV2(client, {})).objects;
    assert.equal(listed?.restoreInfo, 'ongoing-request="true"');

    pass(MINUTE);
    assert.equal(await (await getObject(client, { key })).text(), "hello");
    const state = restoreState((await headObject(client, { key })).restore);
    assert.deepEqual(state, { ongoing: false, expiryDate: new Date(Date.UTC(2026, 0, 4, 3, 5, 5)) });
    const [shown] = (await listObjectsV2(client, {})).objects;
    assert.deepEqual(restoreState(shown?.restoreInfo), state);

    pass(DAY);
    assert.deepEqual(own(await restoreObject(client, { key, days: 7 }), 200), {});
    pass(7 * DAY - 1);
    assert.equal((await getObject(client, { key })).status, 200);
    pass(1);
    await assertRefused(getObject(client, { key }), FROZEN);
    assert.isUndefined((await headObject(client, { key })).restore);
  }),
);

for (const [storageClass, tier, duration] of [
  ["ColdArchive", "Expedited", HOUR],
  ["ColdArchive", undefined, 5 * HOUR],
  ["ColdArchive", "Bulk", 12 * HOUR],
  ["DeepColdArchive", "Expedited", 12 * HOUR],
  ["DeepColdArchive", "Standard", 48 * HOUR],
] as const) {
  operationCase(
    "RestoreObject",
    `takes as long as ${storageClass} ${tier ?? "without a tier"}`,
    ...timed(async ({ client, pass }) => {
      await putObject(client, { key, body: "hello", storageClass });
      const { restorePriority } = await restoreObject(client, { key, days: 1, tier });
      assert.equal(restorePriority, tier ?? "Standard");
      pass(duration - 1);
      await assertRefused(getObject(client, { key }), FROZEN);
      pass(1);
      assert.equal((await getObject(client, { key })).status, 200);
    }),
  );
}

operationCase(
  "RestoreObject",
  "makes copies possible",
  ...timed(async ({ client, bucket, pass }) => {
    await putObject(client, { key, body: "hello", storageClass: "Archive" });
    const { uploadId } = await initiateMultipartUpload(client, { key: "parts" });
    const copySource = { bucket, key };
    const copies: readonly (() => Promise<unknown>)[] = [
      () => copyObject(client, { key: "copy", copySource }),
      () => uploadPartCopy(client, { key: "parts", uploadId, partNumber: 1, copySource }),
    ];
    for (const copy of copies) await assertRefused(copy(), FROZEN);
    await restoreObject(client, { key });
    pass(MINUTE);
    for (const copy of copies) await copy();
  }),
);

operationCase(
  "RestoreObject",
  "fails with what is wrong",
  ...timed(async ({ client, oss }) => {
    await putObject(client, { key, body: "hello" });
    await assertRefused(restoreObject(client, { key }), { status: 400, code: "OperationNotSupported" });
    await assertRefused(restoreObject(client, { key: "none" }), { status: 404, code: "NoSuchKey" });
    await putObject(client, { key, body: "hello", storageClass: "Archive" });
    await assertRefused(restoreObject(client, { key, days: 8 }), {
      ...{ status: 400, code: "MalformedXML", ec: "0016-00000708" },
    });
    await assertRefused(restoreObject(client, { key, days: 1, tier: "Bulk" }), { status: 400, code: "MalformedXML" });
    await putObject(client, { key, body: "hello", storageClass: "DeepColdArchive" });
    await assertRefused(restoreObject(client, { key, days: 1, tier: "Bulk" }), {
      ...{ status: 400, code: "MalformedXML", ec: "0016-00000703" },
    });
    const before = oss.requests.length;
    for (const input of [{ days: 0 }, { days: 366 }, { days: 1.5 }, { tier: "Bulk" }])
      assert.instanceOf(await failureOf(restoreObject(client, { key, ...input })), RangeError);
    assert.lengthOf(oss.requests, before);
  }),
);

operationCase(
  "CleanRestoredObject",
  "freezes a restored object",
  ...timed(async ({ client, pass }) => {
    await putObject(client, { key, body: "hello", storageClass: "ColdArchive" });
    const stale = { status: 409, code: "ArchiveRestoreFileStale" };
    await assertRefused(cleanRestoredObject(client, { key }), stale);
    await restoreObject(client, { key, days: 9, tier: "Expedited" });
    await assertRefused(cleanRestoredObject(client, { key }), {
      ...{ status: 409, code: "ArchiveRestoreNotFinished", ec: "0016-00000719" },
    });
    pass(HOUR);
    assert.deepEqual(own(await cleanRestoredObject(client, { key }), 200), {});
    await assertRefused(getObject(client, { key }), FROZEN);
    await assertRefused(cleanRestoredObject(client, { key }), stale);
  }),
);

test("restoreState reads what is there", () => {
  assert.isUndefined(restoreState(undefined));
  assert.isUndefined(restoreState("later"));
  assert.deepEqual(restoreState('ongoing-request="false", expiry-date="soon"'), { ongoing: false });
});

const HOST = "https://photos.oss-cn-hangzhou.aliyuncs.com";
const all = { key: "a b", versionId: "CAEQ", requestPayer: "requester" } as const;
const PAYER = { "x-oss-request-payer": "requester" };

sends(
  restoreObject,
  "days and tier",
  { ...all, days: 365, tier: "Expedited" },
  {
    method: "POST",
    url: `${HOST}/a%20b?restore&versionId=CAEQ`,
    headers: { ...PAYER, "content-type": "application/xml" },
    body:
      '<?xml version="1.0" encoding="UTF-8"?>\n<RestoreRequest><Days>365</Days>' +
      "<JobParameters><Tier>Expedited</Tier></JobParameters></RestoreRequest>",
  },
);
sends(restoreObject, "nothing more", { key }, { method: "POST", url: `${HOST}/a?restore` });
sends(cleanRestoredObject, "every input", all, {
  method: "POST",
  url: `${HOST}/a%20b?cleanRestoredObject&versionId=CAEQ`,
  headers: PAYER,
});

reads(
  restoreObject,
  { key },
  { status: 202, headers: { "x-oss-object-restore-priority": "Bulk", "x-oss-version-id": "CAEQ" } },
  { restorePriority: "Bulk", versionId: "CAEQ" },
);

const archived = ({ client }: Stage): Promise<unknown> =>
  putObject(client, { key, body: "hello", storageClass: "Archive" });
presignCase("RestoreObject", restoreObject, { prepare: archived, input: { key }, status: 202 });
presignCase("CleanRestoredObject", cleanRestoredObject, { prepare: archived, input: { key }, status: 409 });
