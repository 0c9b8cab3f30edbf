/** Uploads whose network or service is away for a while. */
import type { TransferError } from "../../src/errors.ts";
import { memorySink } from "../../src/streams/memory_sink.ts";
import type { Progress } from "../../src/streams/progress.ts";
import { createUpload } from "../../src/transfer/create_upload.ts";
import { downloadAll } from "../../src/transfer/download_all.ts";
import { downloadTo } from "../../src/transfer/download_to.ts";
import { upload } from "../../src/transfer/upload.ts";
import type { CallOptions } from "../../src/types.ts";
import { assert, test } from "../harness.ts";
import { fakePlatform } from "../unit/core/platform.ts";
import { hurry } from "../unit/core/timers.ts";
import { assertBytes, failure, pattern } from "../unit/streams/support.ts";
import { createDisk } from "./reload_support.ts";
import { options, testStore } from "./resume_support.ts";
import { createWorld, PART, type Seen, type World } from "./upload_support.ts";

const QUICK = { timeout: 10_000 };
const bytes = pattern(5 * PART + 7);
const body = new Blob([bytes]);

/** A world whose requests fail, so many from the first that is chosen; and how many of them did. */
function outage(begins: (seen: Seen) => boolean, length: number): { world: World; failed: () => number } {
  const world = createWorld();
  let failed = 0;
  world.onRequest = (seen, forward) => {
    if ((failed > 0 && failed < length) || (failed === 0 && begins(seen))) {
      failed++;
      return Promise.reject(new TypeError("fetch failed"));
    }
    return forward();
  };
  return { world, failed: () => failed };
}

for (const [when, begins] of [
  ["among the parts", (seen: Seen) => seen.part === 3],
  ["when it is completed", (seen: Seen) => seen.kind === "complete"],
] as const)
  test(`an upload with checkpoints outlasts a service that is away ${when}`, QUICK, async () => {
    const { world, failed } = outage(begins, 40);
    const waits: boolean[] = [];
    const onWaiting = (waiting: boolean): void => {
      waits.push(waiting);
    };
    await upload(world.client, { key: "k", body }, { ...options, checkpoints: testStore(), onWaiting });
    assert.equal(failed(), 40);
    assert.include(waits, true);
    assertBytes(await world.read("k"), bytes);
    assert.deepEqual(await world.open(), []);
    const without = outage(begins, 40);
    assert.propertyVal(
      await failure(upload(without.world.client, { key: "k", body }, options)),
      "name",
      "TransferError",
      "without them it fails",
    );
  });

test(
  "a download with checkpoints outlasts a service that is away, but not one that was never there",
  QUICK,
  async () => {
    const plan = { partSize: PART, concurrency: 2 };
    for (const [first, failures] of [
      [4, 40],
      [0, 4],
    ] as const) {
      let asked = 0;
      const { world, failed } = outage((seen) => seen.kind === "other" && asked++ === first, 40);
      await upload(world.client, { key: "k", body }, options);
      const disk = createDisk();
      const { sink, checkpoints } = disk.run();
      const ended = downloadTo(world.client, { key: "k" }, sink, { ...plan, checkpoints }).then(
        () => assertBytes(disk.files.get("a") ?? new Uint8Array(0), bytes),
        (error: Error) => error.name,
      );
      assert.equal(await ended, first ? undefined : "NetworkError");
      assert.equal(failed(), failures);
    }
  },
);

test("a bucket that was never reached is told soon, with checkpoints as well", QUICK, async () => {
  const { world, failed } = outage((seen) => seen.kind === "initiate", 40);
  const error = await failure(upload(world.client, { key: "k", body }, { ...options, checkpoints: testStore() }));
  assert.propertyVal((error as TransferError).cause, "name", "NetworkError");
  assert.equal(failed(), 4);
});

test("an upload that goes on outlasts a service that is away from its first request on", QUICK, async () => {
  const world = createWorld();
  const plan = { ...options, checkpoints: testStore(), concurrency: 1 };
  world.onRequest = (seen, forward) =>
    seen.part === 3 ? Promise.resolve(new Response(null, { status: 403 })) : forward();
  await failure(upload(world.client, { key: "k", body }, plan));
  let failed = 0;
  world.onRequest = (_, forward) => (failed++ < 40 ? Promise.reject(new TypeError("fetch failed")) : forward());
  await upload(world.client, { key: "k", body }, plan);
  assert.isAtLeast(failed, 40);
  assertBytes(await world.read("k"), bytes);
  assert.deepEqual(await world.open(), []);
});

test("a download that goes on outlasts a service that is away from its first request on", QUICK, async () => {
  const world = createWorld();
  await upload(world.client, { key: "k", body }, options);
  const disk = createDisk();
  const run = (): Promise<unknown> => {
    const { sink, checkpoints } = disk.run();
    return downloadTo(world.client, { key: "k" }, sink, { partSize: PART, concurrency: 1, checkpoints });
  };
  let asked = 0;
  world.onRequest = (_, forward) => (asked++ < 3 ? forward() : Promise.resolve(new Response(null, { status: 403 })));
  await failure(run());
  let failed = 0;
  world.onRequest = (_, forward) => (failed++ < 40 ? Promise.reject(new TypeError("fetch failed")) : forward());
  await run();
  assert.isAtLeast(failed, 40);
  assertBytes(disk.files.get("a") ?? new Uint8Array(0), bytes);
});

