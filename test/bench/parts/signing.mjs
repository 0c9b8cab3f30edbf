/**
 * Signing a PUT with headers, one after the other, each a second later than the one before at times.
 */
import { AwsV4Signer } from "aws4fetch";
import { hash } from "oss-fetch/hash";
import { defaultHash } from "../../../src/signing/hmac.ts";
import { signV4 } from "../../../src/signing/v4.ts";

export const part = { title: "Signing a header request (V4)" };

const HEADERS = {
  "cache-control": "no-cache",
  "content-type": "image/jpeg",
  "x-oss-meta-author": "somebody",
  "x-oss-storage-class": "Standard",
};
const KEYS = { accessKeyId: "LTAI5tExampleExampleKeyId", accessKeySecret: "ExampleExampleExampleExample12" };
const BUCKET = "holiday-pictures";
/** What a secure page signs with; servers have a faster default. */
async function webCrypto() {
  globalThis.isSecureContext ??= true;
  return defaultHash();
}
const START = Date.UTC(2026, 10, 22, 8, 15);

const keyOf = (number) => `photos/2026/IMG ${number}.jpg`;
/** A second has some thousand requests. */
const timeOf = (number) => new Date(START + (number >> 2));

function ours(count, given) {
  const context = { credentials: KEYS, region: "cn-hangzhou", product: "oss", hash: given };
  const one = (number) =>
    signV4(
      { method: "PUT", bucket: BUCKET, key: keyOf(number), query: [], headers: HEADERS },
      { ...context, time: timeOf(number) },
    );
  if (given === hash) {
    return () => {
      for (let number = 0; number < count; number++) one(number);
    };
  }
  return async () => {
    for (let number = 0; number < count; number++) await one(number);
  };
}

/** Keys that it derived before are kept, as its client does. */
function aws4fetch(count) {
  const cache = new Map();
  return async () => {
    for (let number = 0; number < count; number++) {
      await new AwsV4Signer({
        accessKeyId: KEYS.accessKeyId,
        secretAccessKey: KEYS.accessKeySecret,
        url: `https://${BUCKET}.oss-cn-hangzhou.aliyuncs.com/${encodeURI(keyOf(number))}`,
        method: "PUT",
        headers: { ...HEADERS, "x-amz-content-sha256": "UNSIGNED-PAYLOAD" },
        service: "s3",
        region: "cn-hangzhou",
        cache,
      }).sign();
    }
  };
}

/** Its headers have the date already. */
async function aliOss(count) {
  const { default: OSS } = await import("ali-oss");
  const client = new OSS({ ...KEYS, region: "oss-cn-hangzhou", bucket: BUCKET, authorizationV4: true });
  const added = { "x-oss-content-sha256": "UNSIGNED-PAYLOAD", "x-oss-date": "20261122T081500Z" };
  return () => {
    for (let number = 0; number < count; number++)
      client.authorizationV4("PUT", { headers: { ...HEADERS, ...added }, queries: {} }, BUCKET, keyOf(number));
  };
}

/** Milliseconds for each signature: the cases sign as often as their speed asks for. */
const each = (count, run) => async () => {
  const start = performance.now();
  await run();
  return (performance.now() - start) / count;
};

export async function groups({ runtime, amount }) {
  const [few, many] = [amount(400, 20), amount(10_000, 100)];
  const server = runtime !== "chromium";
  const cases = {
    aws4fetch: each(few, aws4fetch(few)),
    webcrypto: each(few, ours(few, await webCrypto())),
    hash: each(many, ours(many, hash)),
  };
  const rows = [
    { ours: "webcrypto", peer: "aws4fetch", least: { node: 1.2, deno: 1.2 } },
    { ours: "hash", peer: "aws4fetch", least: { node: 9, deno: 9 } },
  ];
  if (server) {
    cases["ali-oss"] = each(many, await aliOss(many));
    rows.push({ ours: "hash", peer: "ali-oss", least: { node: 1.5 } });
  }
  return [{ title: "PUT", cases, rows }];
}
