/** Batches of downloads that go on where each file was, wherever the run before was cut short. */
import { type DownloadAllOptions, downloadAll, putObject } from "../../src/mod.ts";
import type { DownloadedPiece } from "../../src/transfer/download/types.ts";
import type { DownloadRecord } from "../../src/transfer/resume/download_record.ts";
import { assert, test } from "../harness.ts";
import { assertBytes } from "../unit/streams/support.ts";
import { createDisk, type Run } from "./reload_support.ts";
import { transferErrorOf } from "./support/walks.ts";
import { failureOf, noise, type World, world } from "./support/world.ts";

const PART = 102_400;
const options = { partSize: PART, multipartThreshold: PART, concurrency: 1 } satisfies DownloadAllOptions;
const CONTENTS = { film: noise(5 * PART + 1), other: noise(5 * PART + 1, 7), small: noise(20) } as const;

async function stored(set: World): Promise<void> {
  for (const [key, body] of Object.entries(CONTENTS)) await putObject(set.client, { key, body });
}

/** First bytes of the ranges that were asked for, by key. */
function rangesOf({ wire }: World): string[] {
  return wire.sent.flatMap(({ url, headers }) => {
    const [, first, last] = /bytes=(\d+)-(\d+)/.exec(headers.get("range") ?? "") ?? [];
    // One byte is asked for to see whether the object is still the same.
    return first === undefined || first === last ? [] : [`${url.pathname} ${first}`];
  });
}

test("downloadAll: aborted, refused or killed in the middle, the same call fetches the rest", async (t) => {
  for (const how of ["abort", "refused", "killed"] as const) {
    const set = world(t);
    const { client, oss } = set;
    await stored(set);
    const disk = createDisk();
    const reason = new Error("enough");
    const controller = new AbortController();
    const go = (run: Run, signal?: AbortSignal): Promise<unknown> => {
      const { checkpoints } = run;
      const running = downloadAll(client, { prefix: "" }, run, {
        ...options,
        checkpoints,
        signal: signal ?? run.signal,
      });
      running.catch(() => undefined);
      return Promise.race([running, run.killed]);
    };
    const done = (): readonly DownloadedPiece[] =>
      [...disk.store.records.values()].flatMap((record) =>
        record.key === "film" ? (record as DownloadRecord).done : [],
      );
    const first = disk.run();
    first.onStep = (step) => {
      if (step !== "write" || done().length === 0) return;
      if (how === "abort") controller.abort(reason);
      if (how === "killed") first.kill();
    };
    if (how === "refused")
      oss.faults.add({
        kind: "status",
        status: 403,
        code: "AccessDenied",
        operation: "GetObject",
        key: "film",
        skip: 3,
      });
    const running = go(first, how === "abort" ? controller.signal : undefined);
    if (how === "abort") assert.equal(await failureOf(running), reason);
    else if (how === "killed") assert.equal(await running, "killed");
    else assert.equal((await transferErrorOf(running)).failures?.[0]?.key, "film");
    const left = done();
    assert.isNotEmpty(left, how);
    const asked = rangesOf(set).length;
    await go(disk.run());
    for (const [key, bytes] of Object.entries(CONTENTS)) assertBytes(disk.files.get(key) ?? new Uint8Array(0), bytes);
    const after = rangesOf(set).slice(asked);
    const again = left.filter(({ position }) => after.includes(`/film ${position}`));
    assert.deepEqual(again, [], `${how}: what is there is not fetched again`);
    assert.sameMembers([...disk.files.keys()], Object.keys(CONTENTS), how);
    assert.equal(disk.store.records.size, 0, how);
  }
});
