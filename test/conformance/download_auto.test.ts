/** Downloads that choose the size and number of their parts themselves. */
import { putObject } from "../../src/operations/object/basic.ts";
import { memorySink } from "../../src/streams/memory_sink.ts";
import type { Progress } from "../../src/streams/progress.ts";
import { download } from "../../src/transfer/download.ts";
import { downloadTo } from "../../src/transfer/download_to.ts";
import { assert, runtime, test } from "../harness.ts";
import { assertBytes, pattern } from "../unit/streams/support.ts";
import { createWorld } from "./upload_support.ts";

const MIB = 2 ** 20;
const SIZE = 27 * MIB + 5;
const AUTO = { partSize: "auto", concurrency: "auto" } as const;
const MOST = ["node", "deno", "bun"].includes(runtime) ? 32 : 5;

/** A world with an object, and the lengths that are asked for. */
async function setUp(): Promise<{
  world: ReturnType<typeof createWorld>;
  bytes: Uint8Array<ArrayBuffer>;
  cut: () => void;
}> {
  const world = createWorld();
  const bytes = pattern(SIZE);
  await putObject(world.client, { key: "a.bin", body: bytes });
  world.requests.length = 0;
  world.mostInFlight = 0;
  let cuts = 0;
  world.onRequest = async (_, forward) => {
    const response = await forward();
    if (cuts-- <= 0) return response;
    // The connection breaks in the middle.
    const whole = new Uint8Array(await response.arrayBuffer());
    const body = new Blob([whole.subarray(0, whole.length / 2)]);
    return new Response(body, { status: response.status, headers: response.headers });
  };
  return {
    world,
    bytes,
    cut() {
      cuts = 3;
    },
  };
}

for (const broken of [false, true]) {
  const title = broken ? " over broken connections" : "";

  test(`download, automatic${title}: the bytes in order, and progress that ends at the total`, async () => {
    const { world, bytes, cut } = await setUp();
    if (broken) cut();
    const told: Progress[] = [];
    const onProgress = (progress: Progress): void => void told.push(progress);
    const { body, size } = await download(world.client, { key: "a.bin" }, { ...AUTO, onProgress });
    assert.equal(size, SIZE);
    assertBytes(new Uint8Array(await new Response(body).arrayBuffer()), bytes);
    assert.isAtMost(world.mostInFlight, MOST);
    assert.isAbove(world.requests.length, 3);
    const last = told.at(-1);
    assert.deepInclude(last, { acknowledged: SIZE, total: SIZE });
    assert.equal(last?.parts.done, last?.parts.total);
    if (!broken) assert.equal(last?.parts.total, world.requests.length);
  });

  test(`downloadTo, automatic${title}: the bytes where they belong`, async () => {
    const { world, bytes, cut } = await setUp();
    if (broken) cut();
    const sink = memorySink();
    const { size } = await downloadTo(world.client, { key: "a.bin", range: [7, SIZE - 4] }, sink, AUTO);
    assert.equal(size, SIZE - 10);
    assertBytes(sink.bytes(), bytes.subarray(7, SIZE - 3));
    assert.isAtMost(world.mostInFlight, MOST);
  });
}

test("download, automatic: what nobody reads is not asked for beyond readAhead", async () => {
  const { world, bytes } = await setUp();
  const { body } = await download(world.client, { key: "a.bin" }, { ...AUTO, readAhead: 4 * MIB });
  const reader = body.getReader();
  const { value } = await reader.read();
  assertBytes(value?.slice(0, 10) ?? new Uint8Array(), bytes.slice(0, 10));
  await new Promise((resolve) => setTimeout(resolve, 100));
  const asked = world.requests.map(({ headers }) => headers.get("range") ?? "");
  const ends = asked.map((range) => Number(range.split("-")[1]));
  // What may be ahead, and one part that began just before.
  assert.isBelow(Math.max(...ends), 12 * MIB);
  await reader.cancel();
});
