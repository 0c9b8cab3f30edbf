/** Downloads under faults: the bytes are equal, or there is an error; nothing is left running. */
import { type DownloadCheckpoint, download, downloadTo, isOSSError, putObject, TransferError } from "../../src/mod.ts";
import type { Fault } from "../../src/testing/mod.ts";
import { memory, read } from "../conformance/download_support.ts";
import { onAnswer } from "../conformance/support/wire.ts";
import { failureOf, noise, world } from "../conformance/support/world.ts";
import { assert, fc, runtime, test } from "../harness.ts";
import { countTimers } from "../unit/core/timers.ts";
import { assertBytes } from "../unit/streams/support.ts";

const share = fc.double({ min: 0, max: 1, noNaN: true });
const fault: fc.Arbitrary<Fault> = fc
  .tuple(
    fc.oneof(
      fc.constantFrom<Fault>({ kind: "status", status: 503 }, { kind: "status", status: 500 }, { kind: "lost" }),
      fc.constantFrom<Fault>({ kind: "reset" }, { kind: "crc" }, { kind: "delay", milliseconds: 2 }),
      fc.record({ kind: fc.constant("cut" as const), at: share, silent: fc.boolean() }),
      fc.record({ kind: fc.constant("stall" as const), at: share }),
      fc.record({ kind: fc.constant("flip" as const), at: fc.nat(200) }),
    ),
    fc.nat(6),
    fc.integer({ min: 1, max: 3 }),
  )
  .map(([what, skip, times]) => ({ ...what, operation: "GetObject", skip, times }));

test("downloads: any faults leave the bytes equal or an error", { timeout: 120_000 }, async (t) => {
  const bytes = noise(1500);
  let whole = 0;
  let failed = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.array(fault, { maxLength: 4 }),
      fc.record({ partSize: fc.integer({ min: 100, max: 1600 }), concurrency: fc.integer({ min: 1, max: 4 }) }),
      fc.option(fc.integer({ min: 1, max: 2000 }), { nil: undefined }),
      fc.constantFrom<[number, number?] | undefined>(undefined, [0, 1200], [300], [-700]),
      async (faults, plan, readAhead, range) => {
        const { client, oss, wire } = world(t, { client: { stallTimeout: 40 } });
        await putObject(client, { key: "a", body: bytes });
        for (const one of faults) oss.faults.add(one);
        const [first, last = 1499] = range ?? [0];
        const wanted = first < 0 ? bytes.slice(first) : bytes.slice(first, last + 1);
        const input = { key: "a", range };
        let before = 0;
        const onProgress = ({ loaded, acknowledged }: { loaded: number; acknowledged: number }): void => {
          assert.isAtLeast(loaded + acknowledged, before);
          assert.isAtMost(loaded, wanted.length);
          before = loaded + acknowledged;
        };
        const checked = range === undefined;
        const altered = faults.some(({ kind }) => kind === "flip" || kind === "crc");
        const judge = (got: Uint8Array | undefined, error: unknown): void => {
          if (got) {
            whole++;
            assert.equal(got.length, wanted.length);
            // Of a range nobody knows the CRC-64.
            if (checked || !altered) assertBytes(got, wanted);
          } else {
            failed++;
            if (!isOSSError(error)) throw error;
          }
        };
        await download(client, input, { ...plan, readAhead, onProgress })
          .then(({ body }) => read(body))
          .then(
            (got) => judge(got, undefined),
            (error: unknown) => judge(undefined, error),
          );
        const sink = memory();
        await downloadTo(client, input, sink, plan).then(
          () => judge(sink.bytes(), undefined),
          (error: unknown) => judge(undefined, error),
        );
        assert.include(["closed", "aborted"], sink.state);
        assert.lengthOf(wire.openRequests(), 0);
      },
    ),
    // Where nothing but the streams differs fewer draws do.
    { numRuns: runtime === "node" ? 60 : 25 },
  );
  t.note(`${whole} whole, ${failed} failed`);
  assert.isAbove(whole, failed);
});

