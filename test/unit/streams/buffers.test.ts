/** Memory for parts: never given to two at once. */
import { createBuffers } from "../../../src/streams/buffers.ts";
import { assert, test } from "../../harness.ts";

test("buffers: memory that is given back is used again, also for less", () => {
  const { take, recycle } = createBuffers();
  const part = take(10);
  assert.notEqual(take(10).buffer, part.buffer);
  recycle(part);
  const again = take(4);
  assert.equal(again.buffer, part.buffer);
  assert.lengthOf(again, 4);
});

test("buffers: memory that is given back twice is given out once", () => {
  const { take, recycle } = createBuffers();
  const part = take(10);
  recycle(part);
  recycle(part.subarray(2));
  assert.notEqual(take(10).buffer, take(10).buffer);
});

test("buffers: what is too short is dropped", () => {
  const { take, recycle } = createBuffers();
  const short = take(5);
  recycle(short);
  assert.lengthOf(take(10), 10);
  assert.notEqual(take(5).buffer, short.buffer);
});
