/** Memory for parts: never given to two at once, and given back when no part fits it any more. */
import { createBuffers } from "../../../src/streams/buffers.ts";
import { assert, test } from "../../harness.ts";

/** Parts at once whose memory is kept. */
const MOST = 8;

test("buffers: memory that is given back is used again", () => {
  const { take, recycle } = createBuffers();
  const part = take(10);
  assert.notEqual(take(10).buffer, part.buffer);
  recycle(part);
  assert.equal(take(10).buffer, part.buffer);
});

test("buffers: memory that is given back twice is given out once", () => {
  const { take, recycle } = createBuffers();
  const part = take(10);
  recycle(part);
  recycle(part.subarray(2));
  assert.notEqual(take(10).buffer, take(10).buffer);
});

test("buffers: memory of another length is neither used nor kept", () => {
  for (const other of [4, 16]) {
    const { take, recycle } = createBuffers();
    const parts = [take(10), take(10), take(10)];
    for (const part of parts.slice(1)) recycle(part);
    assert.equal(take(other).buffer.byteLength, other);
    for (const part of parts.slice(0, 1)) recycle(part);
    const kept = parts.map(({ buffer }) => buffer);
    assert.notInclude(kept, take(10).buffer);
    assert.deepEqual(
      kept.map(({ byteLength }) => byteLength),
      [0, 0, 0],
      "the system has it back",
    );
  }
});

test("buffers: of many parts at once some memory is kept, the rest given back", () => {
  const { take, recycle } = createBuffers();
  const parts = Array.from({ length: MOST + 3 }, () => take(10));
  for (const part of parts) recycle(part);
  assert.equal(parts.filter(({ buffer }) => buffer.byteLength > 0).length, MOST);
});

test("buffers: what is given back twice after it went to the system harms nothing", () => {
  const { take, recycle } = createBuffers();
  const part = take(10);
  take(11);
  recycle(part);
  recycle(part);
  assert.equal(take(11).byteLength, 11);
});
