/** A clock that is wrong by hours: whatever comes first, it is corrected once, also where `Date` is hidden. */
import {
  appendObject,
  type Client,
  type ClientOptions,
  createClient,
  createPresigner,
  deleteObject,
  getObject,
  getObjectMeta,
  headObject,
  listObjectsV2,
  objectExists,
  postObject,
  postPolicy,
  presign,
  putObject,
} from "../../src/mod.ts";
import { assert, environment, type TestContext, test } from "../harness.ts";
import { hide, onAnswer } from "./support/wire.ts";
import { assertRefused, VERSIONS, type World, world } from "./support/world.ts";

const HOURS = 3_600_000;
const SKEWS = { "3 hours ahead": 3 * HOURS, "3 hours behind": -3 * HOURS } as const;
const VIEWS = {
  "Date visible": [],
  "Date hidden": ["date"],
  "Date and x-oss-err hidden": ["date", "x-oss-err", "x-oss-ec"],
} as const;

const CALLS: Readonly<Record<string, (client: Client) => Promise<unknown>>> = {
  put: (client) => putObject(client, { key: "b", body: "hello" }),
  append: (client) => appendObject(client, { key: "log", position: 0, body: "hello" }),
  get: async (client) => assert.equal(await (await getObject(client, { key: "a" })).text(), "hello"),
  head: async (client) => assert.equal((await headObject(client, { key: "a" })).status, 200),
  meta: async (client) => assert.equal((await getObjectMeta(client, { key: "a" })).contentLength, 5),
  "exists, and it does": async (client) => assert.isTrue(await objectExists(client, { key: "a" })),
  "exists, and it does not": async (client) => assert.isFalse(await objectExists(client, { key: "none" })),
  list: async (client) => assert.lengthOf((await listObjectsV2(client, { prefix: "a" })).objects, 1),
  delete: (client) => deleteObject(client, { key: "a" }),
};

/** An OSS with one object, and a client of it whose clock is off. */
async function skewed(t: TestContext, skew: number, client: Partial<ClientOptions> = {}): Promise<World> {
  const set = world(t, { client: { now: () => Date.now() + skew, ...client } });
  const { account, region } = environment;
  const right = createClient({ region, bucket: set.bucket, credentials: account, fetch: set.oss.fetch });
  await putObject(right, { key: "a", body: "hello", contentType: "image/png" });
  return set;
}