test("a part that is refused ends an upload with checkpoints at once", QUICK, async () => {
  const world = createWorld();
  world.onRequest = (seen, forward) =>
    seen.part === 2 ? Promise.resolve(new Response(null, { status: 403 })) : forward();
  await failure(upload(world.client, { key: "k", body }, { ...options, checkpoints: testStore(), concurrency: 1 }));
  assert.equal(world.requests.filter(({ part }) => part === 2).length, 1);
});

test("maxRetryTime: 0 takes the patience away again", QUICK, async () => {
  const { world, failed } = outage((seen) => seen.part === 3, 40);
  const impatient = { ...options, checkpoints: testStore(), maxRetryTime: 0, concurrency: 1 };
  await failure(upload(world.client, { key: "k", body }, impatient));
  assert.equal(failed(), 4);
});

type Told = Pick<Progress, "acknowledged" | "rate" | "eta">;
interface Listening extends Pick<CallOptions, "onWaiting"> {
  readonly concurrency: number;
  readonly onProgress: (progress: Told) => void;
}
const WAITING: readonly (readonly [title: string, (world: World, listening: Listening) => Promise<unknown>])[] = [
  ["an upload", ({ client }, listening) => upload(client, { key: "k", body }, { ...options, ...listening })],
  [
    "a download",
    async ({ client }, listening) => {
      const sink = memorySink();
      await downloadTo(client, { key: "k" }, sink, { partSize: PART, ...listening });
      assertBytes(sink.bytes(), bytes);
    },
  ],
  [
    "a download of many",
    ({ client }, listening) =>
      downloadAll(client, { objects: ["k"] }, { file: memorySink }, { partSize: PART, ...listening }),
  ],
];

for (const [title, transfer] of WAITING)
  test(`${title} waits for the network, its rate and the time left unknown meanwhile`, QUICK, async () => {
    const platform = fakePlatform();
    try {
      let now = Date.now();
      const world = createWorld({ now: () => now });
      await upload(world.client, { key: "k", body }, options);
      world.requests.length = 0;
      let tried = 0;
      let asked = 0;
      world.onRequest = ({ kind }, forward) => {
        now += 100;
        if (kind === "part" || kind === "other") asked++;
        if (asked !== 4 || tried > 0) return forward();
        tried++;
        platform.turn(false);
        return Promise.reject(new TypeError("fetch failed"));
      };
      const seen: Told[] = [];
      let waiting: Told | undefined;
      await transfer(world, {
        concurrency: 1,
        onProgress: (progress) => seen.push(progress),
        onWaiting(begins) {
          if (!begins) return;
          waiting = seen.at(-1);
          now += 600_000;
          setTimeout(() => platform.turn(true), 1);
        },
      });
      assert.equal(asked, 7, "one of six parts was asked for twice");
      assert.propertyVal(waiting, "rate", 0);
      // Of a download not every byte is told at once.
      assert.isAbove(waiting?.acknowledged ?? 0, PART);
      assert.notProperty(waiting, "eta");
      assert.isAbove(seen.at(-1)?.rate ?? 0, PART, "the wait is no part of the rate");
      assertBytes(await world.read("k"), bytes);
    } finally {
      platform.restore();
    }
  });

test("an upload that waits for the network is paused, resumed and stopped like any other", QUICK, async (t) => {
  hurry(t);
  const platform = fakePlatform();
  try {
    const world = createWorld();
    platform.turn(false);
    world.onRequest = () => Promise.reject(new TypeError("fetch failed"));
    let waits = 0;
    let told = (): void => {};
    const next = (): Promise<void> =>
      new Promise((resolve) => {
        told = resolve;
      });
    const onWaiting = (waiting: boolean): void => {
      if (!waiting) return;
      waits++;
      told();
    };
    const first = next();
    const store = testStore();
    const job = createUpload(world.client, { key: "k", body }, { ...options, checkpoints: store, onWaiting });
    await first;
    await job.pause();
    assert.equal(platform.listeners(), 0);
    const second = next();
    world.onRequest = (seen, forward) => (seen.part ? Promise.reject(new TypeError("fetch failed")) : forward());
    job.resume();
    await second;
    await job.stop();
    assert.equal(job.state, "stopped");
    assert.equal(platform.listeners(), 0);
    assert.isAtLeast(waits, 2);
    assert.deepEqual(
      [...store.records.values()].map(({ state }) => state),
      ["stopped"],
    );
    world.onRequest = (_, forward) => forward();
    await upload(world.client, { key: "k", body }, { ...options, checkpoints: store });
    assertBytes(await world.read("k"), bytes);
  } finally {
    platform.restore();
  }
});
