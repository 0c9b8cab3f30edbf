/** Fixed credentials, none, and the one source that all first callers share. */
import { createCredentials } from "../../../src/core/credentials.ts";
import type { Credentials } from "../../../src/types.ts";
import { assert, test } from "../../harness.ts";

const now = (): number => 0;
const warn = (): void => {};

test("fixed keys are what was given, and asking again cannot help", async () => {
  const keys: Credentials = { accessKeyId: "ak", accessKeySecret: "sk", securityToken: "t" };
  const source = createCredentials(keys, now, warn);
  assert.strictEqual(await source.get(), keys);
  assert.isFalse(source.doubt(keys, true));
});

test("an anonymous client has none", async () => {
  assert.isUndefined(await createCredentials("anonymous", now, warn).get());
});

test("incomplete fixed keys are a mistake of the caller, told without their values", () => {
  for (const keys of [
    { accessKeyId: "", accessKeySecret: "topsecret" },
    { accessKeyId: "ak", accessKeySecret: "" },
  ]) {
    assert.throws(() => createCredentials(keys, now, warn), TypeError, /^(?!.*topsecret).*accessKey/);
  }
});

test("the first callers of a provider share it, though its code is loaded on demand", async () => {
  let asked = 0;
  const source = createCredentials(() => ({ accessKeyId: `ak${++asked}`, accessKeySecret: "sk" }), now, warn);
  const found = await Promise.all(Array.from({ length: 10 }, () => source.get()));
  assert.equal(asked, 1);
  assert.deepEqual([...new Set(found.map((keys) => keys?.accessKeyId))], ["ak1"]);
});
