/** Providers of credentials: slow, failing, early, abandoned; and none at all. */
import {
  CredentialsError,
  createPresigner,
  getObject,
  listObjectsV2,
  type ProvidedCredentials,
  postPolicy,
  presign,
  putObject,
} from "../../src/mod.ts";
import type { TestOSS } from "../../src/testing/mod.ts";
import { assert, environment, type TestContext, test } from "../harness.ts";
import { hurry } from "../unit/core/timers.ts";
import { type Backend, type BackendOptions, breathe, createBackend, gate } from "./support/tokens.ts";
import { assertRefused, failureOf, failuresOf, VERSIONS, type World, world } from "./support/world.ts";

interface Scene extends World {
  readonly backend: Backend;
  /** One more call. */
  readonly put: (signal?: AbortSignal) => Promise<unknown>;
  /** Moves the clocks of both sides on. */
  readonly later: (seconds: number) => void;
}

function scene(t: TestContext, options: BackendOptions = {}, client: object = {}): Scene {
  let oss: TestOSS | undefined;
  let now = Date.now();
  const clock = (): number => now;
  const backend = createBackend(() => oss ?? assert.fail("too early"), options);
  const { bucket, account } = environment;
  const set = world(t, {
    service: { now: clock, buckets: [bucket], accounts: [account] },
    client: { now: clock, credentials: backend.provider, ...client },
  });
  oss = set.oss;
  let count = 0;
  return {
    ...set,
    backend,
    put: (signal) => putObject(set.client, { key: `k${count++}`, body: "x" }, { signal }),
    later(seconds) {
      now += seconds * 1000;
    },
  };
}

for (const signatureVersion of VERSIONS) {
  test(`fifty first calls ask a slow provider once (${signatureVersion})`, async (t) => {
    const { backend, put, wire } = scene(t, {}, { signatureVersion });
    backend.onAsk = () => breathe(150);
    await Promise.all(Array.from({ length: 50 }, () => put()));
    assert.equal(backend.asked, 1);
    for (const { headers } of wire.sent) assert.isTrue(headers.has("x-oss-security-token"));
  });
}

test("every form of an answer is understood", async (t) => {
  const forms: Readonly<Record<string, BackendOptions["form"]>> = {
    "our own": (keys) => keys,
    "expiration as text": (keys) => ({ ...keys, expiration: new Date(Number(keys.expiration)).toISOString() }),
    "expiration as a number": (keys) => ({ ...keys, expiration: Number(keys.expiration) }),
    "null for no expiration": (keys) => ({ ...keys, expiration: null }),
    AssumeRole: ({ accessKeyId, accessKeySecret, securityToken, expiration }) => ({
      RequestId: "ID",
      AssumedRoleUser: {},
      Credentials: {
        AccessKeyId: accessKeyId,
        AccessKeySecret: accessKeySecret,
        SecurityToken: securityToken,
        Expiration: new Date(Number(expiration)).toISOString().replace(/\.\d+/, ""),
      },
    }),
    "AssumeRole's bare Credentials": ({ accessKeyId, accessKeySecret, securityToken, expiration }) => ({
      AccessKeyId: accessKeyId,
      AccessKeySecret: accessKeySecret,
      SecurityToken: securityToken,
      Expiration: new Date(Number(expiration)).toISOString(),
    }),
  };
  for (const [name, form] of Object.entries(forms)) {
    const { put, backend, later } = scene(t, { ...(form && { form }), seconds: 1000 });
    await put().catch((cause: unknown) => {
      throw new Error(`${name}: ${cause}`, { cause });
    });
    later(500);
    await put();
    assert.equal(backend.asked, 1, name);
    if (name.startsWith("null")) continue;
    later(350);
    await put();
    assert.equal(backend.asked, 2, `${name}: refreshed ahead of expiry`);
  }
});

test("a provider that fails once costs a moment", async (t) => {
  const { backend, put } = scene(t);
  backend.onAsk = (call) => {
    if (call === 1) throw new Error("backend is restarting");
  };
  await Promise.all(Array.from({ length: 10 }, () => put()));
  assert.equal(backend.asked, 2);
});

test("a provider that always fails fails the calls, and is not hammered", async (t) => {
  hurry(t);
  const { backend, put, wire } = scene(t, {}, { retry: { base: 50 } });
  backend.onAsk = () => {
    throw new Error("backend is down");
  };
  const errors = await Promise.all(Array.from({ length: 30 }, () => failureOf(put())));
  for (const error of errors) {
    assert.instanceOf(error, CredentialsError);
    assert.propertyVal(error, "code", "CredentialsError");
    assert.include(String(Reflect.get(Object(error), "cause")), "backend is down");
  }
  assert.isAtMost(backend.asked, 10);
  assert.lengthOf(wire.sent, 0);
  // Once it is back, so are the calls.
  backend.onAsk = () => undefined;
  await put();
});

