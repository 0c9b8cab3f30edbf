/** Rows become requests: where each property goes, what a scope demands, and what a caller may add. */
import { object, text } from "../../../src/codec/shape.ts";
import {
  type BaseInput,
  type ObjectInput,
  type Operation,
  operation,
  type ServiceInput,
} from "../../../src/core/operation.ts";
import { emptyResult } from "../../../src/core/response.ts";
import type { Body, Result } from "../../../src/types.ts";
import { assert, test } from "../../harness.ts";
import { failure } from "../streams/support.ts";
import { clientOf, done, scripted } from "./support.ts";

interface EverythingInput extends ObjectInput {
  readonly plain?: string | undefined;
  readonly count?: number | undefined;
  readonly flag?: boolean | undefined;
  readonly big?: bigint | undefined;
  readonly parameter?: string | undefined;
  readonly at?: Date | undefined;
  readonly asked?: Date | undefined;
  readonly many?: Readonly<Record<string, string>> | undefined;
  readonly inside?: { readonly name: string } | undefined;
  readonly body?: Body | undefined;
}

let declared = 0;
const everything: Operation<EverythingInput, Result> = operation(() => {
  declared++;
  return {
    name: "Everything",
    method: "PUT",
    scope: "object",
    subresource: "thing",
    query: { fixed: 7 },
    wire: {
      plain: "x-oss-plain",
      count: "x-oss-count",
      flag: "?flag",
      big: "x-oss-big",
      parameter: "?parameter",
      at: ["x-oss-at", (value) => value.toISOString()],
      asked: ["?asked", (value) => String(value.getTime())],
      many: (value) => Object.fromEntries(Object.entries(value).map(([name, one]) => [`x-oss-meta-${name}`, one])),
      inside: object<{ readonly name: string }>({ name: text }),
    },
    request: () => ({ accept: [304], idempotent: false }),
    result: emptyResult,
  };
});

test("a row is declared at its first use, once", async () => {
  assert.equal(declared, 0);
  everything.toRequest({ key: "k" });
  assert.equal(everything.operationName, "Everything");
  everything.toRequest({ key: "k" });
  assert.equal(declared, 1);
});

test("each property goes where the row says", () => {
  const input: EverythingInput = {
    key: "k",
    bucket: "other",
    plain: "",
    count: 0,
    flag: false,
    big: 2n ** 64n,
    parameter: "a b",
    at: new Date(0),
    asked: new Date(5),
    many: { a: "1", b: "2" },
    inside: { name: "n" },
    requestPayer: "requester",
    body: "text",
  };
  const { headers, query, ...rest } = everything.toRequest(input);
  assert.deepEqual(JSON.parse(JSON.stringify(headers)), {
    "x-oss-request-payer": "requester",
    "x-oss-plain": "",
    "x-oss-count": "0",
    "x-oss-big": "18446744073709551616",
    "x-oss-at": "1970-01-01T00:00:00.000Z",
    "x-oss-meta-a": "1",
    "x-oss-meta-b": "2",
  });
  assert.deepEqual(query, { thing: null, fixed: 7, flag: "false", parameter: "a b", asked: "5" });
  assert.deepEqual(rest, {
    method: "PUT",
    operation: "Everything",
    bucket: "other",
    key: "k",
    body: "text",
    accept: [304],
    idempotent: false,
  });
});

test("what is left out is not on the wire", async () => {
  const { fetch, sent } = scripted(done());
  await everything(clientOf(fetch), {
    key: "k",
    plain: undefined,
    headers: { "x-none": undefined },
    query: { none: undefined },
  });
  assert.equal(sent[0]?.url.search, "?thing&fixed=7");
  assert.notInclude([...(sent[0]?.headers.keys() ?? [])].join(), "none");
  assert.isFalse(sent[0]?.headers.has("x-oss-request-payer"));
});

