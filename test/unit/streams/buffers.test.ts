/** Memory for parts: never given to two at once. */
import { createBuffers } from "../../../src/streams/buffers.ts";
import { assert, test } from "../../harness.ts";

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
    const parts = [take(10), take(10)];
    for (const part of parts) recycle(part);
    assert.equal(take(other).buffer.byteLength, other);
    const kept = parts.map(({ buffer }) => buffer);
    assert.notInclude(kept, take(10).buffer);
  }
});
