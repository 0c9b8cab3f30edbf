/** Downloads that go on from any state: the bytes are those of the object, or there is the right error. */
import { crc64 } from "../../src/checksum/crc64.ts";
import { deleteObject, downloadTo, putObject } from "../../src/mod.ts";
import type { DownloadRecord } from "../../src/transfer/resume/download_record.ts";
import { createDisk } from "../conformance/reload_support.ts";
import { noise, world } from "../conformance/support/world.ts";
import { assert, fc, test } from "../harness.ts";
import { assertBytes } from "../unit/streams/support.ts";

const SIZE = 3000;
const bytes = noise(SIZE);
const other = noise(SIZE, 7);

/** Lengths of what is there and what is missing, in turns. */
const cuts = fc.array(fc.integer({ min: 1, max: 700 }), { maxLength: 12 });
const damage = fc.oneof(
  fc.record({ kind: fc.constant("flip" as const), at: fc.nat(SIZE - 1) }),
  fc.record({ kind: fc.constant("short" as const), at: fc.nat(SIZE) }),
  fc.record({ kind: fc.constant("gone" as const), at: fc.constant(0) }),
  /** Short by one byte of a piece, or not quite. */
  fc.record({ kind: fc.constant("cut" as const), at: fc.nat(12), by: fc.constantFrom(-1, -1, 0, 1) }),
);
const change = fc.constantFrom("none", "none", "none", "none", "replaced", "longer", "deleted");

test("reload: any pieces, any damage, any change of the object", { timeout: 120_000 }, async (t) => {
  let mended = 0;
  await fc.assert(
    fc.asyncProperty(
      cuts,
      fc.boolean(),
      fc.array(damage, { maxLength: 3 }),
      change,
      fc.constantFrom("all" as const, "all" as const, "sample" as const, "none" as const, "none" as const),
      fc.record({ partSize: fc.integer({ min: 100, max: 1500 }), concurrency: fc.integer({ min: 1, max: 4 }) }),
      async (lengths, first, damages, changed, verify, plan) => {
        const { client, wire } = world(t);
        await putObject(client, { key: "k", body: bytes });
        const disk = createDisk();
        const begun = disk.run();
        begun.onStep = (step) => step === "write" && begun.kill();
        const { sink, checkpoints, signal } = begun;
        await downloadTo(client, { key: "k" }, sink, { partSize: 100, checkpoints, signal }).catch(() => undefined);
        const [[id, record] = assert.fail("no record")] = [...disk.store.records];

        // What is there is right; what is not holds something else.
        const local = noise(SIZE, 3);
        const done: { position: number; length: number; crc64: string }[] = [];
        let at = 0;
        for (const [index, length] of lengths.entries()) {
          const end = Math.min(SIZE, at + length);
          if ((index % 2 === 0) === first && end > at) {
            const piece = bytes.slice(at, end);
            local.set(piece, at);
            done.push({ position: at, length: end - at, crc64: `${crc64(piece)}` });
          }
          at = end;
        }
        const crafted: DownloadRecord = { ...(record as DownloadRecord), done };
        disk.store.records.set(id, crafted);
        const name = disk.left()[0] ?? assert.fail("nothing is left");
        let held = local;
        const hurt = new Set<number>();
        for (const one of damages) {
          const { kind, at: place } = one;
          // That bytes are missing is seen by whoever compares nothing.
          if (kind === "flip" && verify !== "all") continue;
          const { position = 0, length = 0 } = done[place % done.length] ?? {};
          if (kind === "cut") held = held.slice(0, Math.max(0, position + length + one.by));
          if (kind === "flip" && place < held.length) held[place] = (held[place] ?? 0) ^ 1;
          if (kind === "short") held = held.slice(0, place);
          if (kind === "gone") held = new Uint8Array(0);
        }
        for (const [index, { position, length, crc64: sum }] of done.entries()) {
          const piece = held.slice(position, position + length);
          if (piece.length < length || `${crc64(piece)}` !== sum) hurt.add(index);
        }
        disk.files.set(name, held);

        if (changed === "replaced") await putObject(client, { key: "k", body: other });
        if (changed === "longer") await putObject(client, { key: "k", body: noise(SIZE + 500, 7) });
        if (changed === "deleted") await deleteObject(client, { key: "k" });
        const before = wire.sent.length;
        const go = async (fresh: boolean): Promise<unknown> => {
          const run = disk.run();
          const call = { ...plan, checkpoints: run.checkpoints, verify, fresh };
          return downloadTo(client, { key: "k" }, run.sink, call).catch((error: unknown) => error);
        };
        const result = await go(false);
        if (changed === "none") {
          assert.deepInclude(result, { size: SIZE });
          assertBytes(disk.files.get("a") ?? new Uint8Array(0), bytes);
          assert.deepEqual([disk.left(), disk.store.records.size], [[], 0]);
          let fetched = 0;
          for (const { headers } of wire.sent.slice(before)) {
            const [, from, to] = /bytes=(\d+)-(\d+)/.exec(headers.get("range") ?? "") ?? [];
            fetched += Number(to) + 1 - Number(from);
          }
          const kept = done.reduce((sum, { length }, index) => sum + (hurt.has(index) ? 0 : length), 0);
          assert.equal(fetched, SIZE - kept + 1);
          if (hurt.size > 0) mended++;
          return;
        }
        assert.deepInclude(result, changed === "deleted" ? { code: "NoSuchKey" } : { name: "TransferError" });
        if (changed !== "deleted") assert.match(String(result), /replaced.*fresh: true/);
        assert.deepEqual([disk.files.get(name), disk.files.has("a")], [held, false]);
        assert.deepEqual<unknown>(disk.store.records.get(id), crafted);
        if (changed === "deleted") return;
        assert.deepInclude(await go(true), { size: changed === "longer" ? SIZE + 500 : SIZE });
        assertBytes(disk.files.get("a") ?? new Uint8Array(0), changed === "longer" ? noise(SIZE + 500, 7) : other);
        assert.deepEqual([disk.left(), disk.store.records.size], [[], 0]);
      },
    ),
    { numRuns: 150 },
  );
  t.note(`${mended} had damaged pieces`);
  assert.isAbove(mended, 0);
});
