/** Answers become results: headers of each kind, metadata, and the official clients' own samples. */
import {
  bigintHeader,
  booleanHeader,
  dateHeader,
  header,
  metadataHeaders,
  numberHeader,
  readHeaders,
  resultOf,
} from "../../../src/core/response.ts";
import { isOSSError, type ServiceError } from "../../../src/errors.ts";
import {
  appendObject,
  deleteObject,
  getObjectMeta,
  headObject,
  putObject,
  uploadPart,
} from "../../../src/operations/mod.ts";
import type { Client } from "../../../src/types.ts";
import { assert, fc, test } from "../../harness.ts";
import vectors from "../../vectors/header-responses.json";
import { failure } from "../streams/support.ts";
import { clientOf, scripted } from "./support.ts";

test("headers of each kind; a value of the wrong kind is left out", () => {
  const reading = {
    text: header("a"),
    number: numberHeader("b"),
    flag: booleanHeader("c"),
    crc: bigintHeader("d"),
    date: dateHeader("e"),
  };
  const good = new Headers({
    a: "x",
    b: "344606",
    c: "true",
    d: "18446744073709551615",
    e: "Fri, 24 Feb 2017 03:15:40 GMT",
  });
  assert.deepEqual(readHeaders<object>(good, reading), {
    text: "x",
    number: 344_606,
    flag: true,
    crc: 2n ** 64n - 1n,
    date: new Date("2017-02-24T03:15:40Z"),
  });
  const bad = new Headers({ b: "many", c: "no", d: "-1", e: "soon" });
  assert.deepEqual(readHeaders<object>(bad, reading), { flag: false });
  assert.deepEqual(readHeaders<object>(new Headers(), reading), {});
});

test("the request id is there where the browser shows it, and no property where it does not", () => {
  assert.deepInclude(resultOf(new Response(null, { headers: { "x-oss-request-id": "R" } })), {
    status: 200,
    requestId: "R",
  });
  assert.notProperty(resultOf(new Response(null, { status: 201 })), "requestId");
});

/** What `fetch` makes of UTF-8 in a header: one character for each byte. */
function asLatin1(text: string): string {
  return String.fromCharCode(...new TextEncoder().encode(text));
}

test("metadata: names without prefix, UTF-8 that arrived as Latin-1 set right, the rest as it is", () => {
  const printable = fc.string({ unit: fc.constantFrom(..."abc XYZ09%=éßñ中文\u{1F600}") }).map((text) => text.trim());
  fc.assert(
    fc.property(printable, (text) => {
      const headers = new Headers({ "x-oss-meta-Title": asLatin1(text), "x-oss-object-type": "Normal" });
      assert.deepEqual(metadataHeaders.read("", headers), { title: text });
    }),
  );
  // Latin-1 that is no UTF-8 was meant as it stands.
  assert.deepEqual(metadataHeaders.read("", new Headers({ "x-oss-meta-a": "caf\u00e9" })), { a: "caf\u00e9" });
});

const CALLS: Readonly<Record<string, (client: Client) => Promise<object>>> = {
  HeadObject: (client) => headObject(client, { key: "k" }),
  GetObjectMeta: (client) => getObjectMeta(client, { key: "k" }),
  AppendObject: (client) => appendObject(client, { key: "k", position: 5, body: "x" }),
  PutObject: (client) => putObject(client, { key: "k", body: "x" }, { integrity: "none" }),
  UploadPart: (client) =>
    uploadPart(client, { key: "k", uploadId: "u", partNumber: 1, body: "x" }, { integrity: "none" }),
  DeleteObject: (client) => deleteObject(client, { key: "k" }),
};

/** The names of the samples that are other than ours. */
const NAMES: Readonly<Record<string, string>> = { nextAppendPosition: "nextPosition" };

function comparable(value: unknown): unknown {
  if (value instanceof Date) return value.toUTCString();
  return typeof value === "number" || typeof value === "bigint" ? String(value) : value;
}

for (const { name, op, status, headers, body, expect } of vectors) {
  const call = CALLS[op];
  if (!call) continue;
  test(`sample: ${name}`, async () => {
    const nobody = status === 204 || op === "HeadObject" || op === "GetObjectMeta";
    const answer = new Response(nobody ? null : body, { status, headers: headers as Record<string, string> });
    const result = call(clientOf(scripted(answer).fetch));
    if ("error" in expect) {
      const error = await failure(result);
      assert.isTrue(isOSSError(error));
      const { message, ...fields } = expect.error as Record<string, string>;
      assert.deepInclude({ ...(error as ServiceError) }, fields);
      assert.include((error as ServiceError).message, String(message));
      return;
    }
    const found = new Map(Object.entries(await result));
    for (const [field, value] of Object.entries(expect as Record<string, string>)) {
      const property = op === "AppendObject" ? (NAMES[field] ?? field) : field;
      // Samples hide digits behind asterisks; dates with a wrong day of the week are dates all the same.
      if (/^\d+\*+$/.test(value)) assert.isUndefined(found.get(property), field);
      else if (found.has(property))
        assert.equal(
          comparable(found.get(property)),
          property === "lastModified" ? new Date(value).toUTCString() : value,
          field,
        );
      else
        assert.equal(
          (found.get("headers") as Headers).get(field.replace(/[A-Z]+/g, (upper) => `-${upper.toLowerCase()}`)),
          value,
          field,
        );
    }
  });
}

test("the samples above are not all skipped", () => {
  assert.isAtLeast(vectors.filter(({ op }) => op in CALLS).length, 8);
});
