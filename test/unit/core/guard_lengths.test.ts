/** Answers that are shorter or longer than they should be, or another part: told by their headers, or by those that are missing. */
import { DecodeError, IntegrityError } from "../../../src/errors.ts";
import { getObject } from "../../../src/operations/mod.ts";
import { assert, runtime, test } from "../../harness.ts";
import { failure, streamOf } from "../streams/support.ts";
import { clientOf, read, scripted } from "./support.ts";

test("a page takes a head that broke off for no empty object: the service tells the length of those, too", async () => {
  const broken = read(streamOf(new Uint8Array()).stream, {});
  // Servers' own `fetch` refuses such a head.
  if (["chromium", "firefox", "webkit"].includes(runtime)) assert.instanceOf(await failure(broken), IntegrityError);
  else assert.lengthOf(await broken, 0);
  assert.lengthOf(await read(streamOf(new Uint8Array()).stream, { "content-length": "0" }), 0);
  // Proxies may leave the length out.
  assert.lengthOf(await read(streamOf(new Uint8Array()).stream, { "x-oss-hash-crc64ecma": "0" }), 0);
});

test("a range whose answer has no length is as long as it says itself", async () => {
  const answer = (length: number): Promise<Uint8Array> =>
    read(
      streamOf(new Uint8Array(length)).stream,
      { "content-range": "bytes 90-99/100" },
      { range: [-10] },
      { status: 206 },
    );
  assert.lengthOf(await answer(10), 10);
  for (const length of [0, 9, 11]) {
    const error = await failure(answer(length));
    assert.instanceOf(error, IntegrityError);
    assert.include(error, { check: "length", expected: "10", actual: `${length}` });
  }
});

test("where a page may not see an encoding, a length tells nothing, but the range does where there is none", async () => {
  const answer = (length: string): Promise<ArrayBuffer> => {
    const headers = { "content-range": "bytes 90-99/100", ...(length && { "content-length": length }) };
    const response = new Response(streamOf(new Uint8Array(9)).stream, { status: 206, headers });
    Object.defineProperty(response, "type", { value: "cors" });
    const { fetch } = scripted(() => response);
    return getObject(clientOf(fetch), { key: "k", range: [-10] }).then((got) => got.arrayBuffer());
  };
  assert.equal((await answer("10")).byteLength, 9);
  assert.instanceOf(await failure(answer("")), IntegrityError);
});

test("an answer for another range than was asked is refused before it is read", async () => {
  const cases: readonly (readonly [
    range: readonly [number, number?],
    status: number,
    contentRange: string | undefined,
    good: boolean,
  ])[] = [
    [[0, 3], 206, "bytes 0-3/9", true],
    [[5], 206, "bytes 5-8/9", true],
    [[-4], 206, "bytes 5-8/9", true],
    [[5, 99], 206, "bytes 5-8/9", true],
    [[5], 206, undefined, true],
    [[5], 206, "bytes 4-8/9", false],
    [[5], 200, undefined, false],
    [[-4], 200, undefined, false],
  ];
  for (const [range, status, contentRange, good] of cases) {
    const source = streamOf(new Uint8Array(4));
    const call = read(
      source.stream,
      contentRange === undefined ? {} : { "content-range": contentRange },
      { range },
      { status },
    );
    const what = `${range} ${status} ${contentRange}`;
    if (good) assert.lengthOf(await call, 4, what);
    else assert.instanceOf(await failure(call), DecodeError, what);
  }
});
