/** What a file is called until it is whole. */
import { UNFINISHED, unfinishedName } from "../../../src/streams/safe_path.ts";
import { assert, fc, test } from "../../harness.ts";

const lengthOf = (name: string): number => new TextEncoder().encode(name).length;

test("the name of an unfinished file has its ending, room everywhere, and no other file's", () => {
  const name = fc
    .string({ unit: fc.constantFrom("a", "\u00e9", "\uff5e", "\u{1f600}"), minLength: 1, maxLength: 255 })
    .filter((text) => lengthOf(text) <= 255);
  const long = fc.tuple(name, fc.constantFrom("a", "bc")).map(([end, pad]) => end.padStart(255 - 2 * end.length, pad));
  const known = new Map<string, string>();
  fc.assert(
    fc.property(
      fc.oneof(
        name,
        long.filter((text) => lengthOf(text) <= 255),
      ),
      fc.constantFrom(".part", UNFINISHED, `.0123abcd${UNFINISHED}`),
      (whole, ending) => {
        const unfinished = unfinishedName(whole, ending);
        assert.isTrue(unfinished.endsWith(ending));
        assert.isAtMost(lengthOf(unfinished), 255);
        assert.notMatch(unfinished, /\p{Cs}|\ufffd/u, "no character is cut");
        if (lengthOf(whole + ending) <= 255) assert.equal(unfinished, whole + ending);
        assert.oneOf(known.get(unfinished), [undefined, whole + ending]);
        known.set(unfinished, whole + ending);
      },
    ),
  );
});
