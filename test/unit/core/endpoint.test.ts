/** Endpoint rules: hosts, regions, where the bucket goes, and what is refused. */
import { createClient } from "../../../src/core/create_client.ts";
import { type EndpointOptions, resolveEndpoint } from "../../../src/core/endpoint.ts";
import { assert, fc, test } from "../../harness.ts";

const KEYS = { accessKeyId: "ak", accessKeySecret: "sk" };

const REGIONS: readonly (readonly [options: EndpointOptions, region: string])[] = [
  [{ region: "cn-hangzhou" }, "cn-hangzhou"],
  [{ region: "oss-cn-hangzhou" }, "cn-hangzhou"],
  [{ endpoint: "oss-cn-beijing.aliyuncs.com" }, "cn-beijing"],
  [{ endpoint: "https://oss-us-west-1.aliyuncs.com/" }, "us-west-1"],
  [{ endpoint: "oss-cn-hangzhou-internal.aliyuncs.com" }, "cn-hangzhou"],
  [{ endpoint: "cn-shanghai.oss.aliyuncs.com" }, "cn-shanghai"],
  [{ endpoint: "OSS-CN-Hangzhou.aliyuncs.com" }, "cn-hangzhou"],
  [{ endpoint: "oss-cn-beijing.aliyuncs.com", region: "cn-hangzhou" }, "cn-hangzhou"],
  [{ endpoint: "oss-accelerate.aliyuncs.com", region: "cn-hangzhou" }, "cn-hangzhou"],
  [{ endpoint: "oss-accelerate.aliyuncs.com" }, ""],
  [{ endpoint: "oss-accelerate-overseas.aliyuncs.com" }, ""],
  [{ endpoint: "files.example.com", cname: true }, ""],
  [{ endpoint: "http://127.0.0.1:9000" }, ""],
  [{ endpoint: "oss-cn-hangzhou.aliyuncs.com.example.com" }, ""],
  [{ endpoint: "myoss-cn-hangzhou.aliyuncs.com" }, ""],
];

test("regions: given, normalised, or inferred from the standard endpoints", () => {
  for (const [options, region] of REGIONS)
    assert.equal(resolveEndpoint(options).region, region, JSON.stringify(options));
});

test("a region that nothing names is refused where signatures need it, and only there", () => {
  for (const [options, region] of REGIONS) {
    if (region) continue;
    assert.throws(() => createClient({ ...options, credentials: KEYS }), TypeError, /region/);
    createClient({ ...options, credentials: KEYS, signatureVersion: "v1" });
    createClient({ ...options, credentials: "anonymous" });
    createClient({ ...options, credentials: KEYS, region: "cn-hangzhou" });
  }
});

const REFUSED: readonly (readonly [options: EndpointOptions, message: RegExp])[] = [
  [{}, /region .*endpoint/],
  [{ region: "CN-hangzhou" }, /region must/],
  [{ region: "cn-hangzhou.evil.com" }, /region must/],
  [{ region: "cn/hangzhou" }, /region must/],
  [{ region: "cn-hangzhou", cname: true }, /cname/],
  [{ endpoint: "ftp://oss-cn-hangzhou.aliyuncs.com" }, /http/],
  [{ endpoint: "https://" }, /http/],
  [{ endpoint: "" }, /region .*endpoint/],
  [{ endpoint: "https://ak:sk@oss-cn-hangzhou.aliyuncs.com" }, /keys|credentials/],
  [{ endpoint: "https://photos.oss-cn-hangzhou.aliyuncs.com" }, /bucket.*"photos\.oss-cn-hangzhou\.aliyuncs\.com"/],
  [{ endpoint: "photos.cn-hangzhou.oss.aliyuncs.com" }, /bucket.*"photos\.cn-hangzhou\.oss\.aliyuncs\.com"/],
  [
    { endpoint: "photos.oss-accelerate.aliyuncs.com", region: "cn-hangzhou" },
    /bucket.*"photos\.oss-accelerate\.aliyuncs\.com"/,
  ],
  [{ region: "cn-hangzhou", pathStyle: true }, /pathStyle/],
  [{ region: "cn-hangzhou", internal: true, pathStyle: true }, /pathStyle/],
  [{ region: "cn-hangzhou", accelerate: true, pathStyle: true }, /pathStyle/],
];

