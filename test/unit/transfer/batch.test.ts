/** Jobs over many objects: however they end, they leave no timer and no listener behind. */
import { type BatchOptions, runBatch, type Tally } from "../../../src/transfer/batch.ts";
import { assert, test } from "../../harness.ts";
import { countTimers } from "../core/timers.ts";
import { failure } from "../streams/support.ts";

async function* source(): AsyncGenerator<string> {
  yield* ["a", "b", "c"];
}

async function tell(key: string, tally: Tally): Promise<void> {
  if (key === "c") tally.failed([{ key }]);
  else tally.done(1, 1);
}

/** A signal of which is known who still listens. */
function watched(controller: AbortController): { readonly signal: AbortSignal; readonly listening: Set<unknown> } {
  const listening = new Set<unknown>();
  const { signal } = controller;
  const [add, remove] = [signal.addEventListener.bind(signal), signal.removeEventListener.bind(signal)];
  Object.defineProperties(signal, {
    addEventListener: {
      value: (type: "abort", listener: () => void) => {
        listening.add(listener);
        add(type, listener);
      },
    },
    removeEventListener: {
      value: (type: "abort", listener: () => void) => {
        listening.delete(listener);
        remove(type, listener);
      },
    },
  });
  return { signal, listening };
}

function run(options: BatchOptions, work: (key: string, tally: Tally) => Promise<void>): Promise<void> {
  return runBatch<string>({
    options,
    title: "Cannot",
    source,
    work: (key, _, tally) => work(key, tally),
    result: () => 1,
  });
}

test("batch: no timer and no listener is left, whether it ends well, fails or is aborted", async () => {
  const controller = new AbortController();
  const { signal, listening } = watched(controller);
  const options = { signal, timeout: 600_000 };
  const timers = countTimers();
  try {
    await run(options, async (_, tally) => {
      assert.equal(listening.size, 1, "it listens");
      assert.equal(timers.running(), 1, "it has a limit");
      tally.done(1, 1);
    });
    const left = (): readonly number[] => [listening.size, timers.running()];
    assert.deepEqual(left(), [0, 0]);
    assert.include(String(await failure(run(options, tell))), "2 done, 1 not");
    assert.deepEqual(left(), [0, 0]);
    const thrown = failure(run({ ...options, onProgress: () => assert.fail("odd") }, tell));
    assert.include(String(await thrown), "odd");
    assert.deepEqual(left(), [0, 0]);
    const aborted = failure(run(options, async () => controller.abort("enough")));
    assert.equal(await aborted, "enough");
    assert.deepEqual(left(), [0, 0]);
  } finally {
    timers.restore();
  }
});
