/** Which objects of a bucket may not be replaced. */
import { deleteBucketOverwriteConfig, getBucketOverwriteConfig, putBucketOverwriteConfig } from "../../../src/mod.ts";
import { assert } from "../../harness.ts";
import { operationCase, presignCase } from "../cases.ts";
import { sends } from "../support/canned.ts";
import { assertRefused, own } from "../support/world.ts";

const RULES = [
  { id: "r1", action: "forbid", prefix: " a&b/", suffix: ".txt ", principals: ["27737962156157", "10*"] },
  { id: "r2", action: "forbid", principals: [] },
] as const;

const DOCUMENT = `<?xml version="1.0" encoding="UTF-8"?>
<OverwriteConfiguration><Rule><ID>r1</ID><Action>forbid</Action><Prefix> a&amp;b/</Prefix><Suffix>.txt </Suffix><Principals><Principal>27737962156157</Principal><Principal>10*</Principal></Principals></Rule></OverwriteConfiguration>`;

operationCase("PutBucketOverwriteConfig", "is what GetBucketOverwriteConfig reads", async ({ client }) => {
  assert.deepEqual(own(await putBucketOverwriteConfig(client, { rules: RULES }), 200), {});
  assert.deepEqual(own(await getBucketOverwriteConfig(client, {}), 200), { rules: RULES });
});

operationCase("PutBucketOverwriteConfig", "gives a rule an id", async ({ client }) => {
  await putBucketOverwriteConfig(client, { rules: [{ action: "forbid", prefix: "a" }] });
  const [rule] = (await getBucketOverwriteConfig(client, {})).rules;
  assert.match(rule?.id ?? "", /^[\da-f-]{36}$/);
  assert.equal(rule?.prefix, "a");
});

operationCase("PutBucketOverwriteConfig", "refuses unknown actions and 101 rules", async ({ client }) => {
  const malformed = { status: 400, code: "MalformedXML" };
  await assertRefused(putBucketOverwriteConfig(client, { rules: [{ action: "allow" }] }), malformed);
  const rules = Array.from({ length: 101 }, () => ({ action: "forbid" }));
  await assertRefused(putBucketOverwriteConfig(client, { rules }), malformed);
});

const none = { status: 404, code: "NoSuchBucketOverwriteConfig" };

operationCase("GetBucketOverwriteConfig", "finds nothing before the first Put", async ({ client }) => {
  await assertRefused(getBucketOverwriteConfig(client, {}), none);
});

operationCase("DeleteBucketOverwriteConfig", "drops all rules", async ({ client }) => {
  await putBucketOverwriteConfig(client, { rules: RULES });
  assert.deepEqual(own(await deleteBucketOverwriteConfig(client, {}), 204), {});
  await assertRefused(getBucketOverwriteConfig(client, {}), none);
});

sends(
  putBucketOverwriteConfig,
  "every field of a rule",
  { rules: [RULES[0]] },
  {
    method: "PUT",
    url: "https://photos.oss-cn-hangzhou.aliyuncs.com/?overwriteConfig",
    headers: { "content-type": "application/xml" },
    body: DOCUMENT,
  },
);

presignCase("PutBucketOverwriteConfig", putBucketOverwriteConfig, {
  input: { rules: RULES },
  body: new TextEncoder().encode(DOCUMENT),
});
presignCase("GetBucketOverwriteConfig", getBucketOverwriteConfig, {
  prepare: ({ client }) => putBucketOverwriteConfig(client, { rules: RULES }),
  input: {},
});
presignCase("DeleteBucketOverwriteConfig", deleteBucketOverwriteConfig, { input: {}, status: 204 });