test("a part goes on from the byte where it broke", async (t) => {
  // Long enough for a busy machine: what is only late must not be asked for again.
  const { client, oss, wire } = world(t, { client: { stallTimeout: 500 } });
  const bytes = noise(1000);
  await putObject(client, { key: "a", body: bytes });
  oss.faults.add({ operation: "GetObject", kind: "cut", at: 0.25 });
  oss.faults.add({ operation: "GetObject", kind: "stall", at: 0.5, skip: 1 });
  oss.faults.add({ operation: "GetObject", kind: "cut", silent: true, at: 0.2, skip: 2 });
  const { body, etag } = await download(client, { key: "a" });
  assertBytes(await read(body), bytes);
  const gets = wire.sent.filter(({ method }) => method === "GET");
  assert.deepEqual(
    gets.map(({ headers }) => [headers.get("range"), headers.get("if-match")]),
    [
      ["bytes=0-8388607", null],
      ["bytes=250-999", etag ?? "?"],
      ["bytes=625-999", etag ?? "?"],
      ["bytes=700-999", etag ?? "?"],
    ],
  );
});

test("a connection that brings nothing is given up after some attempts", async (t) => {
  for (const silent of [false, true]) {
    const { client, oss, wire } = world(t);
    await putObject(client, { key: "a", body: noise(1000) });
    oss.faults.add({ operation: "GetObject", kind: "cut", at: 0.1, silent, times: 99 });
    const error = await failureOf(download(client, { key: "a" }).then(({ body }) => read(body)));
    assert.instanceOf(error, TransferError);
    assert.match(String(error.cause), silent ? /IntegrityError/ : /NetworkError/);
    assert.isAtMost(wire.sent.length, 8);
  }
});

test("an object that is replaced meanwhile is an error, and never a mixture", async (t) => {
  const { client, oss, wire } = world(t);
  await putObject(client, { key: "a", body: noise(1000) });
  for (const silent of [false, true]) {
    // Silently: a server that does not know If-Match.
    const deaf = world(t, {
      client: {
        fetch: oss.fetch,
        use: [
          (next) => (url, init) => {
            const headers = new Headers(init.headers);
            if (silent) headers.delete("if-match");
            return next(url, { ...init, headers });
          },
        ],
      },
    });
    const { body } = await download(deaf.client, { key: "a" }, { partSize: 400, concurrency: 1, readAhead: 400 });
    const reader = body.getReader();
    assert.lengthOf((await reader.read()).value ?? [], 400);
    await putObject(client, { key: "a", body: noise(1000, silent ? 7 : 8) });
    const error = await failureOf(
      (async () => {
        while (!(await reader.read()).done);
      })(),
    );
    assert.instanceOf(error, TransferError);
    assert.include(error.message, "changed while it was read");
    assert.lengthOf(deaf.wire.openRequests(), 0);
  }
  assert.isAbove(wire.sent.length, 0);
});

test("an answer for another range, of another length or encoding, is refused", async (t) => {
  for (const [name, from, to, told] of [
    ["content-range", "400-799", "401-800", "asked for bytes 400-799"],
    ["content-range", "/1000", "/1001", "1001 bytes instead of 1000"],
    ["content-encoding", "", "gzip", "asked for bytes 400-799"],
    // All of it, from its beginning, of a length that nobody tells.
    ["status", "", "200", "got status 200"],
  ] as const) {
    const wrong = onAnswer((response) => {
      const { status } = response;
      const headers = new Headers(response.headers);
      if (!headers.get("content-range")?.startsWith("bytes 400-")) return response;
      if (name === "status") {
        for (const hidden of ["content-range", "content-length"]) headers.delete(hidden);
        return new Response(response.body, { headers });
      }
      headers.set(name, (headers.get(name) ?? "").replace(from, to));
      return new Response(response.body, { status, headers });
    });
    const { client } = world(t, { client: { use: [wrong] } });
    await putObject(client, { key: "a", body: noise(1000) });
    const sink = memory();
    const error = await failureOf(downloadTo(client, { key: "a" }, sink, { partSize: 400 }));
    assert.instanceOf(error, TransferError);
    assert.include(error.message, told);
    assert.equal(sink.state, "aborted");
    assert.strictEqual(sink.reason, error);
  }
});

