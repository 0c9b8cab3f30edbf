/** Error answers in each of their forms; the text of a message tells what was tried and what the service said. */
import { encodeBase64 } from "../../../src/codec/base64.ts";
import { encodeUtf8 } from "../../../src/codec/utf8.ts";
import { ServiceError } from "../../../src/errors.ts";
import { getObject, headObject, putObject } from "../../../src/operations/mod.ts";
import { assert, fc, test } from "../../harness.ts";
import { failure } from "../streams/support.ts";
import { clientOf, errorDocument, refusal, scripted } from "./support.ts";

async function refused(answer: Response, head = false): Promise<ServiceError> {
  const client = clientOf(scripted(answer).fetch, { retry: { attempts: 1 } });
  const error = await failure(head ? headObject(client, { key: "a.txt" }) : getObject(client, { key: "a.txt" }));
  if (!(error instanceof ServiceError)) throw new Error("not a ServiceError", { cause: error });
  return error;
}

test("an XML document gives code, message, request, EC, host and clock", async () => {
  const error = await refused(
    refusal(
      404,
      "NoSuchKey",
      { EC: "0026-00000001", ServerTime: "2024-06-15T08:09:10.000Z" },
      { "x-oss-request-id": "HEADER" },
    ),
  );
  assert.deepInclude(
    { ...error },
    {
      status: 404,
      code: "NoSuchKey",
      requestId: "REQ1",
      ec: "0026-00000001",
      hostId: "photos.oss",
      operation: "GetObject",
    },
  );
  assert.equal(error.serverTime?.toISOString(), "2024-06-15T08:09:10.000Z");
  assert.equal(error.headers.get("x-oss-request-id"), "HEADER");
  assert.equal(
    error.message,
    'GetObject "a.txt" failed: 404 NoSuchKey: about NoSuchKey (EC 0026-00000001, request REQ1)',
  );
});

const FORMS: readonly (readonly [name: string, body: string, code: string, message: string])[] = [
  ["JSON", '{"Error":{"Code":"InvalidArgument","Message":"bad","RequestId":"J","EC":"1"}}', "InvalidArgument", "bad"],
  [
    "JSON with white space before it",
    ' \n{"Error":{"Code":"InvalidArgument","Message":"bad"}}',
    "InvalidArgument",
    "bad",
  ],
  ["JSON of another kind", '{"message":"nope"}', "Forbidden", ""],
  ["JSON that is none", '{"Error":', "Forbidden", ""],
  ["JSON null", '{"Error":null}', "Forbidden", ""],
  ["truncated XML", "<?xml version='1.0'?><Error><Code>AccessDenied</Code><Message>You have no ri", "AccessDenied", ""],
  [
    "attributes at the root",
    '<Error xmlns="http://doc.oss-cn-hangzhou.aliyuncs.com"><Code>AccessDenied</Code></Error>',
    "AccessDenied",
    "",
  ],
  [
    "entities",
    "<Error><Code>AccessDenied</Code><Message>a &lt;b&gt; &amp;amp; &quot;c&quot; &#39;d&#x27;</Message></Error>",
    "AccessDenied",
    "a <b> &amp; \"c\" 'd'",
  ],
  ["an empty code", "<Error><Code></Code></Error>", "Forbidden", ""],
  ["a proxy's page", "<html><body><h1>403</h1><Code>Fake</Code></body></html>", "Forbidden", ""],
  ["plain text", "denied", "Forbidden", ""],
  ["nothing", "", "Forbidden", ""],
];

test("other forms: JSON, truncated documents, foreign pages, nothing", async () => {
  for (const [name, body, code, message] of FORMS) {
    const error = await refused(new Response(body, { status: 403 }));
    assert.equal(error.code, code, name);
    if (message) assert.include(error.message, `: ${message}`, name);
    assert.equal(error.status, 403);
  }
});

test("without a code the status names the error", async () => {
  const codes = {
    403: "Forbidden",
    404: "NotFound",
    412: "PreconditionFailed",
    400: "BadErrorResponse",
    418: "BadErrorResponse",
  };
  for (const [status, code] of Object.entries(codes)) {
    assert.equal((await refused(new Response("", { status: Number(status) }))).code, code);
  }
});

test("HEAD: the document is in x-oss-err, the EC at least in x-oss-ec, or both are hidden", async () => {
  const document = encodeBase64(encodeUtf8(errorDocument("NoSuchKey", { EC: "0026-00000001", Message: "schlüssel" })));
  const told = await refused(new Response(null, { status: 404, headers: { "x-oss-err": document } }), true);
  assert.deepInclude(
    { ...told },
    { code: "NoSuchKey", ec: "0026-00000001", requestId: "REQ1", operation: "HeadObject" },
  );
  assert.include(told.message, "schlüssel");
  const broken = await refused(
    new Response(null, { status: 404, headers: { "x-oss-err": "%%%", "x-oss-ec": "0015-00000101" } }),
    true,
  );
  assert.deepInclude({ ...broken }, { code: "NotFound", ec: "0015-00000101" });
  assert.equal((await refused(new Response(null, { status: 404 }), true)).code, "NotFound");
});

test("a message says how often it was tried, and that V1 is closed where it is", async () => {
  const { fetch } = scripted(refusal(503, "SlowDown"));
  assert.include(String(await failure(getObject(clientOf(fetch), { key: "a" }))), "after 4 attempts");
  const closed = await refused(refusal(403, "InvalidRequest", { EC: "0002-00000080" }));
  assert.include(closed.message, 'signatureVersion: "v4"');
});

test("what the service quotes of the signature is not passed on", async () => {
  const secrets = {
    StringToSign: "OSS4-HMAC-SHA256\nTOSIGN",
    SignatureProvided: "PROVIDED",
    CanonicalRequest: "CANONICAL",
    OSSAccessKeyId: "LTAIKEY",
  };
  const error = await refused(refusal(403, "SignatureDoesNotMatch", secrets));
  const all = `${error.message}${error.stack}${JSON.stringify(error)}`;
  for (const word of ["TOSIGN", "PROVIDED", "CANONICAL", "LTAIKEY"]) assert.notInclude(all, word);
});

test("no document, however broken, hides the status", async () => {
  const noise = fc.oneof(
    fc.string({ unit: "grapheme" }),
    fc.string().map((text) => `<Error><Code>${text}`),
    fc.json(),
  );
  await fc.assert(
    fc.asyncProperty(noise, fc.constantFrom(400, 403, 404, 409, 416), async (body, status) => {
      const error = await refused(new Response(body, { status }));
      assert.equal(error.status, status);
      assert.isNotEmpty(error.code);
    }),
    { numRuns: 50 },
  );
});

test("a refused put tells the same", async () => {
  const client = clientOf(scripted(refusal(409, "FileAlreadyExists")).fetch);
  const error = await failure(putObject(client, { key: "a", body: "x", forbidOverwrite: true }));
  assert.deepInclude(
    { ...(error as ServiceError) },
    { code: "FileAlreadyExists", operation: "PutObject", status: 409 },
  );
});
