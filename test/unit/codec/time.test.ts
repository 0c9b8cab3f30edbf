import { httpDate, isoBasic, parseDate } from "../../../src/codec/time.ts";
import { assert, fc, test } from "../../harness.ts";

const second = fc
  .date({ min: new Date("1970-01-01T00:00:00Z"), max: new Date("9999-12-31T23:59:59Z"), noInvalidDate: true })
  .map((date) => new Date(Math.floor(date.getTime() / 1000) * 1000));

test("times: one moment in the three formats", () => {
  const date = new Date("2023-12-06T16:20:57.999Z");
  assert.equal(isoBasic(date), "20231206T162057Z");
  assert.equal(httpDate(date), "Wed, 06 Dec 2023 16:20:57 GMT");
});

test("isoBasic: each second anew, its fractions not", () => {
  fc.assert(
    fc.property(second, fc.integer({ min: 0, max: 999 }), fc.integer({ min: -2, max: 2 }), (date, fraction, away) => {
      const text = isoBasic(date);
      assert.equal(text, date.toISOString().replace(/[:-]|\.000/g, ""));
      assert.equal(isoBasic(new Date(date.getTime() + fraction)), text);
      assert.equal(isoBasic(new Date(date.getTime() + away * 1000)) === text, away === 0);
    }),
  );
});

test("what is no time is not written", () => {
  for (const write of [isoBasic, httpDate]) assert.throws(() => write(new Date("soon")), RangeError);
});

test("parseDate reads what httpDate and toISOString write", () => {
  fc.assert(
    fc.property(second, (date) => {
      assert.deepEqual(parseDate(httpDate(date)), date);
      assert.deepEqual(parseDate(date.toISOString()), date);
      assert.deepEqual(parseDate(date.toISOString().replace(".000", "")), date);
    }),
  );
});

test("parseDate: days, offsets and fractions", () => {
  for (const [text, iso] of [
    ["2002-10-11", "2002-10-11T00:00:00.000Z"],
    ["2023-12-16T16:20:57.123Z", "2023-12-16T16:20:57.123Z"],
    ["2023-12-16T16:20:57+08:00", "2023-12-16T08:20:57.000Z"],
    ["Sat, 6 Dec 2025 00:00:00 GMT", "2025-12-06T00:00:00.000Z"],
  ] as const)
    assert.equal(parseDate(text)?.toISOString(), iso, text);
});

test("parseDate: everything else is no date, in every engine", () => {
  for (const text of [
    "",
    "0",
    "1",
    "2023",
    "2023-12-16T16:20:57",
    "2023-12-16 16:20:57Z",
    "2023-13-01T00:00:00Z",
    "2023-12-16T25:00:00Z",
    "Sat, 16 Abc 2023 16:20:57 GMT",
    "Sat, 16 Dec 2023 16:20:57 +0800",
    "20231216T162057Z",
    " 2023-12-16T16:20:57Z",
    "yesterday",
  ])
    assert.isUndefined(parseDate(text), text);
});
