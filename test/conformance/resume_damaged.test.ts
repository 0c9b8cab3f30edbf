/** Records in which any one field is another value: told and not used, or as good as they were; nothing hangs. */
import type { TransferRecord } from "../../src/checkpoints.ts";
import { isOSSError, putObject, transfers } from "../../src/mod.ts";
import { downloadTo } from "../../src/transfer/download_to.ts";
import { assert, fc, test } from "../harness.ts";
import { assertBytes, pattern } from "../unit/streams/support.ts";
import { createDisk } from "./reload_support.ts";
import { createCopyScene, createScene, type TestStore } from "./resume_support.ts";
import { createWorld, PART } from "./upload_support.ts";

const bytes = pattern(4 * PART + 7);

/** A transfer of five parts that was killed when some were there. */
interface Left {
  readonly store: TestStore;
  readonly warnings: readonly string[];
  resume(fresh?: boolean): Promise<unknown>;
  /** What it has made. */
  made(): Promise<Uint8Array>;
  /** What is left at the service or in the sink. */
  left(): Promise<readonly string[]>;
}

async function leaveUpload(plan: { readonly partSize?: "auto" }): Promise<Left> {
  const scene = createScene();
  const body = new Blob([bytes]);
  scene.kill = (step) => step === "before part 3";
  assert.equal(await scene.run({ body }, { concurrency: 1 }), "killed");
  scene.kill = undefined;
  const [record] = scene.store.records.values();
  // Of parts that adapt the sizes are written down.
  if (plan.partSize && record)
    scene.store.records.set(record.id, { ...record, sizes: [PART, PART, PART, PART] } as TransferRecord);
  return {
    ...{ store: scene.store, warnings: scene.warnings },
    resume: (fresh) => scene.run({ body }, { ...plan, fresh, concurrency: 1 }),
    made: () => scene.world.read("k"),
    left: () => scene.world.open(),
  };
}

const LEAVE: Readonly<Record<string, () => Promise<Left>>> = {
  upload: () => leaveUpload({}),
  "upload whose parts adapt": () => leaveUpload({ partSize: "auto" }),
  async copy() {
    const scene = await createCopyScene(bytes);
    scene.kill = (step) => step === "before part 3";
    assert.equal(await scene.run({}, { concurrency: 1 }), "killed");
    scene.kill = undefined;
    return {
      ...{ store: scene.store, warnings: scene.warnings },
      resume: (fresh) => scene.run({}, { fresh, concurrency: 1 }),
      made: () => scene.world.read("b"),
      left: () => scene.world.open(),
    };
  },
  async download() {
    const { client, warnings } = createWorld();
    await putObject(client, { key: "k", body: bytes });
    const disk = createDisk();
    const run = (fresh?: boolean, dying = disk.run()): Promise<unknown> => {
      const { sink, checkpoints, signal, killed } = dying;
      const options = { partSize: PART, concurrency: 1, fresh, checkpoints, signal };
      const running = downloadTo(client, { key: "k" }, sink, options);
      running.catch(() => undefined);
      return Promise.race([running, killed]);
    };
    const dying = disk.run();
    dying.onStep = (step) => {
      const [record] = disk.store.records.values();
      if (step === "write" && (Object(record).done?.length ?? 0) > 0) dying.kill();
    };
    assert.equal(await run(false, dying), "killed");
    return {
      ...{ store: disk.store, warnings, resume: run },
      made: async () => disk.files.get("a") ?? new Uint8Array(0),
      left: async () => disk.left(),
    };
  },
};

/** What JSON may hold, and what a database may; near what stood there, as well. */
function damaged(value: unknown): fc.Arbitrary<unknown> {
  const near = typeof value === "number" ? [value - 1, value + 1, value * 2, value / 2, -value, 0, 1, 2 ** 53] : [];
  const odd = [
    Number.NaN,
    Number.POSITIVE_INFINITY,
    -0,
    1e300,
    null,
    "",
    "\ud800",
    "\0",
    "é",
    "../..",
    "0",
    true,
    [],
    {},
  ];
  const wrapped = [String(value), [value], { 0: value }, [value, value], JSON.stringify(value)];
  const sizes = [
    [5],
    [PART, -PART],
    [PART, "1"],
    [PART, null],
    [PART, Number.NaN],
    [1, 1, 1, 1],
    [PART, PART / 2, PART],
  ];
  const many = [
    Array(10_001).fill(PART),
    Array(10_000).fill(1),
    [PART, 5 * PART],
    [bytes.length, 1],
    [bytes.length + 1],
  ];
  const inner =
    Object(value) === value && Object.keys(Object(value)).length > 0
      ? fc.constantFrom(...Object.keys(Object(value))).chain((name) => {
          const change = (other: unknown): unknown =>
            Array.isArray(value) ? value.with(Number(name), other) : { ...Object(value), [name]: other };
          return damaged(Reflect.get(Object(value), name)).map(change);
        })
      : fc.jsonValue();
  return fc.oneof(fc.constantFrom<unknown>(...near, ...odd, ...wrapped, ...sizes, ...many), fc.jsonValue(), inner);
}

