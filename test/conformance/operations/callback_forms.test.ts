/** What `callback` writes, and what calls send of it. */
import { type Client, callback, completeMultipartUpload, putObject } from "../../../src/mod.ts";
import { assert, test } from "../../harness.ts";
import { sends } from "../support/canned.ts";
import { failureOf } from "../support/world.ts";

const url = "https://app.example.com/uploaded";
const body = "a";
/** Where a value is filled in. */
const hole = (name: string): string => `$\{${name}}`;

const decoded = (value = ""): unknown => JSON.parse(atob(value));

test("callback writes the forms of one callback", () => {
  const urls = ["https://a.example.com", "https://b.example.com"];
  const made = callback({
    ...{ url: urls, body: hole("x:a"), bodyType: "application/json", host: "h", sni: true },
    variables: { "x:a": "1" },
  });
  const whom = {
    callbackUrl: urls.join(";"),
    callbackHost: "h",
    callbackBody: hole("x:a"),
    callbackBodyType: "application/json",
    callbackSNI: true,
  };
  assert.deepEqual(decoded(made.headers["x-oss-callback"]), whom);
  assert.deepEqual(decoded(made.headers["x-oss-callback-var"]), { "x:a": "1" });
  const { "x-oss-callback": told, "x-oss-callback-var": own } = made.headers;
  assert.deepEqual<unknown>(made.query, { callback: told, "callback-var": own });
  assert.deepEqual<unknown>(made.fields, { callback: told, "x:a": "1" });
  const least = callback({ url: "https://a.example.com", body: "b" });
  assert.deepEqual(decoded(least.fields["callback"]), { callbackUrl: "https://a.example.com", callbackBody: "b" });
  assert.hasAllKeys(least.headers, ["x-oss-callback"]);
});

test("callback names a callback that the bucket keeps", () => {
  const made = callback({ policy: "told", variables: { "x:a": "1" } });
  const text = btoa('{"callbackPolicy":"told"}');
  const own = btoa('{"x:a":"1"}');
  assert.deepEqual(made.headers, { "x-oss-callback": text, "x-oss-callback-var": own });
  assert.deepEqual(made.query, { callback: text, "callback-var": own });
  assert.deepEqual(made.fields, { callback: text, "x:a": "1" });
  assert.throws(() => callback({ policy: "" }), TypeError, "url");
  assert.throws(() => callback({ policy: "told", url: "https://a", body: "b" }), TypeError, "policy");
});

test("callback refuses what no service would take", () => {
  for (const input of [
    { url: "", body },
    { url: [], body },
    { url: Array.from("abcdef"), body },
    { url, body: "" },
    { url, body, variables: { user: "1" } },
    { url, body, variables: { "x:User": "1" } },
    { url, body, variables: { "x:user": 42 } },
  ]) {
    assert.throws(() => callback(input as Parameters<typeof callback>[0]), TypeError);
  }
});

const known = callback({ url: "http://a", body: "b", variables: { "x:a": "1" } });

test("a callback that callback did not make is refused", () => {
  for (const wrong of ["eyJ9", { url, body }]) {
    const given = { key: "a", callback: wrong as unknown as ReturnType<typeof callback> };
    assert.throws(() => putObject.toRequest({ ...given, body: "b" }), TypeError);
    const whole = { ...given, uploadId: "1", completeAll: true } as const;
    assert.throws(() => completeMultipartUpload.toRequest(whole), TypeError);
  }
});

const HEADERS = {
  "x-oss-callback": "eyJjYWxsYmFja1VybCI6Imh0dHA6Ly9hIiwiY2FsbGJhY2tCb2R5IjoiYiJ9",
  "x-oss-callback-var": "eyJ4OmEiOiIxIn0=",
};
const HOST = "https://photos.oss-cn-hangzhou.aliyuncs.com";
sends(
  putObject,
  "a callback",
  { key: "a", body: "b", contentType: "x/y", callback: known },
  { method: "PUT", url: `${HOST}/a`, headers: { ...HEADERS, "content-type": "x/y" }, body: "b" },
);
sends(
  completeMultipartUpload,
  "a callback, and all parts",
  { key: "a", uploadId: "1", completeAll: true, callback: known },
  {
    method: "POST",
    url: `${HOST}/a?encoding-type=url&uploadId=1`,
    headers: { ...HEADERS, "x-oss-complete-all": "yes" },
  },
);

test("CompleteMultipartUpload wants parts or completeAll, not both", async () => {
  const client = { send: () => assert.fail("it must not be sent") } as unknown as Client;
  const upload = { key: "a", uploadId: "1" };
  assert.instanceOf(await failureOf(completeMultipartUpload(client, upload)), TypeError);
  const both = { ...upload, completeAll: true, parts: [{ partNumber: 1, etag: "1" }] } as const;
  assert.instanceOf(await failureOf(completeMultipartUpload(client, both)), TypeError);
});
