/** Credentials of a provider: one caller at a time asks, ahead of expiry, and no caller harms another. */
import { normalise } from "../../../src/core/provided.ts";
import { CredentialsError } from "../../../src/errors.ts";
import type { ProvidedCredentials } from "../../../src/types.ts";
import { assert, test } from "../../harness.ts";
import { failure } from "../streams/support.ts";
import { HOUR, keys, QUICK, site } from "./provider_support.ts";
import { countTimers } from "./timers.ts";

test("many callers, one question; all get the answer", async () => {
  const { source, untilAsked, asked, time } = site();
  const callers = Array.from({ length: 50 }, () => source.get());
  (await untilAsked(1)).resolve(keys("a", time + HOUR));
  for (const found of await Promise.all(callers)) assert.equal(found?.accessKeyId, "STS.a");
  assert.equal((await source.get())?.accessKeyId, "STS.a");
  assert.lengthOf(asked, 1);
});

test("ahead of expiry one caller refreshes, and the others go on with what still serves", async () => {
  for (const [life, margin] of [
    [HOUR, 300_000],
    [10 * 60_000, 120_000],
    [100_000, 20_000],
  ] as const) {
    const place = site();
    const { source, untilAsked, asked } = place;
    const first = source.get();
    (await untilAsked(1)).resolve(keys("old", place.time + life));
    await first;
    place.time += life - margin - 1;
    assert.equal((await source.get())?.accessKeyId, "STS.old", "not yet due");
    assert.lengthOf(asked, 1);
    place.time += 2;
    const refreshing = source.get();
    const question = await untilAsked(2);
    assert.equal((await source.get())?.accessKeyId, "STS.old", "the others do not wait");
    question.resolve(keys("new", place.time + life));
    assert.equal((await refreshing)?.accessKeyId, "STS.new");
    assert.equal((await source.get())?.accessKeyId, "STS.new");
    assert.lengthOf(asked, 2);
  }
});

test("after expiry everybody waits for new keys", async () => {
  const place = site();
  const { source, untilAsked } = place;
  const first = source.get();
  (await untilAsked(1)).resolve(keys("old", place.time + HOUR));
  await first;
  place.time += HOUR;
  const late = [source.get(), source.get()];
  (await untilAsked(2)).resolve(keys("new", place.time + HOUR));
  for (const found of await Promise.all(late)) assert.equal(found?.accessKeyId, "STS.new");
});

test("keys without an expiration are asked for again only after a doubt", async () => {
  const place = site();
  const { source, untilAsked, asked } = place;
  const first = source.get();
  (await untilAsked(1)).resolve(keys("a"));
  const old = await first;
  place.time += 1000 * HOUR;
  assert.strictEqual(await source.get(), old);
  assert.lengthOf(asked, 1);
  if (!old) throw new Error("no keys");
  assert.isTrue(source.doubt(old, true));
  const second = source.get();
  (await untilAsked(2)).resolve(keys("b"));
  assert.equal((await second)?.accessKeyId, "STS.b");
  assert.isTrue(source.doubt(old, true), "keys that were replaced already: trying again helps");
  assert.equal((await source.get())?.accessKeyId, "STS.b");
  assert.lengthOf(asked, 2, "and nobody asks again for them");
});

test("a suspicion refreshes once, but a failing provider does not take the old keys away", async () => {
  const place = site();
  const { source, untilAsked, warnings } = place;
  const first = source.get();
  (await untilAsked(1)).resolve(keys("old", place.time + HOUR));
  const old = await first;
  if (!old) throw new Error("no keys");
  source.doubt(old, false);
  const next = source.get();
  (await untilAsked(2)).reject(new Error("backend is down"));
  assert.strictEqual(await next, old);
  assert.lengthOf(warnings, 1);
  assert.include(String(warnings[0]), "credentials provider failed");
});

