/** Opening an upload on a network that loses answers, in run after run: the last run leaves nothing open. */
import { copy, putObject, upload } from "../../src/mod.ts";
import { assert, fc, test } from "../harness.ts";
import { assertBytes, failure, pattern } from "../unit/streams/support.ts";
import { options, testStore } from "./resume_support.ts";
import { createWorld, PART, type World } from "./upload_support.ts";

const bytes = pattern(3 * PART + 7);
const body = new Blob([bytes]);

/** What becomes of a request to open an upload, or to list those that are open. */
const fate = fc.constantFrom("answered", "unanswered", "unheard");
/** Of the first requests of each run; afterwards the network is gone. */
const runs = fc.array(fc.array(fate, { maxLength: 8 }), { minLength: 1, maxLength: 4 });

type Fate = "answered" | "unanswered" | "unheard";

/** Lets so many requests through, each to its fate; parts never get that far. */
function cut(world: World, fates: readonly Fate[]): void {
  const left = [...fates];
  world.onRequest = async (seen, forward) => {
    if (seen.kind === "head") return forward();
    const next = seen.kind === "part" ? undefined : left.shift();
    const answer = next && next !== "unheard" && (await forward());
    if (answer && next === "answered") return answer;
    throw new TypeError("fetch failed");
  };
}

for (const kind of ["upload", "copy"] as const)
  test(`${kind}: whatever answers were lost while it was opened, in any number of runs, nothing stays open`, async () => {
    await fc.assert(
      fc.asyncProperty(runs, async (fates) => {
        const world = createWorld({ retry: { base: 0.1, max: 0.1 } });
        await putObject(world.client, { key: "a", body });
        const plan = { ...options, checkpoints: testStore(), maxRetryTime: 0 };
        const run = (): Promise<unknown> =>
          kind === "copy"
            ? copy(world.client, { sourceKey: "a", key: "k" }, plan)
            : upload(world.client, { key: "k", body }, plan);
        for (const some of fates) {
          cut(world, some);
          await failure(run());
        }
        world.onRequest = (_, forward) => forward();
        await run();
        assertBytes(await world.read("k"), bytes);
        assert.deepEqual(await world.open(), []);
        assert.deepEqual(world.warnings, []);
        assert.equal(plan.checkpoints.records.size, 0);
      }),
      { numRuns: 25 },
    );
  });
