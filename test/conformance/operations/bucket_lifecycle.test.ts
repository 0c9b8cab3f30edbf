/** The lifecycle rules of a bucket: every kind of rule, there and back. */
import { deleteBucketLifecycle, getBucketLifecycle, type LifecycleRule, putBucketLifecycle } from "../../../src/mod.ts";
import { assert } from "../../harness.ts";
import { operationCase, presignCase } from "../cases.ts";
import { reads, sends } from "../support/canned.ts";
import { assertRefused, own, VERSIONS } from "../support/world.ts";

const URL = "https://photos.oss-cn-hangzhou.aliyuncs.com/?lifecycle";
const HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n';
const NONE = { status: 404, code: "NoSuchLifecycle" };
const ISO = "2021-12-30T00:00:00.000Z";
const midnight = new Date(ISO);
const target = { isAccessTime: true, returnToStdWhenVisit: false, allowSmallFile: true } as const;

const full: LifecycleRule = {
  id: "0012",
  prefix: "logs/",
  status: "Enabled",
  tags: [
    { key: "a", value: "1" },
    { key: "b", value: "" },
  ],
  filter: {
    nots: [{ prefix: "logs/keep", tag: { key: "k", value: "v" } }],
    objectSizeGreaterThan: 500,
    objectSizeLessThan: 64_000,
  },
  expiration: { days: 400 },
  transitions: [
    { days: 30, storageClass: "IA", ...target },
    { days: 60, storageClass: "Archive", isAccessTime: false },
  ],
  abortMultipartUpload: { createdBeforeDate: midnight },
  noncurrentVersionExpiration: { noncurrentDays: 10 },
  noncurrentVersionTransitions: [{ noncurrentDays: 5, storageClass: "ColdArchive", ...target }],
  atimeBase: 1_631_698_332,
};
const TARGET =
  "<IsAccessTime>true</IsAccessTime><ReturnToStdWhenVisit>false</ReturnToStdWhenVisit><AllowSmallFile>true</AllowSmallFile>";
const FULL =
  "<Rule><ID>0012</ID><Prefix>logs/</Prefix><Status>Enabled</Status><Tag><Key>a</Key><Value>1</Value></Tag>" +
  "<Tag><Key>b</Key><Value></Value></Tag><Filter><Not><Prefix>logs/keep</Prefix><Tag><Key>k</Key><Value>v</Value></Tag>" +
  "</Not><ObjectSizeGreaterThan>500</ObjectSizeGreaterThan><ObjectSizeLessThan>64000</ObjectSizeLessThan></Filter>" +
  "<Expiration><Days>400</Days></Expiration>" +
  `<Transition><Days>30</Days><StorageClass>IA</StorageClass>${TARGET}</Transition>` +
  "<Transition><Days>60</Days><StorageClass>Archive</StorageClass><IsAccessTime>false</IsAccessTime></Transition>" +
  `<AbortMultipartUpload><CreatedBeforeDate>${ISO}</CreatedBeforeDate></AbortMultipartUpload>` +
  "<NoncurrentVersionExpiration><NoncurrentDays>10</NoncurrentDays></NoncurrentVersionExpiration>" +
  `<NoncurrentVersionTransition><NoncurrentDays>5</NoncurrentDays><StorageClass>ColdArchive</StorageClass>${TARGET}` +
  "</NoncurrentVersionTransition><AtimeBase>1631698332</AtimeBase></Rule>";