test("while a provider fails, it is left alone for a while and asked again after it", async () => {
  const place = site();
  const { source, untilAsked, asked } = place;
  const first = source.get();
  (await untilAsked(1)).resolve(keys("old", place.time + HOUR));
  await first;
  place.time += HOUR - 1000 * 200;
  const second = source.get();
  (await untilAsked(2)).reject(new Error("down"));
  assert.equal((await second)?.accessKeyId, "STS.old");
  for (let call = 0; call < 5; call++) await source.get();
  assert.lengthOf(asked, 2);
  place.time += 5001;
  const third = source.get();
  (await untilAsked(3)).resolve(keys("new", place.time + HOUR));
  assert.equal((await third)?.accessKeyId, "STS.new");
});

test("a provider that fails without usable keys fails every caller that waits, and is asked anew by the next", async () => {
  const { source, untilAsked, asked, time } = site();
  const callers = [source.get(), source.get(), source.get()];
  const cause = new Error("403 from the backend");
  (await untilAsked(1)).reject(cause);
  for (const error of await Promise.all(callers.map(failure))) {
    assert.instanceOf(error, CredentialsError);
    assert.equal((error.cause as Error).message, cause.message);
  }
  assert.lengthOf(asked, 1);
  const next = source.get();
  (await untilAsked(2)).resolve(keys("b", time + HOUR));
  assert.equal((await next)?.accessKeyId, "STS.b");
});

test("a wrong local clock: keys that look expired are used, not asked for without end", async () => {
  for (const skew of [-3 * HOUR, 3 * HOUR]) {
    const place = site();
    const { source, untilAsked, asked } = place;
    const real = place.time;
    place.time = real + skew;
    const first = source.get();
    (await untilAsked(1)).resolve(keys("a", real + HOUR));
    assert.equal((await first)?.accessKeyId, "STS.a");
    assert.equal((await source.get())?.accessKeyId, "STS.a");
    place.time = real;
    assert.equal((await source.get())?.accessKeyId, "STS.a", "also when the clock has learnt");
    assert.lengthOf(asked, 1);
  }
});

test("a provider that ignores its signal and never answers is given up", async () => {
  const timers = countTimers();
  try {
    const { source, asked, untilAsked } = site(QUICK);
    const waiting = [source.get(), source.get()];
    const { signal } = await untilAsked(1);
    for (const error of await Promise.all(waiting.map(failure))) {
      assert.instanceOf(error, CredentialsError);
      assert.include((error.cause as Error).message, "40 ms");
    }
    assert.isTrue(signal.aborted, "it was told");
    assert.lengthOf(asked, 1);
    assert.equal(timers.running(), 0, "no timer is left");
  } finally {
    timers.restore();
  }
});

test("answers of every form that backends give", () => {
  const expiration = "2024-06-15T08:09:10Z";
  const sts = { AccessKeyId: "STS.a", AccessKeySecret: "s", SecurityToken: "t", Expiration: expiration };
  const ours = { accessKeyId: "STS.a", accessKeySecret: "s", securityToken: "t", expiration };
  for (const given of [ours, sts, { Credentials: sts, AssumedRoleUser: {} }] as ProvidedCredentials[]) {
    assert.deepEqual(normalise(given), ours);
  }
  assert.equal(normalise({ ...ours, expiration: Date.parse(expiration) }).expiration, Date.parse(expiration));
  const wrong: unknown[] = [
    undefined,
    null,
    "text",
    7,
    {},
    [],
    { Credentials: {} },
    { ...ours, accessKeySecret: "" },
    { ...ours, accessKeyId: 7 },
    { ...ours, expiration: "soon" },
    { Code: "NoPermission" },
  ];
  for (const given of wrong) {
    assert.throws(
      () => normalise(given as ProvidedCredentials),
      CredentialsError,
      /provider gave/,
      JSON.stringify(given),
    );
  }
});

test("messages about wrong answers hold none of their values", () => {
  const given = { accessKeyId: "STS.a", accessKeySecret: "topsecret", securityToken: "toptoken", expiration: "soon" };
  assert.throws(() => normalise(given), /^(?!.*(topsecret|toptoken))/);
});
