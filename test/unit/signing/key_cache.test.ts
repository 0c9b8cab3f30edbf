import type { SigningContext } from "../../../src/signing/canonical.ts";
import { hash as noble } from "../../../src/signing/noble.ts";
import { signV1 } from "../../../src/signing/v1.ts";
import { presignV4, signV4 } from "../../../src/signing/v4.ts";
import type { Hash } from "../../../src/types.ts";
import { assert, test } from "../../harness.ts";
import { makeContext, notingHash } from "./support.ts";

const get = { method: "GET", bucket: "b", key: "k", query: [], headers: {} };
const secret = (accessKeySecret: string) => ({ credentials: { accessKeyId: "ak", accessKeySecret } });

test("a V4 key is derived once for each secret, day, region and product, and not mixed up", async () => {
  const notes = notingHash();
  const cost = async (part: Partial<SigningContext>) => {
    const before = notes.keys;
    const signed = await signV4(get, makeContext({ ...part, hash: notes.hash }));
    const alone = await signV4(get, makeContext({ ...part, hash: notingHash().hash }));
    assert.deepEqual(signed, alone);
    return notes.keys - before;
  };
  assert.equal(await cost({}), 5);
  assert.equal(await cost({}), 0);
  assert.equal(await cost({ time: new Date("2024-06-15T23:59:59Z") }), 0);
  assert.equal(await cost({ time: new Date("2024-06-16T00:00:00Z") }), 5);
  assert.equal(await cost({ region: "cn-beijing" }), 5);
  assert.equal(await cost({ product: "oss-cloudbox" }), 5);
  assert.equal(await cost(secret("another")), 5);
  assert.equal(await cost({}), 0);
  await presignV4(get, makeContext({ hash: notes.hash }), 60);
  assert.equal(await cost({}), 0);
});

test("V1 and V4 keys of one secret are different keys", async () => {
  const notes = notingHash();
  for (let round = 0; round < 2; round++) {
    assert.deepEqual(
      await signV1(get, makeContext({ hash: notes.hash })),
      await signV1(get, makeContext({ hash: noble })),
    );
    await signV4(get, makeContext({ hash: notes.hash }));
  }
  assert.equal(notes.keys, 6);
  const lookalike = secret("20240615/cn-hangzhou/oss/aliyun_v4_request\nsk");
  await signV1(get, makeContext({ ...lookalike, hash: notes.hash }));
  assert.equal(notes.keys, 7, "a V1 secret never meets the id of a V4 key");
});

test("the cache is bounded: beyond 100 keys it begins anew", async () => {
  const notes = notingHash();
  const cost = async (name: string) => {
    const before = notes.keys;
    await signV4(get, makeContext({ ...secret(name), hash: notes.hash }));
    return notes.keys - before;
  };
  for (let index = 0; index < 101; index++) assert.equal(await cost(`secret ${index}`), 5);
  assert.equal(await cost("secret 100"), 0);
  assert.equal(await cost("secret 0"), 5);
});

test("keys first used at the same time are all kept", async () => {
  let keys = 0;
  const hash: Hash = {
    sha256: noble.sha256,
    async hmac(algorithm, key) {
      keys++;
      await undefined;
      return noble.hmac(algorithm, key);
    },
  };
  const all = () =>
    Promise.all(Array.from({ length: 20 }, (_, at) => signV4(get, makeContext({ hash, ...secret(`s${at}`) }))));
  const signed = await all();
  const made = keys;
  assert.deepEqual(await all(), signed);
  assert.equal(keys, made);
});

test("first uses at the same time never wait for each other, and a failed derivation is not kept", async () => {
  const pending: (() => void)[] = [];
  let failures = 1;
  const hash: Hash = {
    sha256: noble.sha256,
    async hmac(algorithm, key) {
      if (failures-- > 0) throw new Error("no luck");
      await new Promise<void>((resolve) => pending.push(resolve));
      return noble.hmac(algorithm, key);
    },
  };
  const release = async (which: () => (() => void) | undefined) => {
    for (let step = 0; step < 5; step++) {
      which()?.();
      for (let tick = 0; tick < 20; tick++) await undefined;
    }
  };
  const sign = async () => signV4(get, makeContext({ hash }));
  const expected = await signV4(get, makeContext());
  assert.match(String(await sign().catch(String)), /no luck/);
  const stuck = sign();
  const other = sign();
  // Only the second one's HMACs are ever answered: were the first one's promise shared, it would hang.
  await release(() => pending.pop());
  assert.deepEqual(await other, expected);
  assert.lengthOf(pending, 1);
  pending[0]?.();
  await release(() => pending.pop());
  assert.deepEqual(await stuck, expected);
});
