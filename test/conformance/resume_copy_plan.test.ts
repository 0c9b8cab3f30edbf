/** Whatever the service has of a copy, and whatever became of its source: the right object, or the right error. */
import type { OSSError, TransferError } from "../../src/errors.ts";
import { deleteObject, putObject } from "../../src/operations/object/basic.ts";
import type { CopyRecord } from "../../src/transfer/resume/types.ts";
import { assert, fc } from "../harness.ts";
import { assertBytes, pattern } from "../unit/streams/support.ts";
import {
  assertPaged,
  heldOf,
  leadsToTheRight,
  PIECE,
  putParts,
  type Remote,
  sentParts,
  serviceOf,
  wholeOf,
  without,
} from "./remote_parts.ts";
import { createCopyScene } from "./resume_support.ts";

/** What becomes of the source: while nobody copies, or when the first part that is missing is about to be copied. */
const change = fc.constantFrom("none", "none", "none", "rewritten", "replaced", "longer", "deleted", "midway");
type Change = typeof change extends fc.Arbitrary<infer C> ? C : never;

async function goesOn(remote: Remote, [changed, noSums]: [Change, boolean]): Promise<void> {
  const whole = wholeOf(remote);
  const scene = await createCopyScene(whole, serviceOf(noSums));
  const { world, store } = scene;
  const { client } = world;
  await putObject(client, { key: "b", body: "old" });
  scene.kill = (step) => step === "after set opened";
  assert.equal(await scene.run({}), "killed");
  scene.kill = undefined;
  const [written] = store.records.values();
  const record = { ...(written as CopyRecord), partSize: PIECE };
  store.records.set(record.id, record);
  const { uploadId = "" } = record;
  // Without sums nobody could tell them from the source's: only a stranger who knows the upload can have sent them.
  const kinds = remote.kinds.map((kind) => (noSums && kind === "other" ? "right" : kind));
  const has: Remote = { ...remote, kinds };
  const there = await putParts(world, { key: "b", uploadId }, has);
  const before = await there();
  const other = changed === "longer" ? pattern(whole.length + 1, 1) : pattern(whole.length, 1);
  const replace = (): Promise<unknown> => putObject(client, { key: "a", body: other });
  if (changed === "rewritten") await putObject(client, { key: "a", body: whole, metadata: { by: "me" } });
  if (changed === "replaced" || changed === "longer") await replace();
  if (changed === "deleted") await deleteObject(client, { key: "a" });
  scene.requests.length = 0;
  scene.onRequest = async (seen, forward) => {
    if (changed === "midway" && seen.kind === "part") await replace();
    return world.onRequest(seen, forward);
  };
  const error = await scene.run({}).then(
    () => undefined,
    (error: unknown) => error as TransferError,
  );
  scene.onRequest = (_, forward) => forward();
  const held = heldOf(has);
  const missing = without(has.count, new Set(held));
  const isOld = async (): Promise<void> => assert.equal(new TextDecoder().decode(await world.read("b")), "old");

  if (/^(replaced|longer|deleted)$/.test(changed)) {
    if (changed === "deleted") assert.propertyVal(error as unknown as OSSError, "code", "NoSuchKey", String(error));
    else assert.propertyVal(error?.cause, "name", "SourceChangedError", String(error));
    assert.deepEqual(sentParts(scene), []);
    assert.deepEqual(await there(), before);
    assert.deepEqual<unknown>([...store.records.values()], [record]);
    await isOld();
    if (changed === "deleted") await replace();
    await scene.run({}, { fresh: true });
    assertBytes(await world.read("b"), other);
  } else if (changed === "midway" && missing.length > 0) {
    // What was pinned to a source that is gone is of no use to anybody.
    assert.propertyVal(error?.cause, "name", "SourceChangedError", String(error));
    await isOld();
    assert.deepEqual([await world.open(), store.records.size], [[], 0]);
    await scene.run({});
    assertBytes(await world.read("b"), other);
  } else if (held.some((number) => kinds[number - 1] === "other")) {
    assert.propertyVal(error?.cause, "name", "IntegrityError", String(error));
    await isOld();
    assert.deepEqual([await world.open(), store.records.size], [[], 0]);
    await scene.run({});
    assertBytes(await world.read("b"), whole);
  } else {
    if (error) throw error;
    assertPaged(scene, has);
    assert.deepEqual(sentParts(scene), missing);
    assertBytes(await world.read("b"), whole);
  }
  assert.deepEqual([await world.open(), store.records.size], [[], 0]);
}

leadsToTheRight({ transfer: "copy", changed: "source" }, fc.tuple(change, fc.boolean()), goesOn, 60);
