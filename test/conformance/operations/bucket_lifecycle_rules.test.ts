/** Lifecycle rules that the service refuses, each for its own reason. */
import { getBucketLifecycle, type LifecycleRule, putBucketLifecycle } from "../../../src/mod.ts";
import { assert } from "../../harness.ts";
import { operationCase } from "../cases.ts";
import { assertRefused, serviceErrorOf } from "../support/world.ts";

const midnight = new Date("2021-12-30T00:00:00Z");
const parts: LifecycleRule = { id: "parts", status: "Enabled", abortMultipartUpload: { days: 7 } };
const expire = (prefix: string, days: number, more?: Partial<LifecycleRule>): LifecycleRule => ({
  prefix,
  status: "Enabled",
  expiration: { days },
  ...more,
});
const turn = (prefix: string, storageClass: string, days?: number): LifecycleRule => {
  const time = days === undefined ? { createdBeforeDate: midnight } : { days };
  return { prefix, status: "Enabled", transitions: [{ ...time, storageClass }] };
};
const expiring = (expiration: LifecycleRule["expiration"]): LifecycleRule => ({ ...parts, expiration });
const tagged = (value: string): Partial<LifecycleRule> => ({ tags: [{ key: "k", value }] });

const REFUSED: readonly (readonly [title: string, ec: string, code: string, rules: readonly LifecycleRule[]])[] = [
  ["no rule", "0014-00000013", "MalformedXML", []],
  ["1,001 rules", "0014-00000014", "MalformedXML", Array.from({ length: 1001 }, (_, at) => expire(`${at}/`, 1))],
  ["a long id", "0014-00000019", "InvalidArgument", [{ ...parts, id: "i".repeat(256) }]],
  ["an id twice", "0014-00000020", "InvalidArgument", [expire("a", 1, { id: "x" }), expire("b", 1, { id: "x" })]],
  ["an unknown status", "0014-00000024", "MalformedXML", [{ ...parts, status: "On" }]],
  ["no status", "0014-00000025", "MalformedXML", [{ ...parts, status: undefined as unknown as string }]],
  [
    "a tag twice",
    "0014-00000029",
    "MalformedXML",
    [{ ...parts, tags: [1, 2].map((n) => ({ key: "k", value: `${n}` })) }],
  ],
  [
    "two times for a transition",
    "0014-00000050",
    "MalformedXML",
    [{ ...parts, transitions: [{ days: 1, createdBeforeDate: midnight, storageClass: "IA" }] }],
  ],
  ["an expiration without a time", "0014-00000060", "MalformedXML", [expiring({})]],
  [
    "an expiration without a time but for markers",
    "0014-00000060",
    "MalformedXML",
    [expiring({ expiredObjectDeleteMarker: false })],
  ],
  [
    "two times for an expiration",
    "0014-00000061",
    "MalformedXML",
    [expiring({ days: 1, createdBeforeDate: midnight })],
  ],
  ["one class twice", "0014-00000079", "InvalidRequest", [turn("test", "IA", 30), turn("test/log", "IA", 60)]],
  ["days and dates", "0014-00000080", "InvalidRequest", [turn("test", "IA", 30), turn("test/log", "Archive")]],
  ["deletion before the move", "0014-00000082", "InvalidRequest", [turn("test", "IA", 120), expire("test/log", 30)]],
  [
    "archiving before the move",
    "0014-00000082",
    "InvalidRequest",
    [turn("t", "IA", 120), turn("t/log", "Archive", 60)],
  ],
  ["one action twice", "0014-00000084", "InvalidRequest", [expire("test", 200), expire("test/log", 100)]],
  ["one prefix twice", "0014-00000085", "InvalidRequest", [expire("test", 200), turn("test", "IA", 100)]],
  ["no days", "0014-00000086", "InvalidArgument", [expiring({ days: 0 })]],
  ["negative days", "0014-00000086", "InvalidArgument", [expiring({ days: -100 })]],
  [
    "no noncurrent days",
    "0014-00000086",
    "InvalidArgument",
    [{ ...parts, noncurrentVersionExpiration: { noncurrentDays: 0 } }],
  ],
  [
    "another time than midnight",
    "0014-00000087",
    "InvalidArgument",
    [expiring({ createdBeforeDate: new Date("2021-12-30T08:00:00Z") })],
  ],
  [
    "two exclusions",
    "0014-00000089",
    "MalformedXML",
    [{ ...parts, filter: { nots: [{ prefix: "a" }, { prefix: "b" }] } }],
  ],
];

for (const [title, ec, code, rules] of REFUSED) {
  operationCase("PutBucketLifecycle", `refuses ${title}`, async ({ client }) => {
    await assertRefused(putBucketLifecycle(client, { rules }), { status: 400, code, ec });
    assert.equal((await serviceErrorOf(getBucketLifecycle(client, {}))).code, "NoSuchLifecycle", "nothing is kept");
  });
}

operationCase("PutBucketLifecycle", "refuses rules that make no sense", async ({ client }) => {
  const refused = (code: string, ...rules: LifecycleRule[]) =>
    assertRefused(putBucketLifecycle(client, { rules }), { status: 400, code });
  await refused("MalformedXML", { status: "Enabled" });
  await refused("MalformedXML", { ...parts, transitions: [{ storageClass: "IA" }] });
  await refused("InvalidArgument", turn("a", "Standard", 1));
  await refused("InvalidArgument", { ...parts, prefix: "a/", filter: { nots: [{ prefix: "b/" }] } });
  await refused("InvalidArgument", { ...parts, prefix: "a/", filter: { nots: [{ prefix: "a/" }] } });
  const late = { days: 30, storageClass: "IA" };
  await refused("InvalidRequest", { ...parts, transitions: [late], expiration: { days: 30 } });
  await refused("InvalidRequest", { ...parts, transitions: [late, { days: 10, storageClass: "Archive" }] });
});

operationCase("PutBucketLifecycle", "takes overlapping rules where that is asked for", async ({ client }) => {
  const rules = [expire("test", 200), expire("test/log", 100), turn("test/log", "IA", 10), turn("t", "IA", 20)];
  await assertRefused(putBucketLifecycle(client, { rules, allowSameActionOverlap: false }), {
    status: 400,
    code: "InvalidRequest",
    ec: "0014-00000084",
  });
  await putBucketLifecycle(client, { rules, allowSameActionOverlap: true });
  assert.equal((await getBucketLifecycle(client, {})).rules.length, 4);
  const mixed = [turn("test", "IA", 30), turn("test/log", "Archive")];
  await assertRefused(putBucketLifecycle(client, { rules: mixed, allowSameActionOverlap: true }), {
    status: 400,
    code: "InvalidRequest",
    ec: "0014-00000080",
  });
});

operationCase("PutBucketLifecycle", "takes rules of one prefix for different tags", async ({ client }) => {
  const rules = [expire("a", 10, tagged("1")), expire("a", 20, tagged("2")), expire("b", 1), turn("c", "IA", 1)];
  await putBucketLifecycle(client, { rules });
  assert.equal((await getBucketLifecycle(client, {})).rules.length, 4);
  const ec = "0014-00000085";
  const same = [...rules, expire("a", 30, tagged("1"))];
  await assertRefused(putBucketLifecycle(client, { rules: same }), { status: 400, code: "InvalidRequest", ec });
});

operationCase("PutBucketLifecycle", "takes 1,000 rules", async ({ client }) => {
  const rules = Array.from({ length: 1000 }, (_, at) => expire(`${at}/`, 1));
  await putBucketLifecycle(client, { rules });
  assert.equal((await getBucketLifecycle(client, {})).rules.length, 1000);
});
