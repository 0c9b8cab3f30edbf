/** Checkpoints in IndexedDB, of real browsers. */
import type { TransferRecord } from "../../../src/checkpoints.ts";
import { indexedDBStore } from "../../../src/stores/indexed_db.ts";
import { assert, test } from "../../harness.ts";
import { NO_OPFS, opfsFolder } from "../streams/opfs.ts";
import { failure } from "../streams/support.ts";
import { recordOf, type StorePlace, storeContract } from "./contract.ts";
import { BROWSERS, deleteDatabase, freeName, openRaw } from "./databases.ts";
import { take } from "./lock_contract.ts";

function make(): StorePlace {
  const name = freeName();
  const beside = freeName();
  return {
    store: indexedDBStore(name),
    again: () => indexedDBStore(name),
    elsewhere: () => indexedDBStore(beside),
    dispose: () => Promise.all([name, beside].map(deleteDatabase)),
  };
}

// On plain http there are no Web Locks: the lock is a lease there.
storeContract({ name: "IndexedDB", lock: true, channel: true, options: { ...BROWSERS, insecure: true }, make });

test("IndexedDB keeps a FileSystemFileHandle", NO_OPFS, async () => {
  const { store, dispose } = make();
  const { folder, dispose: remove } = await opfsFolder();
  const handle = await folder.getFileHandle("a.txt", { create: true });
  await store.set("a", recordOf("a", { handle }));
  const { handle: kept, ...rest } = (await store.get("a")) as TransferRecord;
  assert.deepEqual(rest, recordOf("a"));
  assert.isTrue(await handle.isSameEntry(kept as FileSystemFileHandle));
  assert.instanceOf(await kept?.getFile(), File);
  await remove();
  await dispose?.();
});

test("a stolen lock is lost", BROWSERS, async () => {
  const name = freeName();
  const lock = await take(indexedDBStore(name), "a");
  assert.isFalse(lock.lost.aborted);
  const gone = new Promise((resolve) => lock.lost.addEventListener("abort", resolve, { once: true }));
  await navigator.locks.request(`oss-fetch ${name} a`, { steal: true }, async () => {
    await gone;
    // Of what is lost nothing is left to release.
    await lock.release();
  });
  const next = await take(indexedDBStore(name), "a");
  await next.release();
});

test("gives way to the upgrade of another tab, and says then what to do", BROWSERS, async () => {
  const name = freeName();
  const store = indexedDBStore(name);
  await store.set("a", recordOf("a"));
  const newer = await openRaw(name, 2);
  assert.equal(newer.version, 2);
  const error = (await failure(store.get("a"))) as Error;
  assert.match(error.message, /^Cannot use the IndexedDB ".+": it is of a newer version, reload the page$/);
  assert.equal((error.cause as Error).name, "VersionError");
  newer.close();
  await deleteDatabase(name);
});

test("gives way when it is deleted, and begins anew", BROWSERS, async () => {
  const name = freeName();
  const store = indexedDBStore(name);
  await store.set("a", recordOf("a"));
  await deleteDatabase(name);
  assert.deepEqual(await store.list(), []);
  await store.set("b", recordOf("b"));
  assert.deepEqual(await store.list(), ["b"]);
  await deleteDatabase(name);
});
