/** A walk that runs ahead: its order, its bounds and its ends. */
import { lookAhead } from "../../../../src/transfer/files/look_ahead.ts";
import { assert, fc, test } from "../../../harness.ts";
import { failure } from "../../streams/support.ts";

interface Item {
  readonly id: number;
  readonly priority: number;
}

/** Turns of the event loop, so that reads that nobody awaits come to their end. */
async function rest(): Promise<void> {
  for (let turn = 0; turn < 50; turn++) await Promise.resolve();
}

test("lookAhead: all come out, the highest priority first, equals in order, few ahead", async () => {
  const items = fc.array(fc.integer({ min: -2, max: 2 }), { maxLength: 60 });
  const property = fc.asyncProperty(items, fc.integer({ min: 1, max: 9 }), async (priorities, most) => {
    let read = 0;
    let ends = 0;
    function* walk(): Generator<Item> {
      for (const [id, priority] of priorities.entries()) {
        read++;
        yield { id, priority };
      }
    }
    const ahead = lookAhead(
      walk(),
      most,
      ({ priority }) => priority,
      () => {
        ends++;
      },
    );
    const taken: Item[] = [];
    for (;;) {
      await rest();
      const waiting = ahead.left();
      assert.isAtMost(read - taken.length, most);
      const { value } = await ahead.next();
      if (!value) break;
      const best = waiting.sort((a, b) => b.priority - a.priority || a.id - b.id)[0];
      if (best) assert.deepEqual(value, best);
      taken.push(value);
    }
    assert.deepEqual(
      taken.map(({ id }) => id).sort((a, b) => a - b),
      priorities.map((_, id) => id),
    );
    assert.equal(ends, 1);
    assert.deepEqual(ahead.left(), []);
  });
  await fc.assert(property);
});

test("lookAhead: thousands of equals keep their order", async () => {
  const ahead = lookAhead(
    Array.from({ length: 5000 }, (_, at) => at),
    3000,
    () => 0,
    () => {},
  );
  const taken: number[] = [];
  for await (const item of ahead) taken.push(item);
  assert.deepEqual(
    taken,
    taken.map((_, at) => at),
  );
  assert.lengthOf(taken, 5000);
});

test("lookAhead: as many priorities as items, such as their sizes, are no burden", async () => {
  const count = 150_000;
  let read = 0;
  function* walk(): Generator<number> {
    for (; read < count; read++) yield (read * 7919) % 1_000_003;
  }
  const ahead = lookAhead(
    walk(),
    count,
    (item) => item,
    () => {},
  );
  await ahead.next();
  while (read < count) await rest();
  const taken: number[] = [];
  for (let { value } = await ahead.next(); value !== undefined; { value } = await ahead.next()) taken.push(value);
  assert.lengthOf(taken, count - 1);
  assert.isTrue(taken.every((item, at) => at === 0 || item <= (taken[at - 1] ?? 0)));
});

test("lookAhead: a walk that fails tells so after what it found", async () => {
  async function* walk(): AsyncGenerator<number> {
    yield 1;
    yield 2;
    throw new Error("unreadable");
  }
  const ahead = lookAhead(
    walk(),
    10,
    () => 0,
    () => assert.fail("it did not find all"),
  );
  await rest();
  assert.deepEqual([(await ahead.next()).value, (await ahead.next()).value], [1, 2]);
  assert.match(String(await failure(ahead.next())), /unreadable/);
});

test("lookAhead: return ends the walk, and tells what is left", async () => {
  let ended = 0;
  async function* walk(): AsyncGenerator<number> {
    try {
      for (let at = 0; ; at++) yield at;
    } finally {
      ended++;
    }
  }
  const ahead = lookAhead(
    walk(),
    3,
    () => 0,
    () => assert.fail("it has no end"),
  );
  await ahead.next();
  await rest();
  assert.deepEqual(ahead.left(), [1, 2, 3]);
  await ahead.return();
  await rest();
  assert.equal(ended, 1);
  assert.deepEqual(await ahead.return(), { done: true, value: undefined });
});
