/** Progress byte by byte, where the `fetch` counts; whole parts where it does not. */
import { createUpload, type Fetch, type Progress, upload } from "../../src/mod.ts";
import { assert, test } from "../harness.ts";
import { failure, pattern } from "../unit/streams/support.ts";
import { createWorld, PART } from "./upload_support.ts";

const bytes = pattern(3 * PART);
const STEPS = [0, 1000, 50_000];

/** Middleware that counts in steps. */
const counting =
  (next: Fetch): Fetch =>
  async (url, init) => {
    const size = (init.body as Uint8Array | null)?.byteLength ?? 0;
    for (const count of STEPS) if (count < size) init.onUpload?.(count);
    const response = await next(url, init);
    init.onUpload?.(size);
    return response;
  };

for (const [way, options, body] of [
  ["in parts", { partSize: PART, multipartThreshold: 0, concurrency: 1 }, bytes],
  ["in one request", {}, new Blob([bytes])],
] as const) {
  test(`upload ${way}: loaded moves with every byte that a fetch counts, and ends at the total`, async () => {
    const world = createWorld({ use: [counting] });
    const seen: Progress[] = [];
    await upload(world.client, { key: "k", body }, { ...options, onProgress: (now) => seen.push(now) });
    const loaded = seen.map((now) => now.loaded);
    assert.includeMembers(loaded, way === "in parts" ? [0, 1000, 50_000, PART, PART + 1000, 3 * PART] : [0, 1000]);
    assert.deepEqual(
      loaded,
      loaded.toSorted((a, b) => a - b),
    );
    assert.deepInclude(seen.at(-1), { loaded: bytes.length, acknowledged: bytes.length });
    for (const now of seen) assert.isAtMost(now.acknowledged, now.loaded);
  });

  test(`upload ${way}: with a plain fetch a part counts when its request begins`, async () => {
    const world = createWorld();
    const seen: string[] = [];
    const onProgress = ({ loaded, acknowledged }: Progress): void => void seen.push(`${loaded} ${acknowledged}`);
    await upload(world.client, { key: "k", body }, { ...options, onProgress });
    const steps = way === "in parts" ? [0, 1, 2] : [0];
    const size = way === "in parts" ? PART : bytes.length;
    assert.deepEqual(seen, [
      "0 0",
      ...steps.flatMap((step) => [`${(step + 1) * size} ${step * size}`, `${(step + 1) * size} ${(step + 1) * size}`]),
    ]);
  });
}

test("upload: what a listener throws while bytes are counted ends it, with nothing left behind", async () => {
  const world = createWorld({ use: [counting] });
  const odd = new Error("odd");
  const onProgress = ({ loaded }: Progress): void => {
    if (loaded === PART + 1000) throw odd;
  };
  const options = { partSize: PART, multipartThreshold: 0, concurrency: 1, onProgress };
  assert.equal(await failure(upload(world.client, { key: "k", body: bytes }, options)), odd);
  assert.deepEqual(await world.open(), []);
  assert.equal(world.inFlight, 0);
});

test("createUpload: what was counted of a part before a pause is not counted twice", async () => {
  const world = createWorld({ use: [counting] });
  const job = createUpload(world.client, { key: "k", body: bytes }, { partSize: PART, multipartThreshold: 0 });
  world.onRequest = async ({ kind, part, signal }, forward) => {
    if (kind !== "part" || part !== 2 || world.requests.filter((seen) => seen.part === 2).length > 1) return forward();
    void job.pause().then(() => job.resume());
    return new Promise((_, reject) => signal?.addEventListener("abort", () => reject(signal.reason)));
  };
  const seen: number[] = [];
  for await (const { loaded } of job) seen.push(loaded);
  await job.finished;
  assert.lengthOf(
    world.requests.filter(({ part }) => part === 2),
    2,
  );
  assert.deepEqual(
    seen,
    seen.toSorted((a, b) => a - b),
  );
  assert.equal(seen.at(-1), bytes.length);
});
