/** Mistakes of ours that a refusal reveals - a wrong clock, expired keys - are mended once, for every kind of call. */
import { CredentialsError, ServiceError } from "../../../src/errors.ts";
import { appendObject, getObject, headObject, putObject } from "../../../src/operations/mod.ts";
import type { Credentials } from "../../../src/types.ts";
import { assert, test } from "../../harness.ts";
import { failure, streamOf } from "../streams/support.ts";
import { type Answer, clientOf, done, KEYS, refusal, type Sent, STS, scripted } from "./support.ts";
import { hurry } from "./timers.ts";

const TIME = Date.UTC(2024, 5, 15, 8, 9, 10);
const HOUR = 3_600_000;

/** A service with a clock of its own, which refuses what is signed more than 15 minutes off. */
function clockOf(time: () => number, headers: (time: number) => Record<string, string>, document: boolean): Answer {
  return (sent: Sent) => {
    const stamp = (sent.headers.get("x-oss-date") ?? "").replace(/^(....)(..)(..T..)(..)(..Z)$/, "$1-$2-$3:$4:$5");
    if (Math.abs(Date.parse(stamp) - time()) <= 900_000) return done();
    const extra: Record<string, string> = document ? { ServerTime: new Date(time()).toISOString() } : {};
    return refusal(403, "RequestTimeTooSkewed", extra, headers(time()));
  };
}

const hidden = (): Record<string, string> => ({});
const date = (time: number): Record<string, string> => ({ date: new Date(time).toUTCString() });
/** Old proxies have sent such dates, and `x-oss-server-time` is no clock at all. */
const misleading = (): Record<string, string> => ({ date: "Thu, 01 Jan 1970 00:00:00 GMT", "x-oss-server-time": "7" });

for (const skew of [-3 * HOUR, 3 * HOUR]) {
  for (const [name, headers, document] of [
    ["ServerTime, Date hidden", hidden, true],
    ["Date", date, false],
    ["ServerTime against a wrong Date", misleading, true],
  ] as const) {
    test(`a clock wrong by ${skew / HOUR} h learns from ${name}, once for all calls`, async () => {
      const { fetch, sent } = scripted(clockOf(() => TIME, headers, document));
      const client = clientOf(fetch, { now: () => TIME + skew });
      await putObject(client, { key: "k", body: "x" });
      assert.lengthOf(sent, 2);
      await appendObject(client, { key: "k", position: 0, body: "x" });
      await headObject(client, { key: "k" });
      assert.lengthOf(sent, 4);
      assert.equal(client.context.now(), TIME);
    });
  }
}

test("many calls at once with a wrong clock: each is mended, whoever learns first", async () => {
  const { fetch, sent } = scripted(clockOf(() => TIME, date, true));
  const client = clientOf(fetch, { now: () => TIME + 3 * HOUR });
  await Promise.all(Array.from({ length: 8 }, (_, at) => putObject(client, { key: `k${at}`, body: "x" })));
  assert.lengthOf(sent, 16);
});

test("a request that was signed long before it arrived is signed anew, once", async () => {
  let now = TIME;
  const service = clockOf(() => now, date, true);
  for (const times of [1, 5]) {
    let left = times;
    const { fetch, sent } = scripted((one) => {
      // The machine slept, or the browser kept it in its queue.
      if (left-- > 0) now += HOUR;
      return (service as (sent: Sent) => Response)(one);
    });
    const put = putObject(clientOf(fetch, { now: () => now }), { key: "k", body: "x" });
    if (times === 1) await put;
    else assert.propertyVal(await failure(put), "code", "RequestTimeTooSkewed");
    assert.lengthOf(sent, 2);
  }
});

test("a clock that cannot be learnt is an error, not a loop", async () => {
  for (const headers of [{}, { date: "soon" }, { "x-oss-server-time": "7" }] as Record<string, string>[]) {
    const { fetch, sent } = scripted(refusal(403, "RequestTimeTooSkewed", {}, headers));
    assert.propertyVal(await failure(getObject(clientOf(fetch), { key: "k" })), "code", "RequestTimeTooSkewed");
    assert.lengthOf(sent, 1);
  }
  let hour = 0;
  const running = scripted(() =>
    refusal(403, "RequestTimeTooSkewed", { ServerTime: new Date(TIME + ++hour * HOUR).toISOString() }),
  );
  await failure(getObject(clientOf(running.fetch, { now: () => TIME }), { key: "k" }));
  assert.lengthOf(running.sent, 2, "mended once a call");
});

test("mending a clock needs no second attempt to be allowed", async () => {
  const { fetch, sent } = scripted(clockOf(() => TIME, hidden, true));
  await getObject(clientOf(fetch, { now: () => TIME + HOUR, retry: { attempts: 1 } }), { key: "k" });
  assert.lengthOf(sent, 2);
});

/** The ways in which the service says that temporary keys are over. */
const EXPIRED = [
  ["SecurityTokenExpired", "0002-00000007"],
  ["InvalidSecurityToken", ""],
  ["InvalidAccessKeyId", "0002-00000902"],
  ["InvalidAccessKeyId", "0002-00000003"],
  ["AccessKeyIdAndSecurityTokenNotMatch", ""],
] as const;

