import { abortable } from "../../../src/streams/abort.ts";
import { assert, test } from "../../harness.ts";
import { countListeners, deferred, failure } from "./support.ts";

test("abortable: settles as the promise does, or rejects with the reason of the abort, and never listens on", async () => {
  const controller = new AbortController();
  const listeners = countListeners(controller.signal);
  const fault = new Error("own");
  assert.equal(await abortable(Promise.resolve(7), controller.signal), 7);
  assert.equal(await failure(abortable(Promise.reject(fault), controller.signal)), fault);
  await Promise.resolve();
  assert.equal(listeners(), 0);

  const slow = deferred<number>();
  const waiting = failure(abortable(slow.promise, controller.signal));
  controller.abort("stop");
  assert.equal(await waiting, "stop");
  assert.equal(await failure(abortable(Promise.resolve(7), controller.signal)), "stop");
  // Nobody listens to this any more; it must not end the process.
  slow.reject(fault);
});
