/** When to try again: what is transient, how long to wait, and waits that end early. */
import { isTransient, pause } from "../../../src/core/retry.ts";
import { every, sleep } from "../../../src/core/wait.ts";
import * as errors from "../../../src/errors.ts";
import { createTimer } from "../../../src/timer.ts";
import { assert, fc, test } from "../../harness.ts";
import { failure } from "../streams/support.ts";

function service(status: number, code: string): errors.ServiceError {
  return new errors.ServiceError("m", { status, code, operation: "GetObject", headers: new Headers() });
}

test("what may pass by itself is tried again, what would fail again is not", () => {
  const transient: readonly unknown[] = [
    new errors.NetworkError("m", { method: "GET", url: "https://h/", attempts: 1 }),
    new errors.TimeoutError("m", "stallTimeout", 1),
    new errors.IntegrityError("m", "crc64", "1", "2"),
    new errors.CredentialsError("m"),
    service(400, "RequestTimeout"),
    service(408, "BadErrorResponse"),
    service(429, "TooManyRequests"),
    service(500, "InternalError"),
    service(502, "BadErrorResponse"),
    service(503, "SlowDown"),
    service(504, "BadErrorResponse"),
  ];
  const final: readonly unknown[] = [
    new errors.DecodeError("m"),
    new errors.CorsError("m", []),
    new errors.CallbackError("m", {}),
    new errors.SourceChangedError("m"),
    new errors.TransferError("m", { cause: undefined }),
    service(400, "InvalidArgument"),
    service(403, "AccessDenied"),
    service(403, "RequestTimeTooSkewed"),
    service(404, "NoSuchKey"),
    service(409, "PositionNotEqualToLength"),
    service(501, "NotImplemented"),
    new TypeError("a reader's own mistake"),
    new DOMException("stopped", "AbortError"),
    "a string",
    undefined,
  ];
  for (const error of transient) assert.isTrue(isTransient(error), String(error));
  for (const error of final) assert.isFalse(isTransient(error), String(error));
});

test("pauses are drawn from 0 to a ceiling that doubles up to the longest pause", () => {
  const bounds = fc.record({ base: fc.integer({ min: 0, max: 5000 }), max: fc.integer({ min: 0, max: 60_000 }) });
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 12 }), bounds, (attempt, { base, max }) => {
      const milliseconds = pause(attempt, { base, max });
      assert.isAtLeast(milliseconds, 0);
      assert.isAtMost(milliseconds, Math.min(max, base * 2 ** attempt));
    }),
  );
  const drawn = Array.from({ length: 400 }, () => pause(1, {}));
  assert.isBelow(Math.min(...drawn), 100, "full jitter reaches down");
  assert.isAbove(Math.max(...drawn), 300, "and up to twice the base");
  assert.isAtMost(Math.max(...drawn), 400);
});

test("a wait ends with its time, or at once with the signal's own reason", async () => {
  await sleep(1);
  const controller = new AbortController();
  const reason = { stopped: true };
  const waiting = sleep(60_000, controller.signal);
  controller.abort(reason);
  assert.strictEqual(await failure(waiting), reason);
  assert.strictEqual(await failure(sleep(60_000, controller.signal)), reason, "aborted before it began");
});

test("a beat comes again and again until it is stopped", async () => {
  let beats = 0;
  const stop = every(2, () => beats++);
  while (beats < 3) await sleep(1);
  stop();
  const then = beats;
  await sleep(10);
  assert.equal(beats, then);
});

test("a timer started anew forgets its old time; stopped, it never fires; a huge time is no time", async () => {
  const fired: number[] = [];
  const timer = createTimer((milliseconds) => fired.push(milliseconds));
  timer.start(1);
  timer.start(5);
  await sleep(20);
  assert.deepEqual(fired, [5]);
  timer.start(1);
  timer.stop();
  timer.start(2 ** 31);
  await sleep(20);
  timer.stop();
  assert.deepEqual(fired, [5]);
});
