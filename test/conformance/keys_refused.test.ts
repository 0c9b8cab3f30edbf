/** A key that cannot be right is refused by every call before any request: DELETE of no key would be a bucket's. */
import { presign } from "../../src/mod.ts";
import * as catalogue from "../../src/operations/mod.ts";
import type { Client, OSSRequest } from "../../src/types.ts";
import { assert, test } from "../harness.ts";
import { REFUSED, shown } from "./support/keys.ts";
import { failureOf, world } from "./support/world.ts";

interface AnyOperation {
  (client: Client, input: object): Promise<unknown>;
  readonly operationName: string;
  toRequest(input: object): OSSRequest;
}

/** Whatever the operations need beside a key. */
const INPUT = {
  body: "x",
  acl: "private",
  position: 0,
  uploadId: "ID",
  partNumber: 1,
  parts: [{ partNumber: 1, etag: "E" }],
  form: { fields: {} },
  objects: ["a"],
  copySource: { bucket: "photos", key: "a" },
};

const operations: readonly AnyOperation[] = Object.values(catalogue) as unknown as readonly AnyOperation[];
/** Those that take a key ask for it before anything else. */
const withKey = operations.filter((operation) => {
  try {
    operation.toRequest({});
    return false;
  } catch (error) {
    return /key must/.test(String(error));
  }
});

test("the catalogue has calls with keys", () => {
  assert.isAtLeast(withKey.length, 41);
});

for (const operation of withKey) {
  const { operationName } = operation;
  test(`${operationName} refuses bad keys before any request`, async (t) => {
    const { client, oss } = world(t);
    for (const key of REFUSED) {
      const error = await failureOf(operation(client, { ...INPUT, key }));
      assert.instanceOf(error, TypeError, `${typeof key} ${shown(String(key))}`);
      assert.match(String(error), /key must/);
    }
    const { key: _, ...keyless } = { ...INPUT, key: "" };
    assert.instanceOf(await failureOf(operation(client, keyless)), TypeError, "no key at all");
    for (const input of [undefined, null, "a"]) {
      assert.instanceOf(await failureOf(operation(client, input as unknown as object)), TypeError, String(input));
    }
    assert.lengthOf(oss.requests, 0);
  });
}

test("presigning and raw requests refuse them too", async (t) => {
  const { client, oss } = world(t);
  for (const key of REFUSED as readonly string[]) {
    assert.instanceOf(await failureOf(presign(client, catalogue.deleteObject, { key }, { expiresIn: 60 })), TypeError);
    assert.instanceOf(await failureOf(client.send({ method: "DELETE", key })), TypeError);
  }
  assert.lengthOf(oss.requests, 0);
});

test("copy sources are keys like any other", async (t) => {
  const { client, oss, bucket } = world(t);
  for (const key of REFUSED as readonly string[]) {
    const copy = catalogue.copyObject(client, { key: "a", copySource: { bucket, key } });
    assert.instanceOf(await failureOf(copy), TypeError);
  }
  assert.lengthOf(oss.requests, 0);
});
