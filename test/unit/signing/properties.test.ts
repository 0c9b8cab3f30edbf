import type { SigningInput } from "../../../src/signing/canonical.ts";
import { signPolicyV1, signPolicyV4 } from "../../../src/signing/policy.ts";
import { presignV1, signV1 } from "../../../src/signing/v1.ts";
import { presignV4, signV4 } from "../../../src/signing/v4.ts";
import { assert, fc, test } from "../../harness.ts";
import { hashes, makeContext } from "./support.ts";

const text = fc.string({ unit: "binary", maxLength: 12 });
const name = fc.oneof(
  text,
  fc.constantFrom("acl", "a", "a-", "a.b", "A", "uploadId", "x-oss-process", "é", "\u{ff5e}", "😀"),
);
const headerName = fc.constantFrom("x-oss-meta-a", "x-oss-meta-a-b", "x-oss-meta-a+", "content-type", "range", "etag");
const headerValue = fc.string({ unit: "grapheme-ascii", maxLength: 12 });

const request = fc.record({
  method: fc.constantFrom("GET", "PUT", "POST", "DELETE", "HEAD"),
  bucket: fc.option(fc.constantFrom("bucket", "b-2"), { nil: undefined }),
  key: text.filter((key) => !key.startsWith("?")),
  query: fc.uniqueArray(fc.tuple(name, fc.option(text, { nil: null })), { selector: ([first]) => first, maxLength: 8 }),
  headers: fc.dictionary(headerName, headerValue),
});

const context = fc.record({
  credentials: fc.record({
    accessKeyId: text,
    accessKeySecret: fc.string({ unit: "binary", minLength: 1, maxLength: 80 }),
    securityToken: fc.option(text, { nil: undefined }),
  }),
  time: fc.date({ min: new Date("2000-01-01"), max: new Date("2100-01-01"), noInvalidDate: true }),
  additionalHeaders: fc.shuffledSubarray(["Range", "etag", "ETag", "host"]),
});

/** All four ways to sign one request. */
async function signAll(input: SigningInput, part: Parameters<typeof makeContext>[0]) {
  const signing = makeContext(part);
  const seconds = Math.floor(signing.time.getTime() / 1000) + 60;
  const last = <T>(pairs: T[]) => pairs.at(-1);
  return [
    await signV4(input, signing),
    last(await presignV4(input, signing, 60)),
    await signV1(input, signing),
    last(await presignV1(input, signing, seconds)),
  ];
}

test("WebCrypto and noble sign every request alike", async () => {
  await fc.assert(
    fc.asyncProperty(request, context, text, async (input, part, policy) => {
      const [webCrypto, noble] = await Promise.all(
        hashes.map(async ([, hash]) => [
          await signAll(input, { ...part, hash }),
          await signPolicyV4(policy, makeContext({ ...part, hash })),
          await signPolicyV1(policy, makeContext({ ...part, hash })),
        ]),
      );
      assert.deepEqual(webCrypto, noble);
    }),
    { numRuns: 60 },
  );
});

test("the order of parameters and headers changes nothing", async () => {
  await fc.assert(
    fc.asyncProperty(request, context, fc.infiniteStream(fc.nat()), async (input, part, numbers) => {
      const shuffle = <T>(list: readonly T[]) =>
        list
          .map((item) => ({ item, rank: Number(numbers.next().value) }))
          .sort((a, b) => a.rank - b.rank)
          .map(({ item }) => item);
      const shuffled = {
        ...input,
        query: shuffle(input.query),
        headers: Object.fromEntries(shuffle(Object.entries(input.headers))),
      };
      assert.deepEqual(await signAll(shuffled, part), await signAll(input, part));
    }),
    { numRuns: 200 },
  );
});

test("a changed method, bucket, key, parameter, signed header, time, region or secret changes every V4 signature", async () => {
  await fc.assert(
    fc.asyncProperty(request, context, async (input, part) => {
      const signatures = async (changed: Partial<SigningInput>, other = {}) => {
        const signing = makeContext({ ...part, ...other });
        const { authorization } = await signV4({ ...input, ...changed }, signing);
        const query = await presignV4({ ...input, ...changed }, signing, 60);
        return [authorization?.split("Signature=")[1], query.at(-1)?.[1]];
      };
      const all = [
        await signatures({}),
        await signatures({ method: "OPTIONS" }),
        await signatures({ bucket: "another" }),
        await signatures({ bucket: "bucket", key: `${input.key}x` }),
        await signatures({ query: [...input.query, ["one-more-parameter", null]] }),
        await signatures({ headers: { ...input.headers, "x-oss-more": "" } }),
        await signatures({}, { time: new Date(part.time.getTime() + 1000) }),
        await signatures({}, { region: "cn-other" }),
        await signatures({}, { product: "oss-cloudbox" }),
        await signatures(
          {},
          { credentials: { ...part.credentials, accessKeySecret: `${part.credentials.accessKeySecret}x` } },
        ),
      ].flat();
      assert.equal(new Set(all).size, all.length);
    }),
    { numRuns: 60 },
  );
});