test("altered bytes fail the stream at its end, and never close a sink", async (t) => {
  const { client, oss } = world(t);
  await putObject(client, { key: "a", body: noise(1000) });
  const altered = { operation: "GetObject", kind: "flip", at: 5, skip: 1 } as const;
  oss.faults.add(altered);
  const error = await failureOf(download(client, { key: "a" }, { partSize: 300 }).then(({ body }) => read(body)));
  assert.instanceOf(error, TransferError);
  assert.deepInclude(error.cause, { name: "IntegrityError", check: "crc64" });
  oss.faults.add(altered);
  const sink = memory();
  assert.instanceOf(await failureOf(downloadTo(client, { key: "a" }, sink, { partSize: 300 })), TransferError);
  assert.equal(sink.state, "aborted");
  oss.faults.add(altered);
  await downloadTo(client, { key: "a" }, memory(), { partSize: 300, integrity: "none" });
});

test("what had arrived is in the checkpoint", async (t) => {
  const { client, oss } = world(t);
  const bytes = noise(1000);
  const { crc64, etag } = await putObject(client, { key: "a", body: bytes });
  oss.faults.add({ operation: "GetObject", kind: "status", status: 403, skip: 2, times: 9 });
  const error = await failureOf(downloadTo(client, { key: "a" }, memory(), { partSize: 300, concurrency: 1 }));
  assert.instanceOf(error, TransferError);
  const checkpoint = error.checkpoint as DownloadCheckpoint;
  assert.deepEqual(JSON.parse(JSON.stringify(checkpoint)), checkpoint);
  assert.deepInclude(checkpoint, {
    kind: "download",
    key: "a",
    etag,
    crc64: `${crc64}`,
    objectSize: 1000,
    start: 0,
    end: 1000,
  });
  assert.deepEqual(
    checkpoint.done.map(({ position, length }) => [position, length]),
    [
      [0, 300],
      [300, 300],
    ],
  );
});

test("aborts and cancels stop everything, with the caller's reason", { timeout: 20_000 }, async (t) => {
  const timers = countTimers();
  try {
    for (const how of ["abort", "cancel", "abort before", "abort sink", "failing sink"]) {
      const { client, oss, wire } = world(t);
      await putObject(client, { key: "a", body: noise(1000) });
      if (how !== "failing sink")
        oss.faults.add({
          operation: "GetObject",
          kind: "stall",
          at: 0.5,
          times: 99,
          skip: how === "abort before" ? 0 : 1,
        });
      const controller = new AbortController();
      const reason = { how };
      const options = { partSize: 200, concurrency: 3, signal: controller.signal };
      if (how === "abort sink" || how === "failing sink") {
        const sink = memory(() => {
          if (how === "abort sink") controller.abort(reason);
          else throw new Error("disk full");
        });
        const error = await failureOf(downloadTo(client, { key: "a" }, sink, options));
        if (how === "abort sink") assert.strictEqual(error, reason);
        else assert.match(String(error), /TransferError: Cannot download "a": disk full/);
        assert.equal(sink.state, "aborted");
      } else {
        const { body } = await download(client, { key: "a" }, options);
        const reader = body.getReader();
        if (how !== "abort before") await reader.read();
        if (how === "cancel") {
          await reader.cancel(reason);
          assert.isTrue((await reader.read()).done);
        } else {
          controller.abort(reason);
          assert.strictEqual(
            await failureOf(
              (async () => {
                while (!(await reader.read()).done);
              })(),
            ),
            reason,
          );
        }
      }
      assert.lengthOf(wire.openRequests(), 0, how);
      assert.equal(timers.running(), 0, how);
    }
  } finally {
    timers.restore();
  }
});
