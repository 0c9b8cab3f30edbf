import { type Address, locate } from "../../../src/testing/addressing.ts";
import { assert, test } from "../../harness.ts";

const strict = { cnames: { "img.example.com": "photos" }, pathStyle: false };

/** Host, path, then what is found, or the code of the refusal. */
type Found = readonly [bucket: string | undefined, key: string | undefined, region: string | undefined];

const ROWS: readonly [string, string, string | Found][] = [
  ["photos.oss-cn-hangzhou.aliyuncs.com", "/a%20b", ["photos", "a b", "cn-hangzhou"]],
  ["photos.oss-cn-hangzhou.aliyuncs.com:443", "/", ["photos", undefined, "cn-hangzhou"]],
  ["PHOTOS.OSS-CN-HANGZHOU.aliyuncs.com", "/A", ["photos", "A", "cn-hangzhou"]],
  ["photos.oss-cn-hangzhou-internal.aliyuncs.com", "/a", ["photos", "a", "cn-hangzhou"]],
  ["photos.cn-hangzhou.oss.aliyuncs.com", "/a", ["photos", "a", "cn-hangzhou"]],
  ["photos.oss-accelerate.aliyuncs.com", "/a", ["photos", "a", undefined]],
  ["photos.oss-accelerate-overseas.aliyuncs.com", "/a", ["photos", "a", undefined]],
  ["photos.localhost:9000", "/a", ["photos", "a", undefined]],
  ["photos.oss.test", "/a", ["photos", "a", undefined]],
  ["img.example.com", "/a/b", ["photos", "a/b", undefined]],
  ["oss-cn-hangzhou.aliyuncs.com", "/", [undefined, undefined, "cn-hangzhou"]],
  ["oss-cn-hangzhou.aliyuncs.com", "/photos/a", "SecondLevelDomainForbidden"],
  ["cn-hangzhou.oss.aliyuncs.com", "/photos/a", "SecondLevelDomainForbidden"],
  ["oss", "/photos/a", "SecondLevelDomainForbidden"],
  ["127.0.0.1:9000", "/photos/a/b", ["photos", "a/b", undefined]],
  ["127.0.0.1:9000", "/photos/", ["photos", undefined, undefined]],
  ["127.0.0.1:9000", "/photos", ["photos", undefined, undefined]],
  ["[::1]:9000", "/photos/a", ["photos", "a", undefined]],
  ["localhost:9000", "/photos//a", ["photos", "/a", undefined]],
  ["localhost", "/", [undefined, undefined, undefined]],
  ["photos.oss-cn-hangzhou.aliyuncs.com", "/a%2F..%2Fb", ["photos", "a/../b", "cn-hangzhou"]],
  ["photos.oss-cn-hangzhou.aliyuncs.com", "/a//b", ["photos", "a//b", "cn-hangzhou"]],
  ["photos.oss-cn-hangzhou.aliyuncs.com", "/%EF%BB%BF%F0%9F%98%80%25", ["photos", "\ufeff\u{1f600}%", "cn-hangzhou"]],
  ["photos.oss-cn-hangzhou.aliyuncs.com", "/a+b%2B", ["photos", "a b+", "cn-hangzhou"]],
  ["photos.oss-cn-hangzhou.aliyuncs.com", "/%FF", "InvalidObjectName"],
  ["no_bucket.oss-cn-hangzhou.aliyuncs.com", "/a", "InvalidBucketName"],
  ["127.0.0.1", "/ab/a", "InvalidBucketName"],
];

test("testing/addressing: virtual-host, cname and path style", () => {
  for (const [host, path, expected] of ROWS) {
    let found: Address | string;
    try {
      found = locate(host, path, strict);
    } catch (error) {
      found = (error as { code: string }).code;
    }
    const wanted =
      typeof expected === "string" ? expected : { bucket: expected[0], key: expected[1], region: expected[2] };
    const context = `${host} ${path}`;
    if (typeof found === "string" || typeof wanted === "string") assert.equal(found, wanted, context);
    else assert.deepInclude(found, wanted, context);
  }
});

test("testing/addressing: path style everywhere is a leniency", () => {
  const { bucket, key } = locate("oss-cn-hangzhou.aliyuncs.com", "/photos/a", { cnames: {}, pathStyle: true });
  assert.deepEqual([bucket, key], ["photos", "a"]);
});
