/** A sink that does not answer any more holds no abort up. */
import {
  type DownloadToOptions,
  downloadAll,
  downloadTo,
  type Fetch,
  putObject,
  type Sink,
  type SinkPartial,
} from "../../src/mod.ts";
import { abortable } from "../../src/streams/abort.ts";
import { assert, type TestContext, test } from "../harness.ts";
import { deferred } from "../unit/streams/support.ts";
import { memoryStore } from "./support/watched_stores.ts";
import { failureOf, noise, world } from "./support/world.ts";

const PLANS = {
  "in one request": { multipartThreshold: 10_000 },
  "in parts": { partSize: 500, concurrency: 3 },
  "in parts, unchecked": { partSize: 500, concurrency: 3, integrity: "none" },
} satisfies Record<string, DownloadToOptions>;
const bytes = noise(5000);

interface Stuck {
  readonly sink: Sink;
  /** It was asked for what it does not answer. */
  readonly reached: Promise<void>;
  /** It answers after all. */
  answer(): void;
  readonly calls: string[];
}

/**
 * A sink of which one function never answers.
 * @param name of the function
 * @param stop called with the first write
 */
function stuckAt(name: string, stop: () => void): Stuck {
  const [reached, late] = [deferred(), deferred()];
  const calls: string[] = [];
  const call = async (called: string): Promise<void> => {
    calls.push(called);
    if (called === "write") stop();
    if (called !== name) return;
    reached.resolve();
    await late.promise;
    throw new Error("too late");
  };
  const partial: SinkPartial = {
    name: "/a",
    open: async () => {
      await call("reopen");
      return 0;
    },
    read: async (start, end) => new Uint8Array(end - start),
    sync: () => call("sync"),
    keep: () => call("keep"),
    discard: () => call("discard"),
  };
  const sink: Sink = {
    open: () => call("open"),
    write: () => call("write"),
    close: () => call("close"),
    abort: () => call("abort"),
    partial,
  };
  return { sink, reached: reached.promise, answer: late.resolve, calls };
}

/** Downloads until the sink is asked for what it does not answer, and aborts. */
async function abortAt(t: TestContext, name: string, options: DownloadToOptions): Promise<void> {
  const { client, wire } = world(t);
  await putObject(client, { key: "a", body: bytes });
  const controller = new AbortController();
  const reason = new Error(name);
  // What comes after an abort is only asked for when there is one.
  const isEnd = /^(abort|keep|sync)$/.test(name);
  const { sink, reached, answer, calls } = stuckAt(name, () => isEnd && controller.abort(reason));
  const done = failureOf(downloadTo(client, { key: "a" }, sink, { ...options, signal: controller.signal }));
  await Promise.race([reached, done]);
  controller.abort(reason);
  assert.equal(await done, reason, name);
  assert.lengthOf(wire.openRequests(), 0);
  assert.isTrue(calls.includes("abort") || calls.includes("keep"), `${name}: it is told to give up: ${calls}`);
  // What it says now is nobody's.
  answer();
  await new Promise((resolve) => setTimeout(resolve));
}

for (const [title, plan] of Object.entries(PLANS))
  test(`stuck sink: an abort is not held up by what never answers, ${title}`, async (t) => {
    await Promise.all(["open", "write", "close", "abort"].map((name) => abortAt(t, name, plan)));
  });

test("stuck sink: an abort is not held up by what never answers, with checkpoints", async (t) => {
  const names = ["discard", "reopen", "write", "sync", "close", "keep", "abort"];
  await Promise.all(names.map((name) => abortAt(t, name, { ...PLANS["in parts"], checkpoints: memoryStore() })));
});

test("stuck sink: an abort before the first answer is not held up by a sink that does not give up", async (t) => {
  const asked = deferred();
  const layer =
    (): Fetch =>
    (_, { signal }) => {
      asked.resolve();
      return abortable(new Promise<never>(() => {}), signal ?? controller.signal);
    };
  const { client } = world(t, { client: { use: [layer] } });
  const controller = new AbortController();
  const { sink, reached, answer } = stuckAt("abort", () => {});
  const done = failureOf(downloadTo(client, { key: "a" }, sink, { signal: controller.signal }));
  await asked.promise;
  controller.abort("enough");
  await reached;
  assert.equal(await done, "enough");
  answer();
});

test("stuck sink: neither a time limit nor the abort of a batch is held up", async (t) => {
  const { client, wire } = world(t);
  await putObject(client, { key: "a", body: bytes });
  const late = stuckAt("write", () => {});
  const error = await failureOf(downloadTo(client, { key: "a" }, late.sink, { timeout: 50 }));
  assert.propertyVal(Object(error).cause, "name", "TimeoutError");
  const controller = new AbortController();
  const { sink, reached } = stuckAt("write", () => {});
  const batch = failureOf(downloadAll(client, { prefix: "" }, { file: () => sink }, { signal: controller.signal }));
  await reached;
  controller.abort("enough");
  assert.equal(await batch, "enough");
  assert.lengthOf(wire.openRequests(), 0);
});

test("stuck sink: one that is slow is waited for, and given up only when all is written", async (t) => {
  const { client } = world(t);
  await putObject(client, { key: "a", body: bytes });
  const controller = new AbortController();
  let writing = 0;
  let aborted: number | undefined;
  const sink: Sink = {
    async write() {
      writing++;
      controller.abort("enough");
      await new Promise((resolve) => setTimeout(resolve, 300));
      writing--;
    },
    close: async () => assert.fail("closed"),
    async abort() {
      await new Promise((resolve) => setTimeout(resolve, 300));
      aborted = writing;
    },
  };
  const options = { ...PLANS["in parts"], signal: controller.signal };
  assert.equal(await failureOf(downloadTo(client, { key: "a" }, sink, options)), "enough");
  assert.equal(aborted, 0);
});
