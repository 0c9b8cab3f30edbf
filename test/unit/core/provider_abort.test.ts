/** Callers that leave, and refreshers that die: nobody waits for ever, and nobody pays for another. */
import { assert, test } from "../../harness.ts";
import { failure } from "../streams/support.ts";
import { HOUR, keys, QUICK, site } from "./provider_support.ts";
import { countTimers } from "./timers.ts";

test("an abort of the caller that refreshes drops only that caller", async () => {
  const { source, untilAsked, asked, time } = site();
  const controller = new AbortController();
  const reason = new Error("left the page");
  const leaving = source.get(controller.signal);
  const staying = source.get();
  const { signal, resolve } = await untilAsked(1);
  controller.abort(reason);
  assert.strictEqual(await failure(leaving), reason);
  assert.isFalse(signal.aborted, "somebody still waits for it");
  resolve(keys("a", time + HOUR));
  assert.equal((await staying)?.accessKeyId, "STS.a");
  assert.lengthOf(asked, 1);
});

test("an abort of a caller that waits drops only that caller", async () => {
  const { source, untilAsked, time } = site();
  const controller = new AbortController();
  const staying = source.get();
  const leaving = source.get(controller.signal);
  const { signal, resolve } = await untilAsked(1);
  controller.abort();
  assert.equal((await failure(leaving)) as unknown, controller.signal.reason);
  assert.isFalse(signal.aborted);
  resolve(keys("a", time + HOUR));
  assert.equal((await staying)?.accessKeyId, "STS.a");
});

test("when all have left, the provider is stopped, no timer is left, and the next caller begins anew", async () => {
  const timers = countTimers();
  try {
    const { source, untilAsked, asked, time, warnings } = site();
    const controllers = [new AbortController(), new AbortController(), new AbortController()];
    const leaving = controllers.map(({ signal }) => source.get(signal));
    const { signal } = await untilAsked(1);
    for (const controller of controllers) controller.abort("stop");
    assert.deepEqual(await Promise.all(leaving.map(failure)), ["stop", "stop", "stop"]);
    assert.isTrue(signal.aborted);
    const next = source.get();
    (await untilAsked(2)).resolve(keys("b", time + HOUR));
    assert.equal((await next)?.accessKeyId, "STS.b");
    assert.lengthOf(asked, 2);
    assert.deepEqual(warnings, []);
    assert.equal(timers.running(), 0);
  } finally {
    timers.restore();
  }
});

test("an abort ahead of expiry is no failure of the provider: no warning, and the old keys serve on", async () => {
  const place = site();
  const { source, untilAsked, warnings } = place;
  const first = source.get();
  (await untilAsked(1)).resolve(keys("old", place.time + HOUR));
  await first;
  place.time += HOUR - 1000;
  const controller = new AbortController();
  const leaving = source.get(controller.signal);
  await untilAsked(2);
  controller.abort("stop");
  assert.equal((await source.get())?.accessKeyId, "STS.old", "in the same moment");
  assert.equal(await failure(leaving), "stop");
  const next = source.get();
  (await untilAsked(3)).resolve(keys("new", place.time + HOUR));
  assert.equal((await next)?.accessKeyId, "STS.new");
  assert.deepEqual(warnings, []);
});

test("an aborted signal is refused before the provider is asked", async () => {
  const { source, asked } = site();
  assert.equal(await failure(source.get(AbortSignal.abort("no"))), "no");
  assert.lengthOf(asked, 0);
});

test("a refresh whose caller died silently is taken over after its lease", async () => {
  const { setTimeout } = globalThis;
  const place = site({ ...QUICK, limit: 60_000 });
  const { source, untilAsked, asked, time } = place;
  // workerd drops the timers and promises of a request that is over: the beat is one of them.
  Object.assign(globalThis, { setTimeout: () => 0 });
  const dead = new AbortController();
  void source.get(dead.signal).catch(() => undefined);
  Object.assign(globalThis, { setTimeout });
  const waiting = [source.get(), source.get(), source.get()];
  const [first, second] = [await untilAsked(1), await untilAsked(2)];
  second.resolve(keys("b", time + HOUR));
  for (const found of await Promise.all(waiting)) assert.equal(found?.accessKeyId, "STS.b");
  assert.lengthOf(asked, 2, "one of them took over, not each");
  first.resolve(keys("a", time + HOUR));
  dead.abort();
  assert.equal((await source.get())?.accessKeyId, "STS.b", "a late answer to the dead changes nothing");
});

test("a refresh whose caller lives is not taken over, however long it takes", async () => {
  const { source, untilAsked, asked, time } = site({ ...QUICK, limit: 60_000 });
  const waiting = [source.get(), source.get()];
  const { resolve } = await untilAsked(1);
  await new Promise((ready) => setTimeout(ready, 4 * QUICK.lease));
  assert.lengthOf(asked, 1);
  resolve(keys("a", time + HOUR));
  for (const found of await Promise.all(waiting)) assert.equal(found?.accessKeyId, "STS.a");
});

test("a provider that throws at once leaves no timer", async () => {
  const timers = countTimers();
  try {
    const { source, untilAsked } = site();
    const waiting = source.get();
    (await untilAsked(1)).reject("a string");
    assert.instanceOf(await failure(waiting), Error);
    assert.equal(timers.running(), 0);
  } finally {
    timers.restore();
  }
});
