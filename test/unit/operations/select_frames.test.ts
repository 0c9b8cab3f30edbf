import { crc32 } from "../../../src/checksum/crc32.ts";
import { scriptOwnsRequests } from "../../../src/core/runtime.ts";
import { isOSSError, type SelectObjectResult } from "../../../src/mod.ts";
import { assert, fc, test } from "../../harness.ts";
import { bodyOf, CONTINUOUS, DATA, endFrame, frame, hex, join, selected, slowCrc32 } from "./select_support.ts";

async function failure(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    (value) => assert.fail(`it gave ${JSON.stringify(value)}`),
    (error: unknown) => error,
  );
}

/** Cuts bytes in pieces of these lengths, over and over. */
function cut(bytes: Uint8Array, lengths: readonly number[]): Uint8Array[] {
  const pieces: Uint8Array[] = [];
  for (let at = 0, turn = 0; at < bytes.length; turn++) {
    const length = Math.max(lengths[turn % lengths.length] ?? 1, turn % 3 === 0 ? 0 : 1);
    pieces.push(bytes.slice(at, at + length));
    at += length;
  }
  return pieces;
}

const rows = fc.array(fc.string({ unit: "grapheme", maxLength: 30 }), { maxLength: 6 });
const someFrames = (texts: readonly string[], crc = true): Uint8Array<ArrayBuffer> =>
  join(
    ...texts.flatMap((text, at) => [frame(DATA, at, text, crc), frame(CONTINUOUS, at, "", crc)]),
    endFrame(texts.length, 200, "", crc),
  );

test("crc32 is that of IEEE, in one piece or many", () => {
  assert.equal(crc32(new TextEncoder().encode("123456789")), 0xcbf43926);
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), fc.nat(300), (bytes, at) => {
      assert.equal(crc32(bytes), slowCrc32(bytes));
      assert.equal(crc32(bytes.subarray(at), crc32(bytes.subarray(0, at))), slowCrc32(bytes));
    }),
  );
});

test("SelectObject: any chunking of the frames gives the same text", async () => {
  const lengths = fc.array(fc.integer({ min: 0, max: 40 }), { minLength: 1, maxLength: 5 });
  await fc.assert(
    fc.asyncProperty(rows, lengths, fc.boolean(), async (texts, sizes, crc) => {
      const result = await selected(bodyOf(cut(someFrames(texts, crc), sizes)));
      assert.equal(await result.text(), texts.join(""));
      assert.equal(result.scanned, texts.length);
      assert.isFalse(result.raw);
    }),
    { numRuns: 200 },
  );
});