for (const [direction, skew] of Object.entries(SKEWS)) {
  for (const [view, names] of Object.entries(VIEWS)) {
    test(`first call, clock ${direction}, ${view}`, async (t) => {
      for (const signatureVersion of VERSIONS) {
        for (const [name, call] of Object.entries(CALLS)) {
          const use = [onAnswer((response) => hide(response, ...names))];
          const { client, wire } = await skewed(t, skew, { use, signatureVersion });
          await call(client).catch((cause: unknown) => {
            throw new Error(`${name} (${signatureVersion}): ${cause}`, { cause });
          });
          // A bare HEAD does not tell why it was refused: one GET finds out.
          assert.isAtMost(wire.sent.length, 3, name);
          const before = wire.sent.length;
          assert.isFalse(await objectExists(client, { key: "none" }));
          assert.lengthOf(wire.sent, before + 1, "what was learned stays");
        }
      }
    });
  }

  test(`links and forms, clock ${direction}: wrong before the first answer, right after it`, async (t) => {
    for (const signatureVersion of VERSIONS) {
      const { client, oss, bucket } = await skewed(t, skew, { signatureVersion });
      const fetched = async (): Promise<number> => {
        const { url, expires } = await presign(client, getObject, { key: "a" }, { expiresIn: 600 });
        assert.closeTo(expires.getTime(), client.context.now() + 600_000, 5000);
        const response = await oss.fetch(url);
        await response.body?.cancel();
        return response.status;
      };
      // V1 names only the end, so a link from the future just lasts longer.
      if (signatureVersion === "v4" || skew < 0) assert.equal(await fetched(), 403);
      await listObjectsV2(client, {});
      assert.equal(await fetched(), 200);
      assert.closeTo(client.context.now(), Date.now(), 5000);
      const presigner = await createPresigner(client);
      const { url } = presigner.presign(getObject, { key: "a" }, { expiresIn: 600 });
      assert.equal((await oss.fetch(url)).status, 200);
      const form = await postPolicy(client, { key: "posted", expiresIn: 600 });
      assert.closeTo(form.expires, Date.now() + 600_000, 5000);
      assert.equal((await postObject(client, { bucket, form, key: "posted", body: "x" })).status, 204);
    }
  });

  test(`temporary keys, clock ${direction}: one provider call, whatever their end looks like`, async (t) => {
    let asked = 0;
    const set = world(t);
    const { account, region } = environment;
    const right = createClient({ region, bucket: set.bucket, credentials: account, fetch: set.oss.fetch });
    await putObject(right, { key: "a", body: "hello" });
    const client = createClient({
      region,
      bucket: set.bucket,
      fetch: set.oss.fetch,
      now: () => Date.now() + skew,
      credentials() {
        asked++;
        return set.oss.issueToken({ seconds: 3600 });
      },
    });
    for (const call of Object.values(CALLS)) await call(client);
    assert.equal(asked, 1);
  });

  test(`first call over a socket, clock ${direction}`, { insecure: true }, async () => {
    const { serviceUrl, account, region, bucket } = environment;
    for (const signatureVersion of VERSIONS) {
      const fresh = (): Client =>
        createClient({
          endpoint: serviceUrl ?? assert.fail("there is no service"),
          region,
          bucket,
          credentials: account,
          signatureVersion,
          now: () => Date.now() + skew,
        });
      const key = `clock-${Math.random()}`;
      await putObject(fresh(), { key, body: "hello" });
      assert.equal((await headObject(fresh(), { key })).status, 200);
      assert.equal(await (await getObject(fresh(), { key })).text(), "hello");
      assert.lengthOf((await listObjectsV2(fresh(), { prefix: key })).objects, 1);
      assert.isTrue(await objectExists(fresh(), { key }));
      assert.isFalse(await objectExists(fresh(), { key: `${key}-none` }));
      assert.equal((await deleteObject(fresh(), { key })).status, 204);
    }
  });
}

test("the document's time counts before Date, and x-oss-server-time never", async (t) => {
  const lie = onAnswer((response) => {
    const headers = new Headers(response.headers);
    headers.set("date", "Thu, 01 Jan 1970 00:00:00 GMT");
    headers.set("x-oss-server-time", "1");
    return new Response(response.body, { status: response.status, headers });
  });
  const { client, wire } = await skewed(t, 3 * HOURS, { use: [lie] });
  await putObject(client, { key: "b", body: "hello" });
  assert.lengthOf(wire.sent, 2);
});

test("Date serves where the document tells no time", async (t) => {
  const bare = onAnswer(async (response) => {
    const text = (await response.text()).replace(/<ServerTime>.*<\/ServerTime>/, "");
    return new Response(text, { status: response.status, headers: response.headers });
  });
  const { client, wire } = await skewed(t, -3 * HOURS, { use: [bare] });
  await putObject(client, { key: "b", body: "hello" });
  assert.lengthOf(wire.sent, 2);
});

test("a service that stays unhappy is believed: one correction, then its error", async (t) => {
  const { client, oss, wire } = await skewed(t, 0);
  oss.faults.add({ kind: "skew", milliseconds: 3 * HOURS, times: 1 });
  oss.faults.add({ kind: "skew", milliseconds: -3 * HOURS, times: 5, skip: 1 });
  const refused = { status: 403, code: "RequestTimeTooSkewed", ec: "0002-00000504" };
  const error = await assertRefused(putObject(client, { key: "b", body: "x" }), refused);
  assert.instanceOf(error.serverTime, Date);
  assert.lengthOf(wire.sent, 2);
});
