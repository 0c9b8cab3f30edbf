import type { Progress } from "../../../src/streams/progress.ts";
import { createByteMeter } from "../../../src/transfer/download/progress.ts";
import { assert, test } from "../../harness.ts";

test("progress of bytes: the end is told once, also where all parts had arrived long before they were read", () => {
  const told: Progress[] = [];
  let now = 0;
  const meter = createByteMeter(
    (progress) => told.push(progress),
    () => now,
  );
  meter.expect(10, 2);
  now += 1000;
  meter.moved(10, 4, 2);
  now += 1;
  meter.moved(10, 9, 2);
  meter.moved(10, 10, 2);
  meter.moved(10, 10, 2);
  assert.deepEqual(
    told.map(({ acknowledged }) => acknowledged),
    [0, 4, 10],
  );
});
