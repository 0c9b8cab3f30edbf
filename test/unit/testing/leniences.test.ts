import { createTestOSS, type Lenience } from "../../../src/testing/mod.ts";
import { assert, test } from "../../harness.ts";
import { type Reply, type Site, site } from "./site.ts";

const TEXT = "line of text\n".repeat(200);
const SELF = { "x-oss-copy-source": "/photos/a" };

interface Probe {
  readonly name: Lenience;
  /** What it looks at, strict and lenient. */
  readonly look: (ask: Site, far: Site) => Promise<unknown>;
  readonly strict: unknown;
  readonly relaxed: unknown;
}

const code = async (reply: Promise<Reply>): Promise<string | number> => (await reply).code ?? (await reply).status;

/** Two parts, the first one small; then the answer to Complete. */
async function smallParts(ask: Site): Promise<string | number> {
  const id = (await ask("POST", "/m?uploads")).all("UploadId")[0];
  for (const number of [1, 2]) await ask("PUT", `/m?partNumber=${number}&uploadId=${id}`, { body: "x" });
  return code(ask("POST", `/m?uploadId=${id}`, { headers: { "x-oss-complete-all": "yes" } }));
}

async function appended(ask: Site): Promise<string | undefined> {
  await ask("POST", "/log?append&position=0", { body: "x", headers: { "x-oss-meta-a": "1" } });
  await ask("POST", "/log?append&position=1", { body: "x", headers: { "x-oss-meta-a": "2" } });
  return (await ask("HEAD", "/log")).headers["x-oss-meta-a"];
}

async function copied(ask: Site): Promise<string | undefined> {
  await ask("PUT", "/a", { headers: SELF });
  return (await ask("HEAD", "/a")).headers["x-oss-meta-kept"];
}

const PROBES: readonly Probe[] = [
  {
    name: "path-style",
    look: (ask) => code(ask("GET", "/photos/a", { as: "anonymous", host: "oss-cn-hangzhou.aliyuncs.com" })),
    strict: "SecondLevelDomainForbidden",
    relaxed: "AccessDenied",
  },
  {
    name: "endpoint",
    look: (_, far) => code(far("GET", "/", { region: "cn-hangzhou" })),
    strict: "AccessDenied",
    relaxed: 200,
  },
  {
    name: "gzip",
    look: async (ask) =>
      (await ask("GET", "/a", { headers: { "accept-encoding": "gzip" } })).headers["content-encoding"],
    strict: "gzip",
    relaxed: undefined,
  },
  {
    name: "ranges",
    look: async (ask) => (await ask("GET", "/a", { headers: { range: "bytes=2590-9999" } })).status,
    strict: 200,
    relaxed: 206,
  },
  {
    name: "cors",
    look: async (ask) =>
      (await ask("GET", "/?acl", { headers: { origin: "https://a.test" } })).headers[
        "access-control-expose-headers"
      ]?.includes("date"),
    strict: undefined,
    relaxed: true,
  },
  {
    name: "force-download",
    look: async (ask) => (await ask("GET", "/a")).headers["content-disposition"],
    strict: undefined,
    relaxed: "attachment",
  },
  {
    name: "response-overrides",
    look: (ask) => code(ask("GET", "/open?response-content-type=a", { as: "anonymous" })),
    strict: "InvalidRequest",
    relaxed: 200,
  },
  {
    name: "no-crc",
    look: async (ask) => "x-oss-hash-crc64ecma" in (await ask("HEAD", "/a")).headers,
    strict: true,
    relaxed: false,
  },
  {
    name: "opaque-etag",
    look: async (ask) =>
      (await ask("PUT", "/b", { body: "hello" })).headers["etag"] === '"5D41402ABC4B2A76B9719D911017C592"',
    strict: true,
    relaxed: false,
  },
  {
    name: "extras",
    look: async (ask) => (await ask("GET", "/")).text.includes("<Novelty>"),
    strict: false,
    relaxed: true,
  },
  { name: "keys", look: (ask) => code(ask("PUT", "/%2Fa", { body: "x" })), strict: "InvalidObjectName", relaxed: 200 },
  {
    name: "metadata",
    look: (ask) => code(ask("PUT", "/b", { body: "x", headers: { "x-oss-meta-a_b": "v".repeat(9000) } })),
    strict: "InvalidArgument",
    relaxed: 200,
  },
  { name: "max-keys", look: (ask) => code(ask("GET", "/?max-keys=5000")), strict: "InvalidArgument", relaxed: 200 },
  {
    name: "delete-limits",
    look: (ask) => code(ask("POST", "/?delete", { body: "<Delete><Object><Key>none</Key></Object></Delete>" })),
    strict: "MissingArgument",
    relaxed: 200,
  },
  {
    name: "length",
    look: (ask) => code(ask("PUT", "/b", { body: "x", headers: { "content-length": "" } })),
    strict: "MissingContentLength",
    relaxed: 200,
  },
  { name: "part-size", look: smallParts, strict: "EntityTooSmall", relaxed: 200 },
  {
    name: "order",
    look: async (ask) => (await ask("GET", "/?prefix=o%2F")).all("Key"),
    strict: ["o/\uff5e", "o/\u{1f600}"],
    relaxed: ["o/\u{1f600}", "o/\uff5e"],
  },
  { name: "self-copy", look: copied, strict: undefined, relaxed: "1" },
  {
    name: "copy-region",
    look: (_, far) => code(far("PUT", "/b", { headers: SELF })),
    strict: "AccessDenied",
    relaxed: 200,
  },
  { name: "append-metadata", look: appended, strict: "1", relaxed: "2" },
  { name: "archive", look: (ask) => code(ask("GET", "/cold")), strict: "InvalidObjectState", relaxed: 200 },
];

for (const { name, look, strict, relaxed } of PROBES) {
  test(`testing/leniences: ${name} changes one rule`, async () => {
    for (const lenient of [[], [name]] as const) {
      const oss = createTestOSS({ lenient, buckets: ["photos", { name: "far", region: "us-west-1" }] });
      const ask = site(oss, "photos");
      const far = site(oss, "far");
      const text = { "content-type": "text/plain" };
      await ask("PUT", "/a", { body: TEXT, headers: { ...text, "x-oss-meta-kept": "1" } });
      await ask("PUT", "/open", { body: "x", headers: { "x-oss-object-acl": "public-read" } });
      await ask("PUT", "/cold", { body: "x", headers: { "x-oss-storage-class": "Archive" } });
      for (const key of ["o/\u{1f600}", "o/\uff5e"]) await ask("PUT", `/${encodeURIComponent(key)}`, { body: "x" });
      const there: Site = (method, target, more) => far(method, target, { region: "us-west-1", ...more });
      assert.deepEqual(await look(ask, there), lenient.length > 0 ? relaxed : strict, lenient.join());
    }
  });
}

test("testing/leniences: buckets lifts the limit of 100", async () => {
  const buckets = Array.from({ length: 100 }, (_, i) => `bucket-${i}`);
  for (const lenient of [[], ["buckets"]] as const) {
    const reply = await site(createTestOSS({ lenient, buckets }), "one-more")("PUT", "/");
    assert.equal(reply.code, lenient.length > 0 ? undefined : "TooManyBuckets");
  }
});
