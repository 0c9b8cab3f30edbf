import { type Fault, parseFaults } from "../../../src/testing/mod.ts";
import { assert, test } from "../../harness.ts";

/** A fault without what is not set. */
const bare = (fault: Fault): object =>
  Object.fromEntries(Object.entries(fault).filter(([, value]) => value !== undefined));

test("testing/parse_faults: reads every kind", () => {
  const rows: [string, object][] = [
    ["* 503", { kind: "status", status: 503, headers: {}, close: false }],
    [
      "UploadPart 400 code=RequestTimeout ec=0-1 retry-after=2 qos-delay=30 close=true times=2",
      {
        ...{
          operation: "UploadPart",
          kind: "status",
          status: 400,
          code: "RequestTimeout",
          ec: "0-1",
          close: true,
          times: 2,
        },
        headers: { "retry-after": "2", "x-oss-qos-delay-time": "30" },
      },
    ],
    [
      "GetObject cut at=0.5 silent=true key=a=b.bin",
      { operation: "GetObject", kind: "cut", at: 0.5, silent: true, key: "a=b.bin" },
    ],
    ["* delay=1.5s skip=3", { kind: "delay", milliseconds: 1500, skip: 3 }],
    ["* delay=forever", { kind: "delay", milliseconds: Number.POSITIVE_INFINITY }],
    ["* skew=-3h times=forever", { kind: "skew", milliseconds: -10_800_000, times: Number.POSITIVE_INFINITY }],
    ["* expire", { kind: "expire" }],
    ["* expire=InvalidSecurityToken", { kind: "expire", code: "InvalidSecurityToken" }],
    ["* stall", { kind: "stall" }],
    ["* reset at=0.2 bucket=b", { kind: "reset", at: 0.2, bucket: "b" }],
    ["* lost", { kind: "lost" }],
    ["* flip at=0", { kind: "flip", at: 0 }],
    ["* crc", { kind: "crc" }],
  ];
  for (const [script, expected] of rows) assert.deepEqual(parseFaults(script).map(bare), [expected], script);
  assert.deepEqual(
    parseFaults(" * lost ;\n\n* crc;").map(({ kind }) => kind),
    ["lost", "crc"],
  );
  assert.deepEqual(parseFaults(""), []);
});

test("testing/parse_faults: says which entry is wrong, and why", () => {
  const rows: [string, RegExp][] = [
    ["UploadPart", /"UploadPart": write OPERATION KIND/],
    ["* burn", /"\* burn": choose from/],
    ["* delay=soon", /a time is a number/],
    ["* expire=Never", /choose from SecurityTokenExpired/],
    ["* cut at=half", /at must be a number/],
    ["* crc times=-1", /times must be a number/],
    ["* crc at=1", /it takes no "at"/],
    ["* crc now", /"now" is not NAME=VALUE/],
  ];
  for (const [script, message] of rows) assert.throws(() => parseFaults(`* lost; ${script}`), TypeError, message);
});
