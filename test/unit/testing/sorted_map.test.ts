import { byBytes, byUnits } from "../../../src/testing/order.ts";
import { listPage } from "../../../src/testing/page.ts";
import { SortedMap } from "../../../src/testing/sorted_map.ts";
import { assert, fc, test } from "../../harness.ts";

/** Keys that disagree between byte and UTF-16 order, with many shared prefixes. */
const key = fc
  .array(fc.constantFrom("a", "b", "/", "z", "é", "\uff5e", "\u{1f600}", "\u{10000}", "-"), {
    minLength: 1,
    maxLength: 5,
  })
  .map((letters) => letters.join(""));

function compareBytes(a: string, b: string): number {
  const [left, right] = [new TextEncoder().encode(a), new TextEncoder().encode(b)];
  for (let i = 0; i < Math.min(left.length, right.length); i++) {
    const difference = (left[i] ?? 0) - (right[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return left.length - right.length;
}

test("testing/order: byBytes is the order of the UTF-8 bytes, byUnits that of JavaScript", () => {
  fc.assert(
    fc.property(key, key, (a, b) => {
      assert.equal(Math.sign(byBytes(a, b)), Math.sign(compareBytes(a, b)));
      assert.equal(Math.sign(byUnits(a, b)), a < b ? -1 : a > b ? 1 : 0);
    }),
  );
  assert.isTrue(byBytes("\uff5e", "\u{1f600}") < 0 && byUnits("\uff5e", "\u{1f600}") > 0);
});

test("testing/sorted_map: behaves as a Map with its keys sorted, through splits and deletions", () => {
  const steps = fc.array(fc.record({ key: fc.integer({ min: 0, max: 3000 }), remove: fc.boolean() }), {
    maxLength: 4000,
  });
  fc.assert(
    fc.property(steps, (all) => {
      const map = new SortedMap<number>(byBytes);
      const oracle = new Map<string, number>();
      all.forEach(({ key: number, remove }, i) => {
        const name = String(number);
        if (remove) assert.equal(map.delete(name), oracle.delete(name));
        else {
          map.set(name, i);
          oracle.set(name, i);
        }
        assert.equal(map.get(name), oracle.get(name));
      });
      assert.equal(map.size, oracle.size);
      const sorted = [...oracle].sort(([a], [b]) => byBytes(a, b));
      assert.deepEqual([...map.from(() => false)], sorted);
      const from = sorted.filter(([name]) => byBytes(name, "15") >= 0);
      assert.deepEqual([...map.from((name) => byBytes(name, "15") < 0)], from);
    }),
    { numRuns: 10 },
  );
});

/** The whole list by definition: entries and groups in one sorted row. */
function oracle(keys: Iterable<string>, prefix: string, delimiter: string): string[] {
  const names = new Set<string>();
  for (const name of keys) {
    if (!name.startsWith(prefix)) continue;
    const cut = delimiter === "" ? -1 : name.indexOf(delimiter, prefix.length);
    names.add(cut < 0 ? name : name.slice(0, cut + delimiter.length));
  }
  return [...names].sort(compareBytes);
}

test("testing/page: pages of any size make the whole list, each name once, in byte order", () => {
  const input = {
    keys: fc.uniqueArray(key, { maxLength: 60 }),
    prefix: fc.oneof(fc.constant(""), key),
    delimiter: fc.constantFrom("", "/", "b", "//"),
    max: fc.integer({ min: 1, max: 7 }),
  };
  fc.assert(
    fc.property(fc.record(input), ({ keys, prefix, delimiter, max }) => {
      const entries = new SortedMap<string>(byBytes);
      for (const name of keys) entries.set(name, name);
      const seen: string[] = [];
      for (let after: string | undefined, pages = 0; pages < 100; pages++) {
        const page = listPage({ entries, order: byBytes, prefix, delimiter, after, max });
        const names = [...page.items, ...page.prefixes].sort(compareBytes);
        assert.isAtMost(names.length, max);
        if (page.next !== undefined) assert.equal(page.next, names[names.length - 1]);
        seen.push(...names);
        after = page.next;
        if (after === undefined) break;
      }
      assert.deepEqual(seen, oracle(keys, prefix, delimiter));
    }),
    { numRuns: 300 },
  );
});

test("testing/page: a page costs the page, not what lies under a prefix", () => {
  const entries = new SortedMap<number>(byBytes);
  for (let i = 0; i < 60_000; i++) entries.set(`${String.fromCharCode(97 + (i % 3))}/${i}`, i);
  let looked = 0;
  const order = (a: string, b: string): number => {
    looked++;
    return byBytes(a, b);
  };
  const page = listPage({ entries, order, prefix: "", delimiter: "/", after: undefined, max: 100 });
  assert.deepEqual(page, { items: [], prefixes: ["a/", "b/", "c/"], next: undefined });
  assert.isBelow(looked, 200);
});
