import { createFeed } from "../../../src/streams/feed.ts";
import { assert, test } from "../../harness.ts";

test("feed: whoever listens late gets the newest value, whoever is slow the last one", async () => {
  const feed = createFeed<number>();
  const early = feed.listen();
  const first = early.next();
  for (const value of [1, 2, 3]) feed.put(value);
  const late = feed.listen();
  assert.deepEqual(await Promise.all([first, late.next()]), [
    { done: false, value: 3 },
    { done: false, value: 3 },
  ]);
  feed.put(4);
  feed.put(5);
  feed.end();
  for (const listener of [early, late, feed.listen()]) {
    assert.deepEqual(await listener.next(), { done: false, value: 5 });
    assert.deepEqual(await listener.next(), { done: true, value: undefined });
  }
});

test("feed: who has left gets nothing more, whatever was awaited or comes", async () => {
  const feed = createFeed<number>();
  const listener = feed.listen();
  const awaited = listener.next();
  await listener.return?.();
  feed.put(1);
  assert.deepEqual(await awaited, { done: true, value: undefined });
  assert.deepEqual(await listener.next(), { done: true, value: undefined });
});
