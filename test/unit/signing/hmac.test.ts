import { encodeHex } from "../../../src/codec/hex.ts";
import { encodeUtf8 } from "../../../src/codec/utf8.ts";
import { defaultHash } from "../../../src/signing/hmac.ts";
import { hash as noble } from "../../../src/signing/noble.ts";
import { signV4 } from "../../../src/signing/v4.ts";
import { assert, test } from "../../harness.ts";
import { makeContext } from "./support.ts";

/** RFC 4231 test case 2, RFC 2202 test case 2, FIPS 180-4 "abc". */
const ANSWERS = {
  sha256: "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
  hmac256: "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
  hmac1: "effcdf6ae5eb2fa2d27416d5f184df9c259a7c79",
};

/** Runs a synchronous part as on a plain-http page. */
function withoutSubtle<T>(body: () => T): T {
  const own = Object.getOwnPropertyDescriptor(globalThis, "crypto");
  Object.defineProperty(globalThis, "crypto", { value: {}, configurable: true });
  try {
    return body();
  } finally {
    if (own) Object.defineProperty(globalThis, "crypto", own);
    else Reflect.deleteProperty(globalThis, "crypto");
  }
}

const kinds = [
  ["the default hash", () => defaultHash()],
  ["the default hash without crypto.subtle", () => withoutSubtle(() => defaultHash())],
  ["noble", () => noble],
] as const;

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

test("keys longer than a block and bytes within a larger buffer are taken as they are", {
  insecure: true,
}, async () => {
  const whole = Uint8Array.from({ length: 300 }, (_, index) => index & 255);
  const part = whole.subarray(7, 207);
  const expected = noble.hmac("SHA-256", part.slice())(part.slice());
  for (const [name, make] of kinds) {
    const mac = await (await make()).hmac("SHA-256", part);
    assert.deepEqual(await mac(part), expected, name);
  }
});

test("the default hash is one object, so that keys derived for it are kept", async () => {
  assert.strictEqual(await defaultHash(), await defaultHash());
  assert.notStrictEqual(await withoutSubtle(() => defaultHash()), await defaultHash());
});

test("without crypto.subtle the same signature comes from the hash that is loaded on demand", {
  insecure: true,
}, async () => {
  const input = { method: "GET", bucket: "b", key: "k", query: [], headers: {} };
  const expected = await signV4(input, makeContext({ hash: noble }));
  const hash = await withoutSubtle(() => defaultHash());
  assert.deepEqual(await signV4(input, makeContext({ hash })), expected);
  assert.deepEqual(await signV4(input, makeContext({ hash: await defaultHash() })), expected);
});
