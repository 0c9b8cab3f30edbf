/** Without a network, after a sleep, and with a service that is away: what is waited for, and what is given up. */
import { TimeoutError } from "../../../src/errors.ts";
import { appendObject, getObject, headObject, putObject } from "../../../src/operations/mod.ts";
import type { CallOptions, Client } from "../../../src/types.ts";
import { assert, test } from "../../harness.ts";
import { failure } from "../streams/support.ts";
import { fakePlatform, fakeWallClock, type Platform } from "./platform.ts";
import { type Answer, clientOf, done, KEYS, never, refusal, scripted } from "./support.ts";
import { catchTimers, countTimers, hurry } from "./timers.ts";

const LOST = new TypeError("fetch failed");
const QUICK = { timeout: 5000 };
const retry = { base: 0 };
const head = (client: Client, options?: CallOptions): Promise<unknown> => headObject(client, { key: "k" }, options);

/** Runs a body on a platform without a network. */
async function offline(body: (platform: Platform) => Promise<void>): Promise<void> {
  const platform = fakePlatform();
  const timers = countTimers();
  try {
    platform.turn(false);
    await body(platform);
    assert.equal(timers.running() + platform.listeners(), 0, "nothing is left");
  } finally {
    timers.restore();
    platform.restore();
  }
}

/** What the request number `at` meets; and when it is there, something happens. */
const meets =
  (answer: Error, at: number, then: () => void): Answer =>
  (_, number) => {
    if (number === at) setTimeout(then, 1);
    throw answer;
  };

test("offline: a request waits for the network, and no attempt is used up", QUICK, () =>
  offline(async (platform) => {
    const waits: boolean[] = [];
    const lost = meets(LOST, 2, () => platform.turn(true));
    const { fetch, sent } = scripted(
      meets(LOST, 1, () => {
        assert.lengthOf(sent, 1);
        // Back, and gone again before anything is there.
        platform.turn(true);
        platform.turn(false);
      }),
      lost,
      ...[LOST, LOST],
      done(),
    );
    await head(clientOf(fetch, { retry }), { onWaiting: (waiting) => waits.push(waiting) });
    assert.lengthOf(sent, 5);
    assert.deepEqual(waits, [true, false, true, false]);
  }),
);

test("offline: a put, a provider that cannot be reached, and silence wait as well", QUICK, () =>
  offline(async (platform) => {
    const { fetch, sent } = scripted(
      meets(LOST, 1, () => platform.turn(true)),
      done(),
    );
    await putObject(clientOf(fetch, { retry }), { key: "k", body: "hello" });
    assert.lengthOf(sent, 2);
    platform.turn(false);
    let asked = 0;
    const credentials = async (): Promise<typeof KEYS> => {
      if (++asked > 1) return KEYS;
      setTimeout(() => platform.turn(true), 1);
      throw LOST;
    };
    await head(clientOf(scripted(done()).fetch, { retry, credentials }));
    assert.equal(asked, 2);
    platform.turn(false);
    const silent = scripted(never, done());
    await head(clientOf(silent.fetch, { retry, stallTimeout: 10 }), {
      onWaiting: (waiting) => waiting && setTimeout(() => platform.turn(true), 1),
    });
    assert.lengthOf(silent.sent, 2);
  }),
);

test("offline: an abort and a time limit end the wait", QUICK, () =>
  offline(async () => {
    const { fetch, sent } = scripted(LOST);
    const controller = new AbortController();
    const reason = { left: "the page" };
    const onWaiting = (): void => controller.abort(reason);
    assert.strictEqual(await failure(head(clientOf(fetch), { signal: controller.signal, onWaiting })), reason);
    const late = new AbortController();
    const pending = head(clientOf(fetch), {
      signal: late.signal,
      onWaiting: () => setTimeout(() => late.abort(reason)),
    });
    assert.strictEqual(await failure(pending), reason);
    assert.instanceOf(await failure(head(clientOf(fetch), { timeout: 15 })), TimeoutError);
    assert.lengthOf(sent, 3);
  }),
);

test("offline: a platform is not believed for ever", QUICK, () =>
  offline(async () => {
    const doubts = catchTimers((ms) => ms === 60_000);
    try {
      const { fetch, sent } = scripted(LOST, LOST, LOST, LOST, LOST, LOST, done());
      const answer = head(clientOf(fetch, { retry, stallTimeout: 1000 }));
      for (let at = 0; at < 6; at++) await doubts.fire();
      await answer;
      assert.lengthOf(sent, 7);
      assert.equal(doubts.waiting(), 0);
    } finally {
      doubts.restore();
    }
  }),
);

