/** IndexedDB that is full, denied, blocked or absent: every call rejects and says what to do. */
import { indexedDBStore } from "../../../src/stores/indexed_db.ts";
import { assert, test } from "../../harness.ts";
import { catchTimers } from "../core/timers.ts";
import { failure } from "../streams/support.ts";
import { recordOf } from "./contract.ts";
import {
  BROWSERS,
  brokenDatabase,
  deleteDatabase,
  type FakeRequest,
  freeName,
  openRaw,
  withIndexedDB,
} from "./databases.ts";

/** The calls of a store that touch its database. */
const CALLS = ["get", "set", "delete", "list"] as const;

async function failures(store: ReturnType<typeof indexedDBStore>): Promise<Error[]> {
  const calls = [
    () => store.get("a"),
    () => store.set("a", recordOf("a")),
    () => store.delete("a"),
    () => store.list(),
  ];
  assert.equal(calls.length, CALLS.length);
  const errors: Error[] = [];
  for (const call of calls) errors.push((await failure(call())) as Error);
  return errors;
}

/** Answers in a task of its own, as browsers do. */
function answer(request: FakeRequest, how: "onsuccess" | "onerror" | "onblocked"): FakeRequest {
  queueMicrotask(() => request[how]?.());
  return request;
}

test("IndexedDB: the storage is full", async () => {
  const full = new DOMException("Encountered full disk", "QuotaExceededError");
  await withIndexedDB(
    () => answer(brokenDatabase(full).request, "onsuccess"),
    async () => {
      for (const error of await failures(indexedDBStore("x"))) {
        assert.equal(error.message, 'Cannot use the IndexedDB "x": the storage of this site is full');
        assert.strictEqual(error.cause, full);
      }
    },
  );
});

test("IndexedDB: opening throws, fails, or there is none", async () => {
  const denied = new DOMException("The operation is insecure.", "SecurityError");
  const opens = [
    (): never => {
      throw denied;
    },
    () => answer({ error: new DOMException("no", "UnknownError") }, "onerror"),
    undefined,
  ];
  for (const open of opens) {
    await withIndexedDB(open, async () => {
      for (const error of await failures(indexedDBStore("x"))) {
        assert.match(error.message, /^Cannot use the IndexedDB "x": there is none here, as in private windows/);
        assert.instanceOf(error.cause, open === undefined ? TypeError : DOMException);
      }
    });
  }
});

test("IndexedDB: an older version is held open by another tab, which closes later", async () => {
  const { request, closed } = brokenDatabase(undefined);
  let opened = 0;
  const timers = catchTimers((milliseconds) => milliseconds === 5000);
  await withIndexedDB(
    () => {
      opened += 1;
      return answer(request, "onblocked");
    },
    async () => {
      const store = indexedDBStore("x");
      const error = (await failure(store.get("a"))) as Error;
      assert.equal(
        error.message,
        'Cannot use the IndexedDB "x": another tab holds it open in another version, close that tab',
      );
      assert.equal(timers.waiting(), 0);
      // It opens after all: nobody waits for it any more, and it must not block others in turn.
      request.onsuccess?.();
      assert.equal(closed(), 1);
      await failure(store.list());
      assert.equal(opened, 2, "the next call tries again");
    },
  ).finally(timers.restore);
});

test("IndexedDB: behind the upgrade of another tab, which a third one blocks, nothing hangs", BROWSERS, async () => {
  const name = freeName();
  const stubborn = await openRaw(name, 1);
  const upgrade = openRaw(name, 2);
  const timers = catchTimers((milliseconds) => milliseconds === 5000);
  try {
    const get = failure(indexedDBStore(name).get("a"));
    await timers.fire();
    assert.match(((await get) as Error).message, /another tab holds it open in another version, close that tab$/);
  } finally {
    timers.restore();
  }
  stubborn.close();
  (await upgrade).close();
  await deleteDatabase(name);
});
