/** Ends of downloads that come late: after the last byte, or with bytes that nobody asked for. */
import { download, downloadTo, putBucketVersioning, putObject, type TransferError } from "../../src/mod.ts";
import { memory, read } from "../conformance/download_support.ts";
import { hide, onAnswer } from "../conformance/support/wire.ts";
import { failureOf, noise, world } from "../conformance/support/world.ts";
import { assert, test } from "../harness.ts";
import { countTimers } from "../unit/core/timers.ts";
import { assertBytes } from "../unit/streams/support.ts";

test("an abort, a cancel and the time limit hold also when all has arrived and was not read", async (t) => {
  const timers = countTimers();
  try {
    for (const how of ["abort", "cancel", "timeout"]) {
      const { client, wire } = world(t);
      await putObject(client, { key: "a", body: noise(1000) });
      const controller = new AbortController();
      const timeout = how === "timeout" ? 300 : 60_000;
      const options = { partSize: 200, readAhead: 1000, concurrency: 5, timeout, signal: controller.signal };
      const { body } = await download(client, { key: "a" }, options);
      const reader = body.getReader();
      await reader.read();
      const asked = (): number => wire.sent.filter(({ method }) => method === "GET").length;
      for (let turns = 0; turns < 10 || asked() < 5 || wire.openRequests().length > 0; turns++)
        await new Promise((turn) => setTimeout(turn, 1));
      const reason = { how };
      if (how === "cancel") await reader.cancel(reason);
      else {
        if (how === "abort") controller.abort(reason);
        else await failureOf(reader.closed);
        const error = await failureOf(reader.read());
        if (how === "abort") assert.strictEqual(error, reason);
        else assert.match(String(error), /TransferError: .* "a": .*300 ms/);
      }
      assert.equal(timers.running(), 0, how);
    }
  } finally {
    timers.restore();
  }
});

test("an answer with more bytes than were asked for is refused", async (t) => {
  const longer = onAnswer((response) => {
    if (!response.headers.get("content-range")?.startsWith("bytes 400-")) return response;
    const { status, headers } = response;
    return new Response(noise(401), { status, headers });
  });
  const { client } = world(t, { client: { use: [longer] } });
  await putObject(client, { key: "a", body: noise(1000) });
  const sink = memory();
  // Of a part of an object there is no CRC-64.
  const asked = downloadTo(client, { key: "a", range: [0, 899] }, sink, { partSize: 400 });
  assert.include(String(await failureOf(asked)), "more came than the bytes 400-799");
  assert.equal(sink.state, "aborted");
});

/** In parts, and in one request as what is processed. */
const WAYS = [{ key: "a" }, { key: "a", process: "image/resize,w_1" }];

const picture = onAnswer((response) => {
  if (response.status !== 400) return response;
  response.body?.cancel();
  return new Response(noise(1000));
});

test("a sink is closed when its slowest write is over, and aborted when that failed", async (t) => {
  const turn = (): Promise<void> => new Promise((done) => setTimeout(done, 1));
  for (const input of WAYS) {
    const requests = input.process ? 1 : 3;
    const slowest = input.process ? 0 : 800;
    for (const fails of [false, true]) {
      const { client, wire } = world(t, { client: { use: [picture] } });
      await putObject(client, { key: "a", body: noise(1000) });
      let end: ((failed: boolean) => void) | undefined;
      const slow = new Promise<boolean>((resolve) => {
        end = resolve;
      });
      const sink = memory(async (position) => {
        if (position >= slowest && (await slow)) throw new Error("disk full");
      });
      const done = downloadTo(client, input, sink, { partSize: 400 });
      const asked = (): number => wire.sent.filter(({ method }) => method === "GET").length;
      for (let turns = 0; turns < 10 || asked() < requests || wire.openRequests().length > 0; turns++) await turn();
      assert.equal(sink.state, "open");
      end?.(fails);
      if (fails) {
        const error = await failureOf(done);
        assert.include(String(error), "disk full");
        // Nobody knows what was written.
        assert.isUndefined((error as TransferError).checkpoint);
      } else assert.equal((await done).size, 1000);
      assert.equal(sink.state, fails ? "aborted" : "closed");
    }
  }
});

test("a sink is aborted when the writes that are under way are over", async (t) => {
  const { client } = world(t);
  await putObject(client, { key: "a", body: noise(1000) });
  const seen: string[] = [];
  const sink = memory(async (position) => {
    if (position > 0) throw new Error("disk full");
    await new Promise((done) => setTimeout(done, 50));
    seen.push("written");
  });
  const abort = async (reason: unknown): Promise<void> => {
    seen.push("aborted");
    await sink.abort(reason);
  };
  const error = await failureOf(downloadTo(client, { key: "a" }, { ...sink, abort }, { partSize: 400 }));
  assert.include(String(error), "disk full");
  assert.deepEqual(seen, ["written", "aborted"]);
});

test("of a range no other object is read on, also where the answers hide the ETag that would pin it", async (t) => {
  for (const hidden of [["etag"], ["etag", "x-oss-hash-crc64ecma"]]) {
    const { client } = world(t, { client: { use: [onAnswer((response) => hide(response, ...hidden))] } });
    await putBucketVersioning(client, { versioning: "Enabled" });
    await putObject(client, { key: "a", body: noise(1000) });
    const options = { partSize: 400, concurrency: 1, readAhead: 400 };
    const { body } = await download(client, { key: "a", range: [0, 899] }, options);
    const reader = body.getReader();
    assert.lengthOf((await reader.read()).value ?? [], 400);
    await putObject(client, { key: "a", body: noise(1000, 7) });
    const error = await failureOf(
      (async () => {
        while (!(await reader.read()).done);
      })(),
    );
    assert.deepInclude((error as TransferError).cause, { name: "IntegrityError" });
    assert.include(String(error), "changed while it was read");
  }
});

test("a connection that breaks again and again is gone on with as long as it brings something", async (t) => {
  const { client, oss } = world(t);
  const bytes = noise(1_500_000);
  await putObject(client, { key: "a", body: bytes });
  oss.faults.add({ operation: "GetObject", kind: "cut", at: 0.2, times: 7 });
  assertBytes(await read((await download(client, { key: "a" })).body), bytes);
});