test("SelectObject: any flipped bit is noticed", async () => {
  await fc.assert(
    fc.asyncProperty(rows, fc.nat(), async (texts, seed) => {
      const bytes = someFrames(texts);
      const bit = seed % (bytes.length * 8);
      bytes[bit >> 3] = (bytes[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      const error = await failure(selected(bodyOf([bytes])).then((result) => result.text()));
      assert.isTrue(isOSSError(error), String(error));
      assert.match((error as Error).name, /^(IntegrityError|DecodeError)$/, `bit ${bit}`);
    }),
    { numRuns: 300 },
  );
});

test("SelectObject: an answer that was cut short never ends in silence", async () => {
  await fc.assert(
    fc.asyncProperty(rows, fc.nat(), fc.boolean(), async (texts, seed, crc) => {
      const bytes = someFrames(texts, crc);
      const length = seed % bytes.length;
      const error = await failure(selected(bodyOf([bytes.slice(0, length)])).then((it) => it.text()));
      // Where nothing came at all, a page cannot know that the headers are all there.
      const headless = length === 0 && !scriptOwnsRequests();
      assert.propertyVal(error, "name", headless ? "IntegrityError" : "DecodeError");
      assert.include(String(error), `SelectObject "a.csv": the answer ${headless ? "broke off" : "was cut short"}`);
    }),
    { numRuns: 200 },
  );
});

test("SelectObject: nothing of a short frame is seen before it was checked", async () => {
  const bytes = frame(DATA, 1, "abc");
  bytes[21] = 0;
  const { body } = await selected(bodyOf([bytes, endFrame(3)]));
  const error = await failure(body.getReader().read());
  assert.propertyVal(error, "name", "IntegrityError");
  assert.propertyVal(error, "check", "crc32");
});

test("SelectObject: the error of the last frame comes after the data before it", async () => {
  const message = "InvalidCsvLine,InvalidRange.Line 3. The field is too long";
  const result = await selected(bodyOf([frame(DATA, 5, "ok\n"), endFrame(9, 400, message)]));
  const reader = result.body.getReader();
  assert.deepEqual((await reader.read()).value, new TextEncoder().encode("ok\n"));
  const error = await failure(reader.read());
  assert.propertyVal(error, "name", "ServiceError");
  assert.propertyVal(error, "status", 400);
  assert.propertyVal(error, "code", "InvalidCsvLine");
  assert.propertyVal(error, "requestId", "5C3D");
  assert.propertyVal(error, "operation", "SelectObject");
  const text =
    'SelectObject "a.csv" failed: 400 InvalidCsvLine,InvalidRange: Line 3. The field is too long (request 5C3D)';
  assert.propertyVal(error, "message", text);
});

test("SelectObject: what is not made of frames, of another call, or goes on after the end, is refused", async () => {
  const version = frame(DATA, 0, "a");
  version[0] = 2;
  const cases: readonly [Uint8Array, string][] = [
    [new TextEncoder().encode("a,b\nc,d\ne,f,g,h,i,j,k\n"), "not made of frames"],
    [version, "not made of frames"],
    [frame(8388611 + 5, 0, ""), "not made of frames"],
    [frame(CONTINUOUS, 0, "x".repeat(65_536)), "not made of frames"],
    [frame(CONTINUOUS, 0, "x"), "a frame of another call"],
    [frame(8388614, 0, "x".repeat(28)), "a frame of another call"],
    [frame(8388613, 0, "short"), "the last frame has no status"],
    [endFrame(0, 99), "the last frame has no status"],
    [join(endFrame(0), new Uint8Array(1)), "bytes follow the last frame"],
  ];
  for (const [bytes, message] of cases) {
    const error = await failure(selected(bodyOf([bytes])).then((result) => result.text()));
    assert.propertyVal(error, "name", "DecodeError", message);
    assert.include(String(error), message);
  }
});

test("SelectObject: without frames the bytes are handed on as they come", async () => {
  const result = await selected("a,b\n", { "x-oss-select-output-raw": "true" });
  assert.isTrue(result.raw);
  assert.equal(await result.text(), "a,b\n");
  // The service says what it did, whatever was asked; a page to which the header is hidden goes by what it asked for.
  const hidden = { "x-oss-select-output-raw": undefined };
  assert.equal(await (await selected("a,b\n", hidden, undefined, true)).text(), "a,b\n");
  assert.equal(await (await selected(someFrames(["a"]), hidden, undefined, false)).text(), "a");
  assert.equal(await (await selected(someFrames(["a"]), {}, undefined, true)).text(), "a");
});

test("SelectObject: data are pulled one piece at a time, and cancelling lets go of the connection", async () => {
  const state: { pulled: number; cancelled?: unknown } = { pulled: 0 };
  const pieces = Array.from({ length: 100 }, (_, at) => frame(DATA, at, `${at}\n`));
  const { body } = await selected(bodyOf(pieces, state));
  const reader = body.getReader();
  await reader.read();
  assert.isAtMost(state.pulled, 3);
  await reader.cancel("enough");
  assert.equal(state.cancelled, "enough");
});

test("SelectObject: it tells how far it came, and a failure lets go of the connection", async () => {
  const state: { pulled: number; cancelled?: unknown } = { pulled: 0 };
  const altered = frame(DATA, 9, "abc");
  altered[21] = 0;
  const result = await selected(bodyOf([frame(DATA, 7, "ok\n"), altered, endFrame(9)], state));
  const reader = result.body.getReader();
  assert.equal(result.scanned, 0);
  await reader.read();
  assert.equal(result.scanned, 7);
  const error = await failure(reader.read());
  assert.propertyVal(error, "name", "IntegrityError");
  assert.strictEqual(state.cancelled, error);
});

test("SelectObject: an abort while reading is rethrown untouched, and lets go of the connection", async () => {
  const controller = new AbortController();
  const reason = new Error("changed my mind");
  let cancelled = false;
  const stuck = new ReadableStream<Uint8Array>({
    cancel() {
      cancelled = true;
    },
  });
  const { body } = await selected(stuck, {}, controller.signal);
  const reading = failure(body.getReader().read());
  controller.abort(reason);
  assert.strictEqual(await reading, reason);
  assert.isTrue(cancelled);
});

test("SelectObject reads what the service sent", async () => {
  const answers: readonly [string, string, number][] = [
    [
      "018000010000003e0000000000000000000002e1323031352c55532c2c4865616c746820496e737572616e63650d0a323031352c55532c2c4865616c746820496e737572616e63650d0a0000000001800005000000140000000000000000000002e100000000000002e1000000c800000000",
      "2015,US,,Health Insurance\r\n".repeat(2),
      737,
    ],
    [
      "0180000100000020000000000000000000012efc323031352c414c2c4269726d696e6768616d2c323538370a000000000180000500000014000000000000000000012efc0000000000012efc000000c800000000",
      "2015,AL,Birmingham,2587\n",
      77_564,
    ],
  ];
  for (const [bytes, text, scanned] of answers) {
    const result: SelectObjectResult = await selected(hex(bytes));
    assert.equal(await result.text(), text);
    assert.equal(result.scanned, scanned);
  }
});
