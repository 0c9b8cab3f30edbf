/** Does it exist? Only what certainly does not is a no. */
import { bucketExists, objectExists, putObject } from "../../src/mod.ts";
import { assert, environment, test } from "../harness.ts";
import { hide, onAnswer } from "./support/wire.ts";
import { assertRefused, failureOf, VERSIONS, world } from "./support/world.ts";

const stranger = { accessKeyId: "LTAIstranger", accessKeySecret: "secret", id: "77" };
const { account, bucket } = environment;
const service = { accounts: [account, stranger], buckets: [bucket, { name: "taken", account: stranger }] };

for (const signatureVersion of VERSIONS) {
  test(`objects: yes, no, and errors (${signatureVersion})`, async (t) => {
    const { client, oss } = world(t, { service, client: { signatureVersion } });
    await putObject(client, { key: "a/../b", body: "" });
    assert.isTrue(await objectExists(client, { key: "a/../b" }));
    assert.isFalse(await objectExists(client, { key: "b" }));
    const operation = "GetObjectMeta";
    const nowhere = objectExists(client, { bucket: "not-there", key: "a" });
    await assertRefused(nowhere, { status: 404, code: "NoSuchBucket", ec: "0015-00000101", operation });
    const denied = objectExists(client, { bucket: "taken", key: "a" });
    await assertRefused(denied, { status: 403, code: "AccessDenied", operation });
    oss.faults.add({ kind: "status", status: 503, times: 4 });
    assert.propertyVal(await failureOf(objectExists(client, { key: "b" })), "status", 503);
  });

  test(`buckets: yes, no, and errors (${signatureVersion})`, async (t) => {
    const { client } = world(t, { service, client: { signatureVersion } });
    assert.isTrue(await bucketExists(client));
    assert.isTrue(await bucketExists(client, {}));
    assert.isFalse(await bucketExists(client, { bucket: "not-there" }));
    const operation = "GetBucketAcl";
    await assertRefused(bucketExists(client, { bucket: "taken" }), { status: 403, code: "AccessDenied", operation });
  });
}

test("a missing object is missing also where the reason is hidden", async (t) => {
  const use = [onAnswer((response) => hide(response, "x-oss-err", "x-oss-ec", "x-oss-request-id", "date"))];
  const { client, wire } = world(t, { service, client: { use } });
  await putObject(client, { key: "a", body: "" });
  assert.isTrue(await objectExists(client, { key: "a" }));
  assert.isFalse(await objectExists(client, { key: "b" }));
  // There is no telling a missing bucket from a missing object then.
  assert.isFalse(await objectExists(client, { bucket: "not-there", key: "a" }));
  assert.lengthOf(wire.sent, 4, "no request is wasted on looking closer");
  const denied = await failureOf(objectExists(client, { bucket: "taken", key: "a" }));
  assert.deepInclude(denied, { status: 403, code: "AccessDenied" }, "GET tells why");
});

test("what answers in the service's place is no answer", async (t) => {
  for (const body of ["<html>Not found</html>", "", "{}"]) {
    const { client } = world(t, { client: { use: [() => async () => new Response(body, { status: 404 })] } });
    const error = await failureOf(bucketExists(client, { bucket: "not-there" }));
    assert.deepInclude(error, { status: 404, code: "NotFound" }, body);
  }
});
