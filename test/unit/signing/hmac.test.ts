import { encodeHex } from "../../../src/codec/hex.ts";
import { encodeUtf8 } from "../../../src/codec/utf8.ts";
import { defaultHash } from "../../../src/signing/hmac.ts";
import { nativeHash } from "../../../src/signing/native.ts";
import { hash as noble } from "../../../src/signing/noble.ts";
import { hash as syncHash } from "../../../src/signing/sync_hash.ts";
import { signV4 } from "../../../src/signing/v4.ts";
import type { Hash, MaybePromise } from "../../../src/types.ts";
import { assert, environment, runtime, test } from "../../harness.ts";
import { makeContext } from "./support.ts";

/** RFC 4231 test case 2, RFC 2202 test case 2, FIPS 180-4 "abc". */
const ANSWERS = {
  sha256: "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
  hmac256: "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
  hmac1: "effcdf6ae5eb2fa2d27416d5f184df9c259a7c79",
};

/** Runs a synchronous part in another place: with globals that are something else. */
function elsewhere<T>(globals: Readonly<Record<string, unknown>>, body: () => T): T {
  const own = Object.keys(globals).map((name) => [name, Object.getOwnPropertyDescriptor(globalThis, name)] as const);
  for (const name in globals) Object.defineProperty(globalThis, name, { value: globals[name], configurable: true });
  try {
    return body();
  } finally {
    for (const [name, descriptor] of own) {
      if (descriptor) Object.defineProperty(globalThis, name, descriptor);
      else Reflect.deleteProperty(globalThis, name);
    }
  }
}

const securePage = (): MaybePromise<Hash> => elsewhere({ isSecureContext: true }, defaultHash);
const unused: Hash = {
  sha256: () => Promise.reject(new Error("not here")),
  hmac: () => Promise.reject(new Error("not here")),
};
const plainPage = (): MaybePromise<Hash> => elsewhere({ process: undefined, crypto: {} }, () => nativeHash(unused));

const kinds: readonly (readonly [string, () => MaybePromise<Hash>])[] = [
  ["the default hash", defaultHash],
  ...(globalThis.crypto?.subtle ? [["the hash of a secure page", securePage] as const] : []),
  ["the hash of a page without crypto.subtle", plainPage],
  ["noble", () => noble],
  ["oss-fetch/hash", () => syncHash],
];

for (const [name, make] of kinds) {
  test(`${name} gives the published digests, of text and of bytes, and its keys can be used again`, {
    insecure: true,
  }, async () => {
    const hash = await make();
    for (const write of [(text: string) => text, encodeUtf8]) {
      assert.equal(encodeHex(await hash.sha256(write("abc"))), ANSWERS.sha256);
      for (const [algorithm, expected] of [
        ["SHA-256", ANSWERS.hmac256],
        ["SHA-1", ANSWERS.hmac1],
      ] as const) {
        const mac = await hash.hmac(algorithm, write("Jefe"));
        const data = write("what do ya want for nothing?");
        assert.equal(encodeHex(await mac(data)), expected);
        await mac("something else");
        assert.equal(encodeHex(await mac(data)), expected, "a key is not used up");
      }
    }
  });
}

test("digits are those of the bytes; servers' own hash gives them at once, for bytes cost Node.js more", async () => {
  for (const hash of [syncHash, await defaultHash()]) {
    const { hex } = await hash.hmac("SHA-256", "Jefe");
    if (["node", "bun"].includes(runtime)) for (const give of [hash.sha256Hex, hex]) assert.isFunction(give);
    for (const text of ["short", "\uff5e~".repeat(3000)]) {
      if (hex) assert.equal(hex(text), encodeHex(noble.hmac("SHA-256", "Jefe")(text)));
      if (hash.sha256Hex) assert.equal(hash.sha256Hex(text), encodeHex(noble.sha256(text)));
    }
  }
});

test("keys longer than a block and bytes within a larger buffer are taken as they are", {
  insecure: true,
}, async () => {
  const whole = Uint8Array.from({ length: 300 }, (_, index) => index & 255);
  const part = whole.subarray(7, 207);
  const long = "\uff5e~".repeat(3000);
  const expected = noble.hmac("SHA-256", part.slice())(part.slice());
  for (const [name, make] of kinds) {
    const mac = await (await make()).hmac("SHA-256", part);
    assert.deepEqual(await mac(part), expected, name);
    assert.deepEqual(await mac(long), noble.hmac("SHA-256", part)(long), `${name}: a long text`);
  }
});

test("the default hash is one object, so that keys derived for it are kept", { insecure: true }, async () => {
  assert.strictEqual(await defaultHash(), await defaultHash());
});

test("every place has the hash that serves it best", { insecure: true }, async () => {
  const input = { method: "GET", bucket: "b", key: "k", query: [], headers: {} };
  const signing = async (hash: Hash): Promise<object> => signV4(input, makeContext({ hash }));
  assert.strictEqual(await plainPage(), noble);
  assert.strictEqual(await elsewhere({ process: undefined, crypto: { subtle: {} } }, () => nativeHash(unused)), unused);
  // Bundlers give pages a `process` that hands out nothing.
  assert.strictEqual(await elsewhere({ process: { env: {} }, crypto: {} }, () => nativeHash(unused)), noble);
  const own = await defaultHash();
  assert.deepEqual(await signing(own), await signing(noble));
  const server = "process" in globalThis && environment.runtime !== "workerd";
  if (server) assert.isFalse(own.sha256("abc") instanceof Promise, "servers sign at once");
  else if (globalThis.isSecureContext) assert.strictEqual(own, await securePage());
});
