/** The cases of the live suite, against the in-process OSS. */
import {
  type ClientOptions,
  createClient,
  headObject,
  listMultipartUploads,
  listObjectsV2,
  putObject,
} from "../../src/mod.ts";
import { createTestOSS, type TestOSS } from "../../src/testing/mod.ts";
import { assert, environment, test } from "../harness.ts";
import { formCases } from "../live/cases/forms.ts";
import { presignedCases } from "../live/cases/presigned.ts";
import { roundTripCases } from "../live/cases/round_trip.ts";
import { CASES } from "../live/cases.ts";
import { openSite, type Place, runCase, TEST_LIMIT } from "../live/site.ts";
import { failureOf, VERSIONS } from "./support/world.ts";

const OWN_DOMAIN = "img.example.com";

/** A fresh OSS, and an object in it that no case may touch. */
async function inProcess(
  usual: Partial<ClientOptions> = {},
): Promise<{ place: Place; oss: TestOSS; check(): Promise<void> }> {
  const { account, region, bucket } = environment;
  const oss = createTestOSS({ region, accounts: [account], buckets: [bucket], cnames: { [OWN_DOMAIN]: bucket } });
  const place: Place = {
    target: "in-process",
    bucket,
    fetch: oss.fetch,
    connect: (options) =>
      createClient({
        region,
        bucket,
        credentials: account,
        fetch: oss.fetch,
        retry: { base: 1, max: 2 },
        ...usual,
        ...options,
      }),
  };
  const client = place.connect({});
  const { etag } = await putObject(client, { key: "bystander", body: "here before" });
  const start = oss.requests.length;
  return {
    place,
    oss,
    async check() {
      const keys = oss.requests.slice(start).flatMap(({ key, query }) => key ?? query["prefix"] ?? []);
      for (const key of keys) assert.match(key, new RegExp(`^(oss-fetch-live-[0-9a-f]{16}/|${bucket}$)`));
      assert.equal((await headObject(client, { key: "bystander" })).etag, etag);
      assert.deepEqual(
        (await listObjectsV2(client, {})).objects.map(({ key }) => key),
        ["bystander"],
      );
      assert.deepEqual((await listMultipartUploads(client, {})).uploads, []);
    },
  };
}

test("the live suite's cases have names of their own", () => {
  assert.isAtLeast(CASES.length, 25);
  assert.lengthOf(new Set(CASES.map(({ name }) => name)), CASES.length);
});

for (const version of VERSIONS) {
  for (const one of CASES) {
    test(`${one.name} (${version})`, { timeout: TEST_LIMIT }, async (t) => {
      const { place, check } = await inProcess({ signatureVersion: version });
      await runCase(one, place, t);
      await check();
    });
  }
}

test("through the bucket's own domain only calls to the service and to other buckets are impossible", async (t) => {
  const impossible = async (place: Place): Promise<string[]> => {
    const names: string[] = [];
    for (const one of CASES) if (await one.unless?.(openSite(place, t.signal, t.note))) names.push(one.name);
    return names;
  };
  const { place, check } = await inProcess({ cname: true, endpoint: OWN_DOMAIN });
  const anyway = await impossible((await inProcess()).place);
  const through = (await impossible(place)).filter((name) => !anyway.includes(name));
  assert.deepEqual(through, ["NoSuchBucket", "bucketExists: no", "listBuckets names the bucket"]);
  for (const one of [...roundTripCases, ...presignedCases, ...formCases]) await runCase(one, place, t);
  await check();
});

test("a case that fails leaves nothing behind, either", async (t) => {
  const { place, check, oss } = await inProcess();
  const failing = {
    name: "fails",
    async run({ client, prefix }: { client: Parameters<typeof putObject>[0]; prefix: string }): Promise<void> {
      await putObject(client, { key: `${prefix}a/../b`, body: "x" });
      await client.send({ method: "POST", key: `${prefix}c`, query: { uploads: null } });
      throw new RangeError("on purpose");
    },
  };
  assert.instanceOf(await failureOf(runCase(failing, place, t)), RangeError);
  assert.includeMembers(
    oss.requests.map(({ operation }) => operation),
    ["DeleteObject", "AbortMultipartUpload"],
  );
  await check();
});

test("a case that cannot be cleaned up fails, and names its prefix", async (t) => {
  const { place, oss } = await inProcess();
  const notes: string[] = [];
  oss.faults.add({ operation: "DeleteObject", kind: "status", status: 403, code: "AccessDenied" });
  const run = async ({
    client,
    prefix,
  }: {
    client: Parameters<typeof putObject>[0];
    prefix: string;
  }): Promise<void> => {
    await putObject(client, { key: `${prefix}a`, body: "x" });
  };
  const error = await failureOf(runCase({ name: "leaves", run }, place, { ...t, note: (text) => notes.push(text) }));
  assert.match(String(error), /^Error: Cannot remove what is below oss-fetch-live-[0-9a-f]{16}\//);
  assert.lengthOf(notes, 1);
});