test("what is no answer is a CredentialsError that says what to return", async (t) => {
  const answers = [null, undefined, "", "keys", {}, { accessKeyId: "a" }, { Credentials: {} }];
  const wrongDate = { accessKeyId: "a", accessKeySecret: "b", expiration: "soon" };
  for (const answer of [...answers, wrongDate]) {
    const credentials = (): ProvidedCredentials => answer as unknown as ProvidedCredentials;
    const { client, wire } = world(t, { client: { credentials, retry: { attempts: 1 } } });
    const error = await failureOf(listObjectsV2(client, {}));
    assert.instanceOf(error, CredentialsError, JSON.stringify(answer));
    assert.match(String(error), answer === wrongDate ? /expiration/ : /accessKey(Id|Secret)/, JSON.stringify(answer));
    assert.lengthOf(wire.sent, 0);
  }
});

test("ahead of expiry one caller waits for new keys, the others go on", async (t) => {
  const { backend, put, later } = scene(t, { seconds: 1000 });
  await put();
  later(850);
  const slow = gate();
  backend.onAsk = () => slow.passed;
  const calls = Array.from({ length: 10 }, () => put());
  let done = 0;
  for (const call of calls) call.then(() => done++);
  while (done < 9) await breathe(1);
  await breathe(20);
  assert.equal(done, 9);
  slow.open();
  await Promise.all(calls);
  assert.equal(backend.asked, 2);
});

test("ahead of expiry a failing provider is a warning, then left alone", async (t) => {
  hurry(t);
  const { backend, put, later, warnings, wire } = scene(t, { seconds: 1000 });
  await put();
  later(850);
  backend.onAsk = () => {
    throw new Error("backend is down");
  };
  for (let call = 0; call < 5; call++) await put();
  assert.equal(backend.asked, 2);
  assert.lengthOf(warnings, 1);
  later(10);
  await put();
  assert.equal(backend.asked, 3);
  assert.lengthOf(warnings, 1, "each message once");
  later(200);
  assert.instanceOf(await failureOf(put()), CredentialsError);
  assert.lengthOf(wire.sent, 7);
});

test("an impatient caller drops only itself", async (t) => {
  const { backend, put } = scene(t);
  const slow = gate();
  backend.onAsk = () => slow.passed;
  const [first, second, third] = [new AbortController(), new AbortController(), new AbortController()];
  const calls = [first, second, third].map(({ signal }) => put(signal));
  await breathe(20);
  const reason = { code: 7 };
  first.abort(reason);
  second.abort(reason);
  for (const error of await failuresOf(calls.slice(0, 2))) assert.strictEqual(error, reason);
  assert.isFalse(backend.signals[0]?.aborted);
  slow.open();
  await calls[2];
  assert.equal(backend.asked, 1);
});

test("a refresh that nobody waits for any more is stopped, and whoever comes next is served", async (t) => {
  // However far the old refresh has been taken down by then.
  for (let ticks = 0; ticks < 24; ticks++) {
    const { backend, put } = scene(t);
    const slow = gate();
    backend.onAsk = (call) => (call === 1 ? slow.passed : undefined);
    const impatient = new AbortController();
    const calls = [put(impatient.signal), put(impatient.signal)];
    await breathe(5);
    impatient.abort();
    for (let tick = 0; tick < ticks; tick++) await Promise.resolve();
    const next = put();
    for (const error of await failuresOf(calls)) assert.strictEqual(error, impatient.signal.reason);
    slow.open();
    await next;
    assert.isAtMost(backend.asked, 2);
  }
  const { backend, put } = scene(t);
  backend.onAsk = () => new Promise<never>(() => undefined);
  const reason = { code: 7 };
  const impatient = new AbortController();
  const call = put(impatient.signal);
  await breathe(5);
  impatient.abort(reason);
  assert.strictEqual(await failureOf(call), reason);
  await breathe();
  assert.strictEqual(backend.signals[0]?.reason, reason);
  backend.onAsk = () => undefined;
  await put();
  assert.equal(backend.asked, 2);
});

test("anonymous clients send no signature and cannot sign anything", async (t) => {
  const { bucket } = environment;
  const service = { buckets: [{ name: bucket, acl: "public-read-write" }] } as const;
  const { client, wire } = world(t, { service, client: { credentials: "anonymous" } });
  await putObject(client, { key: "a", body: "hello" });
  assert.equal(await (await getObject(client, { key: "a" })).text(), "hello");
  for (const { headers, url } of wire.sent) {
    assert.isFalse(headers.has("authorization") || headers.has("x-oss-date") || url.search !== "");
  }
  const sign = presign(client, getObject, { key: "a" }, { expiresIn: 60 });
  const signing = [sign, postPolicy(client, { key: "a", expiresIn: 60 }), createPresigner(client)];
  for (const error of await failuresOf(signing)) assert.instanceOf(error, CredentialsError);
  const overridden = getObject(client, { key: "a", responseContentType: "text/html" });
  await assertRefused(overridden, { status: 400, code: "InvalidRequest" });
});
