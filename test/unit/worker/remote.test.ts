/** Transfers in a worker, as the page follows them: the worker says what the test lets it say. */
import type { Progress } from "../../../src/streams/progress.ts";
import { pack } from "../../../src/worker/crossing.ts";
import type { ToWorker } from "../../../src/worker/port.ts";
import { follow } from "../../../src/worker/remote.ts";
import { assert, test } from "../../harness.ts";
import { failure } from "../streams/support.ts";

const progress = {} as Progress;

/** A listener of progress, and one of waiting. */
type Listen = () => unknown;

function followed(listen: Listen): { readonly told: ToWorker[]; readonly course: ReturnType<typeof follow> } {
  const told: ToWorker[] = [];
  const course = follow(7, { onProgress: listen, onWaiting: listen }, (message) => told.push(message));
  return { told, course };
}

const WAYS: Readonly<Record<string, Listen>> = {
  throws: () => {
    throw new RangeError("no such bar");
  },
  rejects: () => Promise.reject(new RangeError("no such bar")),
};

for (const [way, listen] of Object.entries(WAYS))
  for (const listener of ["tell", "tellWaiting"] as const)
    test(`remote: a listener that ${way} (${listener}) fails a transfer that is done before it hears of it`, async () => {
      const { told, course } = followed(listen);
      if (listener === "tell") course.tell(progress);
      else course.tellWaiting(true);
      await Promise.resolve();
      assert.deepInclude(told[0], { type: "fault", id: 7 });
      course.end({ value: pack({ size: 1 }) });
      const error = (await failure(course.finished)) as Error;
      assert.equal(error.name, "TransferError");
      assert.instanceOf(error.cause, RangeError);
      assert.include(error.message, "no such bar");
    });

test("remote: what the worker ended with is told, when it is an error or nothing was thrown", async () => {
  const failed = followed(WAYS["throws"] as Listen);
  failed.course.tell(progress);
  failed.course.end({ error: pack(new RangeError("by the worker")) });
  assert.deepInclude(await failure(failed.course.finished), { name: "RangeError", message: "by the worker" });

  const fine = followed(() => {});
  fine.course.tell(progress);
  fine.course.end({ value: pack({ size: 1 }) });
  assert.deepEqual(await fine.course.finished, { size: 1 });
  assert.deepEqual(fine.told, []);
});