/** A rule as it is read: lists that were not there are empty. */
const read = (rule: LifecycleRule) => ({ tags: [], transitions: [], noncurrentVersionTransitions: [], ...rule });
const markers: LifecycleRule = {
  id: "markers",
  prefix: "m/",
  status: "Disabled",
  expiration: { expiredObjectDeleteMarker: true },
};
const before: LifecycleRule = {
  id: "before",
  prefix: "b/",
  status: "Enabled",
  expiration: { createdBeforeDate: midnight },
};
const old: LifecycleRule = {
  id: "old",
  prefix: "o/",
  status: "Enabled",
  expiration: { date: midnight },
  abortMultipartUpload: { date: midnight },
};
const parts: LifecycleRule = { id: "parts", prefix: "p/", status: "Enabled", abortMultipartUpload: { days: 7 } };
const frozen: LifecycleRule = {
  id: "frozen",
  prefix: "f/",
  status: "Enabled",
  transitions: [{ createdBeforeDate: midnight, storageClass: "DeepColdArchive" }],
};
const rules = [full, markers, before, old, parts, frozen];

for (const signatureVersion of VERSIONS) {
  operationCase(
    "PutBucketLifecycle",
    `sets what GetBucketLifecycle reads and DeleteBucketLifecycle deletes (${signatureVersion})`,
    async ({ client }) => {
      await assertRefused(getBucketLifecycle(client, {}), NONE);
      assert.deepEqual(own(await putBucketLifecycle(client, { rules }), 200), {});
      assert.deepEqual(own(await getBucketLifecycle(client, {}), 200), { rules: rules.map(read) });
      const again = await getBucketLifecycle(client, {});
      await putBucketLifecycle(client, { rules: again.rules });
      assert.deepEqual((await getBucketLifecycle(client, {})).rules, again.rules, "what was read can be put");
      assert.deepEqual(own(await deleteBucketLifecycle(client, {}), 204), {});
      await assertRefused(getBucketLifecycle(client, {}), NONE);
    },
    { client: { signatureVersion } },
  );
}

operationCase("GetBucketLifecycle", "tells the names that rules were given", async ({ client }) => {
  const [{ id: _, ...one }, { id: __, ...two }] = [parts, before];
  await putBucketLifecycle(client, { rules: [one, { ...two, id: "" }] });
  const [first, second] = (await getBucketLifecycle(client, {})).rules;
  assert.match(first?.id ?? "", /^[0-9a-f]{24}$/);
  assert.notEqual(first?.id, second?.id);
  assert.deepEqual(first, read({ ...one, id: first?.id }));
});

operationCase("DeleteBucketLifecycle", "deletes what is not there", async ({ client }) => {
  assert.equal((await deleteBucketLifecycle(client, {})).status, 204);
});

sends(
  putBucketLifecycle,
  "every input",
  { rules: [full, markers, old], allowSameActionOverlap: true },
  {
    method: "PUT",
    url: URL,
    headers: { "content-type": "application/xml", "x-oss-allow-same-action-overlap": "true" },
    body:
      `${HEAD}<LifecycleConfiguration>${FULL}<Rule><ID>markers</ID><Prefix>m/</Prefix><Status>Disabled</Status>` +
      "<Expiration><ExpiredObjectDeleteMarker>true</ExpiredObjectDeleteMarker></Expiration></Rule>" +
      `<Rule><ID>old</ID><Prefix>o/</Prefix><Status>Enabled</Status><Expiration><Date>${ISO}</Date></Expiration><AbortMultipartUpload><Date>${ISO}</Date></AbortMultipartUpload></Rule>` +
      "</LifecycleConfiguration>",
  },
);
sends(getBucketLifecycle, "every input", {}, { method: "GET", url: URL });
sends(deleteBucketLifecycle, "every input", {}, { method: "DELETE", url: URL });
reads(getBucketLifecycle, {}, { body: `<LifecycleConfiguration>${FULL}</LifecycleConfiguration>` }, { rules: [full] });

presignCase("PutBucketLifecycle", putBucketLifecycle, {
  input: { rules: [parts] },
  body: new TextEncoder().encode(`<LifecycleConfiguration>${FULL}</LifecycleConfiguration>`),
});
presignCase("GetBucketLifecycle", getBucketLifecycle, {
  prepare: ({ client }) => putBucketLifecycle(client, { rules }),
  input: {},
});
presignCase("DeleteBucketLifecycle", deleteBucketLifecycle, { input: {}, status: 204 });