test("what contradicts itself or cannot be reached is refused, with what is wrong", () => {
  for (const [options, message] of REFUSED) {
    assert.throws(() => createClient({ ...options, credentials: KEYS }), TypeError, message, JSON.stringify(options));
  }
});

test("a refused endpoint with credentials does not show them", () => {
  for (const endpoint of [
    "https://ak:topsecret@example.com",
    "https://:topsecret@example.com",
    "https://topsecret@example.com",
  ]) {
    assert.throws(() => resolveEndpoint({ endpoint, region: "cn-hangzhou" }), TypeError, /^(?!.*topsecret)/);
  }
});

const PLACES: readonly (readonly [options: EndpointOptions, url: string])[] = [
  [{ region: "cn-hangzhou" }, "https://photos.oss-cn-hangzhou.aliyuncs.com/a/b"],
  [{ region: "cn-hangzhou", internal: true }, "https://photos.oss-cn-hangzhou-internal.aliyuncs.com/a/b"],
  [{ region: "cn-hangzhou", dualStack: true }, "https://photos.cn-hangzhou.oss.aliyuncs.com/a/b"],
  [{ region: "cn-hangzhou", accelerate: true }, "https://photos.oss-accelerate.aliyuncs.com/a/b"],
  [{ region: "cn-hangzhou", accelerate: "overseas" }, "https://photos.oss-accelerate-overseas.aliyuncs.com/a/b"],
  [{ endpoint: "files.example.com", cname: true }, "https://files.example.com/a/b"],
  [{ endpoint: "photos.oss-cn-hangzhou.aliyuncs.com", cname: true }, "https://photos.oss-cn-hangzhou.aliyuncs.com/a/b"],
  [{ endpoint: "http://127.0.0.1:9000" }, "http://127.0.0.1:9000/photos/a/b"],
  [{ endpoint: "http://[::1]:9000" }, "http://[::1]:9000/photos/a/b"],
  [{ endpoint: "localhost:9000" }, "https://localhost:9000/photos/a/b"],
  [{ endpoint: "http://oss.localhost:9000" }, "http://photos.oss.localhost:9000/a/b"],
  [{ endpoint: "http://minio.example:9000", pathStyle: true }, "http://minio.example:9000/photos/a/b"],
  [{ endpoint: " https://oss.example.com/ " }, "https://photos.oss.example.com/a/b"],
];

test("places: virtual host, cname, or the path for addresses and emulators", () => {
  for (const [options, url] of PLACES) assert.equal(resolveEndpoint(options).url("photos", "a/b").url, url);
});

test("any key survives the URL parser, which changes nothing: the path names that key and no other", () => {
  const segment = fc.oneof(
    fc.constantFrom("", ".", "..", "a", "%2e", "%", "+", " ", "é", "\u{1F600}", "\uFF5E"),
    fc.string({ unit: "grapheme" }),
  );
  const keys = fc.array(segment, { minLength: 1, maxLength: 5 }).map((segments) => `k${segments.join("/")}`);
  const virtual = resolveEndpoint({ region: "cn-hangzhou" });
  const path = resolveEndpoint({ endpoint: "http://127.0.0.1:9000" });
  fc.assert(
    fc.property(keys, (key) => {
      for (const [endpoint, prefix] of [
        [virtual, "/"],
        [path, "/photos/"],
      ] as const) {
        const { url, host } = endpoint.url("photos", key);
        const parsed = new URL(url);
        assert.deepEqual([parsed.href, parsed.host], [url, host]);
        assert.equal(decodeURIComponent(parsed.pathname), prefix + key);
      }
    }),
  );
});