test("extra headers and parameters are sent and signed, and win over the row's", async () => {
  const { fetch, sent } = scripted(done());
  await everything(clientOf(fetch, { additionalHeaders: ["X-Extra"] }), {
    key: "k",
    plain: "row",
    headers: { "X-OSS-Plain": "caller", "X-Extra": "1" },
    query: { thing: "caller", empty: "", n: 3, yes: true },
  });
  const [{ headers, url } = { headers: new Headers(), url: new URL("http://x") }] = sent;
  assert.equal(headers.get("x-oss-plain"), "caller");
  assert.include(headers.get("authorization") ?? "", "AdditionalHeaders=x-extra,");
  assert.deepEqual(Object.fromEntries(url.searchParams), {
    thing: "caller",
    fixed: "7",
    empty: "",
    n: "3",
    yes: "true",
  });
});

const onBucket: Operation<BaseInput, Result> = operation(() => ({
  name: "OnBucket",
  method: "GET",
  result: emptyResult,
}));
const onService: Operation<ServiceInput, Result> = operation(() => ({
  name: "OnService",
  method: "GET",
  scope: "service",
  result: emptyResult,
}));

test("scopes: a service call names no bucket, a bucket call no key, an object call both", async () => {
  const { fetch, sent } = scripted(done());
  const client = clientOf(fetch);
  await onService(client, {});
  await onBucket(client, {});
  await onBucket(client, { bucket: "other" });
  await everything(client, { key: "a/b" });
  assert.deepEqual(
    sent.map(({ url }) => url.origin + url.pathname),
    [
      "https://oss-cn-hangzhou.aliyuncs.com/",
      "https://photos.oss-cn-hangzhou.aliyuncs.com/",
      "https://other.oss-cn-hangzhou.aliyuncs.com/",
      "https://photos.oss-cn-hangzhou.aliyuncs.com/a/b",
    ],
  );
});

test("an object call without a usable key never becomes a bucket call", async () => {
  const { fetch, sent } = scripted(done());
  const client = clientOf(fetch);
  for (const key of [undefined, null, "", ".", "/a"] as unknown as string[]) {
    assert.instanceOf(await failure(everything(client, { key })), TypeError, String(key));
    assert.instanceOf(await failure(client.send({ method: "DELETE", key })), TypeError, String(key));
  }
  assert.lengthOf(sent, 0);
});

test("calls without a bucket, or with a malformed one, are refused before any request", async () => {
  const { fetch, sent } = scripted(done());
  const client = clientOf(fetch, { bucket: undefined });
  assert.match(String(await failure(onBucket(client, {}))), /TypeError.*bucket/);
  assert.match(String(await failure(everything(client, { key: "k" }))), /TypeError.*bucket/);
  assert.match(String(await failure(onBucket(client, { bucket: "A" }))), /TypeError.*bucket/);
  assert.match(String(await failure(client.send({ method: "GET", bucket: null, key: "k" }))), /TypeError.*bucket/);
  for (const input of [undefined, null, "k"] as unknown as EverythingInput[]) {
    assert.match(String(await failure(everything(client, input))), /TypeError: Everything needs an input/);
  }
  assert.lengthOf(sent, 0);
});

test("values that no header can carry alike everywhere are refused before any request", async () => {
  const { fetch, sent } = scripted(done());
  for (const plain of ["caf\u00e9", "a\r\nx-oss-acl: public", "\u{1F600}", "a\u0000"]) {
    assert.match(String(await failure(everything(clientOf(fetch), { key: "k", plain }))), /TypeError: x-oss-plain/);
  }
  assert.lengthOf(sent, 0);
});

test("a request document has the type that the service wants", async () => {
  const documented: Operation<ObjectInput, Result> = operation(() => ({
    name: "Documented",
    method: "PUT",
    scope: "object",
    body: () => "<A/>",
    result: emptyResult,
  }));
  const { fetch, sent } = scripted(done());
  await documented(clientOf(fetch), { key: "page.html" });
  assert.equal(sent[0]?.headers.get("content-type"), "application/xml");
  await documented(clientOf(fetch), { key: "k", headers: { "Content-Type": "text/xml" } });
  assert.equal(sent[1]?.headers.get("content-type"), "text/xml");
});