/** Fields that these records might have had as well. */
const MAYBE = {
  completing: { size: bytes.length, crc64: "1" },
  lost: { times: 1, begun: 1_700_000_000_000, again: 1_700_000_001_000 },
  sizes: [PART],
  versionId: "v",
  handle: {},
};

for (const [kind, leave] of Object.entries(LEAVE)) {
  test(`resume: of a damaged ${kind} the reason is told, or it goes on, or ends clearly; a fresh start always works`, async () => {
    const whole = await leave();
    const [first] = whole.store.records.values();
    const record = { ...MAYBE, ...first };
    const damage = fc
      .constantFrom(...Object.keys(record))
      .chain((field) => damaged(Reflect.get(record, field)).map((value) => ({ field, value })));
    await fc.assert(
      fc.asyncProperty(damage, async ({ field, value }) => {
        const left = await leave();
        const [own] = left.store.records.values();
        assert.isDefined(own);
        left.store.records.set(own?.id ?? "", { ...own, [field]: value } as TransferRecord);
        const failed = await left.resume().then(
          () => undefined,
          (error: unknown) => error,
        );
        if (failed !== undefined) {
          assert.isTrue(isOSSError(failed), `${failed}`);
          // It says what to do, or what the service has against such parts. A fresh start works.
          assert.match(String(failed), field === "partSize" ? /EntityTooSmall/ : /fresh: true/);
          await left.resume(true);
        }
        assertBytes(await left.made(), bytes);
        assert.equal(left.store.records.size, 0);
        const told = left.warnings.filter((warning) => warning.startsWith("The record"));
        // A length that does not fit to another one may be the one that is blamed.
        for (const warning of told) assert.match(warning, /(its \w+ is wrong or missing|it is no object)$/);
      }),
      { numRuns: 40 },
    );
  });
}

test("resume: what a record says of its parts is one that the service would take, and no more than the whole", async () => {
  const { store } = await leaveUpload({ partSize: "auto" });
  const [record] = store.records.values();
  const wrong: readonly object[] = [
    ...[[PART, 5], [PART, PART - 1, PART], [0], [-PART], [PART + 0.5], [Number.NaN], [`${PART}`], [null]].map(
      (sizes) => ({ sizes }),
    ),
    ...[[bytes.length, 1], [bytes.length + 1], Array(10_000).fill(1), null, 1, "", {}, { length: 0 }].map((sizes) => ({
      sizes,
    })),
    { sizes: Array(10_000).fill(PART), size: 10_000 * PART + 1 },
    { sizes: Array(10_001).fill(PART), size: undefined },
    ...[0, -PART, 40, 6 * 1024 ** 3, `${PART}`].map((partSize) => ({ partSize, sizes: undefined })),
    ...[1, {}, { times: 1, begun: 1 }, { times: "1", begun: 1, again: 2 }].map((lost) => ({ lost })),
    { state: ["running"] },
    { headers: ["a"] },
  ];
  const right: readonly object[] = [
    ...[[], [bytes.length], [PART, bytes.length - PART], [PART, PART, PART, PART, 7], undefined].map((sizes) => ({
      sizes,
    })),
    { sizes: Array(10_000).fill(PART), size: 10_000 * PART },
    // The end of a stream may have been any part.
    { sizes: [PART, 5, PART], size: undefined },
    { sizes: undefined, size: 7, partSize: 7 },
    { lost: { times: 2, begun: 1, again: 2 } },
  ];
  for (const [fields, isWrong] of [
    ...wrong.map((one) => [one, true] as const),
    ...right.map((one) => [one, false] as const),
  ]) {
    store.records.set(record?.id ?? "", { ...record, ...fields } as TransferRecord);
    const skipped: string[] = [];
    let found = 0;
    for await (const _ of transfers(store, { onSkipped: (_, reason) => skipped.push(reason) })) found++;
    assert.equal(found, isWrong ? 0 : 1, JSON.stringify(fields).slice(0, 80));
    if (isWrong) assert.match(skipped.join(), /^its (sizes|partSize|lost|state|headers) is wrong or missing$/);
  }
});