/** A provider whose keys are numbered, and a service that accepts only some. */
function numbered(good: (id: string) => boolean, code: string, ec: string) {
  const state = { asked: 0 };
  const credentials = (): Credentials => ({ ...STS, accessKeyId: `STS.${++state.asked}` });
  const answer = ({ headers }: Sent): Response => {
    const id = /Credential=(STS\.\d+)\//.exec(headers.get("authorization") ?? "")?.[1] ?? "";
    return good(id) ? done() : refusal(403, code, { EC: ec });
  };
  return { state, credentials, ...scripted(answer) };
}

for (const [code, ec] of EXPIRED) {
  test(`keys refused as ${code} ${ec} are fetched anew, once, also for an append`, async () => {
    const { state, credentials, fetch, sent } = numbered((id) => id === "STS.2", code, ec);
    const client = clientOf(fetch, { credentials });
    await appendObject(client, { key: "k", position: 0, body: "x" });
    assert.equal(state.asked, 2);
    assert.lengthOf(sent, 2);
    await putObject(client, { key: "k", body: "x" });
    assert.lengthOf(sent, 3);
  });
}

test("many calls whose keys expire at once: one question to the provider, no failed call", async () => {
  const { state, credentials, fetch } = numbered((id) => id !== "STS.1", "SecurityTokenExpired", "");
  const client = clientOf(fetch, { credentials });
  await Promise.all(Array.from({ length: 20 }, (_, at) => putObject(client, { key: `k${at}`, body: "x" })));
  assert.equal(state.asked, 2);
});

test("keys that are refused again and again, fixed keys, and permanent keys are an error", async () => {
  const again = numbered(() => false, "SecurityTokenExpired", "");
  assert.instanceOf(
    await failure(getObject(clientOf(again.fetch, { credentials: again.credentials }), { key: "k" })),
    ServiceError,
  );
  assert.lengthOf(again.sent, 2, "mended once a call");
  for (const credentials of [STS, KEYS, () => KEYS]) {
    const { fetch, sent } = scripted(refusal(403, "InvalidAccessKeyId"));
    assert.propertyVal(
      await failure(getObject(clientOf(fetch, { credentials }), { key: "k" })),
      "code",
      "InvalidAccessKeyId",
    );
    assert.lengthOf(sent, 1);
  }
});

test("a refusal cut off before a page can read it: silence makes the keys doubtful", async () => {
  const state = { asked: 0 };
  const credentials = (): Credentials => ({ ...STS, accessKeyId: `STS.${++state.asked}` });
  const { fetch, sent } = scripted(({ headers }) => {
    if ((headers.get("authorization") ?? "").includes("STS.2")) return done();
    throw new TypeError("Failed to fetch");
  });
  await putObject(clientOf(fetch, { credentials }), { key: "k", body: "x" });
  assert.equal(state.asked, 2);
  assert.isAtMost(sent.length, 3);
});

test("a failing provider: the call fails as CredentialsError after a few questions, and nothing is sent", async (t) => {
  hurry(t);
  let asked = 0;
  const { fetch, sent } = scripted(done());
  const client = clientOf(fetch, {
    credentials() {
      asked++;
      throw new Error("backend is down");
    },
  });
  assert.instanceOf(await failure(appendObject(client, { key: "k", position: 0, body: "x" })), CredentialsError);
  assert.equal(asked, 4);
  assert.lengthOf(sent, 0);
  asked = 0;
  const flaky = clientOf(fetch, {
    credentials() {
      if (++asked < 3) throw new Error("backend is down");
      return KEYS;
    },
  });
  await putObject(flaky, { key: "k", body: streamOf(new Uint8Array(3)).stream, contentLength: 3 });
  assert.lengthOf(sent, 1, "a stream that nobody read waits for the keys");
});

test("HEAD without a reason: a GET of one byte tells it, and expired keys are mended", async () => {
  const state = { asked: 0 };
  const credentials = (): Credentials => ({ ...STS, accessKeyId: `STS.${++state.asked}` });
  const { fetch, sent } = scripted((request) => {
    if ((request.headers.get("authorization") ?? "").includes("STS.2")) return done({ etag: '"E"' });
    if (request.method === "HEAD") return new Response(null, { status: 403 });
    assert.equal(request.headers.get("range"), "bytes=0-0");
    return refusal(403, "SecurityTokenExpired");
  });
  const client = clientOf(fetch, { credentials });
  assert.equal((await headObject(client, { key: "k", versionId: "v" })).etag, '"E"');
  assert.deepEqual(
    sent.map(({ method }) => method),
    ["HEAD", "GET", "HEAD"],
  );
  assert.equal(sent[1]?.url.search, "?versionId=v");
});

test("HEAD without a reason that GET does not tell either stays Forbidden", async () => {
  for (const behind of [
    new Response("x", { status: 206 }),
    new TypeError("Failed to fetch"),
    new Response("", { status: 403 }),
  ]) {
    const { fetch, sent } = scripted(new Response(null, { status: 403 }), behind);
    const error = await failure(headObject(clientOf(fetch), { key: "k" }));
    assert.deepInclude({ ...(error as ServiceError) }, { code: "Forbidden", status: 403, operation: "HeadObject" });
    assert.lengthOf(sent, 2);
  }
});