test("offline: what comes back just before it is waited for is not missed", QUICK, () =>
  offline(async (platform) => {
    const { fetch } = scripted(LOST, done());
    await head(clientOf(fetch, { retry }), { onWaiting: (waiting) => waiting && platform.turn(true) });
  }),
);

test("offline: what must not be repeated, or would fail again, fails at once", QUICK, () =>
  offline(async () => {
    const cases: readonly (readonly [Answer, (client: Client) => Promise<unknown>, object])[] = [
      [LOST, (client) => appendObject(client, { key: "k", position: 0, body: "x" }), retry],
      [refusal(403, "AccessDenied"), (client) => getObject(client, { key: "k" }), retry],
      [LOST, head, { attempts: 1 }],
      [LOST, head, { ...retry, shouldRetry: () => false }],
    ];
    for (const [answer, call, rule] of cases) {
      const { fetch, sent } = scripted(answer);
      await failure(call(clientOf(fetch, { retry: rule })));
      assert.lengthOf(sent, 1);
    }
  }),
);

test("what a listener of waiting throws ends the call", QUICK, () =>
  offline(async () => {
    const thrown = { no: "thanks" };
    const onWaiting = (): void => {
      throw thrown;
    };
    assert.strictEqual(await failure(head(clientOf(scripted(LOST).fetch), { onWaiting })), thrown);
  }),
);

test("maxRetryTime: a service that does not answer is asked as long as that", QUICK, async () => {
  for (const [answer, lasting] of [
    [LOST, true],
    [refusal(503, "ServiceUnavailable"), true],
    [refusal(429, "TooManyRequests"), false],
  ] as const) {
    let now = Date.now();
    const waits: boolean[] = [];
    const { fetch, sent } = scripted(() => {
      now += 10_000;
      if (answer instanceof Error) throw answer;
      return answer.clone();
    });
    const options = { maxRetryTime: 120_000, onWaiting: (waiting: boolean) => waits.push(waiting) };
    await failure(head(clientOf(fetch, { retry, now: () => now }), options));
    assert.lengthOf(sent, lasting ? 13 : 4);
    assert.lengthOf(waits, lasting ? 18 : 0, "ordinary pauses are no wait");
  }
});

test("maxRetryTime: permanent failures, and providers that say no, take no longer", QUICK, async (t) => {
  hurry(t);
  const { fetch, sent } = scripted(refusal(404, "NoSuchKey"));
  await failure(head(clientOf(fetch, { retry }), { maxRetryTime: 60_000 }));
  assert.lengthOf(sent, 1);
  let asked = 0;
  const credentials = (): never => {
    asked++;
    throw new Error("log in");
  };
  await failure(head(clientOf(fetch, { retry, credentials }), { maxRetryTime: 60_000 }));
  assert.equal(asked, 4);
  const one = scripted(LOST);
  await failure(head(clientOf(one.fetch, { retry: { attempts: 1 } }), { maxRetryTime: 60_000 }));
  assert.lengthOf(one.sent, 1);
});

test("a silence that the machine slept through does not count", QUICK, async () => {
  const clock = fakeWallClock();
  try {
    const { fetch, sent } = scripted((request, number) => {
      if (number > 8) return done();
      if (number < 7) clock.jump(3_600_000);
      return never(request);
    });
    const now = Date.now();
    await head(clientOf(fetch, { retry, stallTimeout: 10, now: () => now }));
    assert.lengthOf(sent, 9, "six in sleeps, and two that count");
    const awake = scripted((request) => {
      clock.jump(60_000);
      return never(request);
    });
    assert.instanceOf(
      await failure(head(clientOf(awake.fetch, { retry, stallTimeout: 10, now: () => now }))),
      TimeoutError,
    );
    assert.lengthOf(awake.sent, 4, "timers of hidden pages are a minute late");
  } finally {
    clock.restore();
  }
});

test("what failed before a sleep does not count after it", QUICK, async () => {
  const clock = fakeWallClock();
  try {
    const now = Date.now();
    const { fetch, sent } = scripted((_, number) => {
      if (number > 5) return done();
      if (number === 3) setTimeout(() => clock.jump(3_600_000), 0);
      throw LOST;
    });
    const client = clientOf(fetch, { retry: { base: 20, max: 40 }, now: () => now });
    const { random } = Math;
    Math.random = () => 1;
    try {
      // Asleep in the pause after the third attempt.
      await head(client);
    } finally {
      Math.random = random;
    }
    assert.lengthOf(sent, 6);
  } finally {
    clock.restore();
  }
});
