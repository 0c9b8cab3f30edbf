/** What arrives on the other side of a port is what was thrown or returned. */
import {
  CallbackError,
  IntegrityError,
  isOSSError,
  NetworkError,
  OSSError,
  ServiceError,
  SourceChangedError,
  TransferError,
} from "../../../src/mod.ts";
import { pack, unpack } from "../../../src/worker/crossing.ts";
import { assert, test } from "../../harness.ts";

const cross = (value: unknown): unknown => unpack(structuredClone(pack(value)));

const refused = new ServiceError("PutObject: refused", {
  status: 403,
  code: "AccessDenied",
  requestId: "R",
  operation: "PutObject",
  headers: new Headers({ "x-oss-request-id": "R" }),
  serverTime: new Date(7),
});
const failures = [{ key: "a", error: refused }];
const checkpoint = { version: 1, parts: [{ number: 1, size: 2 }] };

for (const error of [
  refused,
  new NetworkError("cut", { method: "PUT", url: "https://host/k", attempts: 3, cause: new TypeError("fetch failed") }),
  new TransferError("Upload failed", { uploadId: "U", failedParts: [3], checkpoint, failures, cause: refused }),
  new IntegrityError("other bytes", "crc64", "1", "2"),
  new CallbackError("no callback", { size: 3, crc64: 4n }),
  new SourceChangedError("it changed", new DOMException("gone", "NotReadableError")),
  new OSSError("stopped", "Stopped"),
  new TypeError("key must be a text", { cause: "other" }),
  new RangeError("too large"),
  Object.assign(new Error("odd"), { name: "OddError", code: 7 }),
]) {
  test(`crossing: ${error.name} ${error.message} keeps its class and all it tells`, () => {
    const found = cross(error);
    assert.notEqual(found, error);
    assert.instanceOf(found, error.constructor as ErrorConstructor);
    assert.equal(isOSSError(found), isOSSError(error));
    // What is own and what is told is equal, one level after the other.
    assert.deepEqual(pack(found), pack(error));
    assert.equal(String(found), String(error));
  });
}

test("crossing: exceptions of the platform, headers and results arrive", () => {
  const found = cross(new DOMException("over", "AbortError"));
  assert.instanceOf(found, DOMException);
  assert.deepInclude(found, { name: "AbortError", message: "over" });
  const result = { headers: new Headers({ etag: '"E"' }), crc64: 5n, size: 3 };
  const same = cross(result) as typeof result;
  assert.deepEqual([...same.headers], [["etag", '"E"']]);
  assert.deepInclude(same, { crc64: 5n, size: 3 });
  for (const value of [undefined, null, 0, "text", [1, ["a"]], { at: new Date(3) }])
    assert.deepEqual(cross(value), value);
  assert.isString(cross(() => 1));
});

test("crossing: what cannot be cloned, and what is a part of itself, keeps no error from arriving", () => {
  class Sent {
    readonly send = (): void => {};
  }
  const response: Record<string, unknown> = { status: 401, request: new Sent() };
  response["self"] = response;
  const error = Object.assign(new Error("signed out"), { response, seen: new WeakMap(), at: new Date(3) });
  error.cause = error;
  const found = cross(error) as typeof error;
  assert.equal(String(found), "Error: signed out");
  assert.deepInclude(found, { at: new Date(3), cause: "[object Error]" });
  assert.deepEqual(found.response, { status: 401, request: "[object Object]", self: "[object Object]" });
});
