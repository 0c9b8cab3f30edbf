/** Errors: one tree with literal names, and no secret in any of them. */
import * as errors from "../../src/errors.ts";
import { assert, fc, test } from "../harness.ts";

const { isOSSError, OSSError, redact } = errors;

const SERVICE = { status: 403, code: "AccessDenied", operation: "GetObject", headers: new Headers() } as const;

/** Each class, made with a message and, where it takes one, a cause. */
const MAKE: Readonly<Record<string, (message: string, cause?: unknown) => errors.OSSError>> = {
  ServiceError: (message) => new errors.ServiceError(message, SERVICE),
  NetworkError: (message, cause) =>
    new errors.NetworkError(message, { method: "GET", url: "https://h/k", attempts: 2, cause }),
  TimeoutError: (message) => new errors.TimeoutError(message, "timeout", 5),
  CredentialsError: (message, cause) => new errors.CredentialsError(message, cause),
  DecodeError: (message, cause) => new errors.DecodeError(message, cause),
  IntegrityError: (message) => new errors.IntegrityError(message, "crc64", "1", "2"),
  CorsError: (message, cause) => new errors.CorsError(message, ["ETag"], cause),
  CallbackError: (message) => new errors.CallbackError(message, { status: 203 }),
  SourceChangedError: (message, cause) => new errors.SourceChangedError(message, cause),
  TransferError: (message, cause) => new errors.TransferError(message, { uploadId: "u", failedParts: [3], cause }),
};
const TAKE_CAUSE = [
  "NetworkError",
  "CredentialsError",
  "DecodeError",
  "CorsError",
  "SourceChangedError",
  "TransferError",
];

test("every class has its literal name, its code and its base", () => {
  const classes = Object.entries(errors).filter(
    ([, value]) => typeof value === "function" && value.prototype instanceof OSSError,
  );
  assert.sameMembers(
    classes.map(([name]) => name),
    Object.keys(MAKE),
  );
  for (const [name, make] of Object.entries(MAKE)) {
    const error = make("it failed");
    assert.equal(error.name, name);
    assert.equal(error.message, "it failed");
    assert.instanceOf(error, OSSError);
    assert.instanceOf(error, Error);
    assert.isTrue(isOSSError(error));
    assert.isString(error.code);
    assert.isFalse("cause" in error && error.cause !== undefined, `${name} has no cause of its own`);
    assert.isString(error.stack);
  }
});

test("fields arrive where they are documented", () => {
  const headers = new Headers({ "x-oss-ec": "0026-00000001" });
  const serverTime = new Date(5);
  const facts = {
    status: 404,
    code: "NoSuchKey",
    requestId: "R",
    ec: "0026-00000001",
    hostId: "H",
    operation: "GetObject",
    headers,
    serverTime,
  };
  const service = new errors.ServiceError("m", facts);
  const { status, code, requestId, ec, hostId, operation } = service;
  assert.deepEqual(
    { status, code, requestId, ec, hostId, operation, headers: service.headers, serverTime: service.serverTime },
    facts,
  );
  const network = new errors.NetworkError("m", { method: "PUT", url: "https://h/k", attempts: 4 });
  assert.deepEqual(
    [network.method, network.url, network.attempts, network.code],
    ["PUT", "https://h/k", 4, "NetworkError"],
  );
  const timeout = new errors.TimeoutError("m", "stallTimeout", 70);
  assert.deepEqual([timeout.limit, timeout.milliseconds], ["stallTimeout", 70]);
  const integrity = new errors.IntegrityError("m", "length", "1", "2");
  assert.deepEqual([integrity.check, integrity.expected, integrity.actual], ["length", "1", "2"]);
  assert.deepEqual(new errors.CorsError("m", ["ETag"]).expose, ["ETag"]);
  const callback = new errors.CallbackError("m", { etag: "e" });
  assert.deepEqual([callback.code, callback.result], ["CallbackFailed", { etag: "e" }]);
  const transfer = new errors.TransferError("m", { uploadId: "u", cause: undefined });
  assert.deepEqual([transfer.uploadId, transfer.failedParts, transfer.checkpoint], ["u", [], undefined]);
});

test("isOSSError knows the errors of another copy of the library, and nothing else", () => {
  // Another copy has classes of its own: same shape, no shared prototype.
  class OSSErrorOfAnotherCopy extends Error {
    readonly isOSSError = true;
  }
  assert.isTrue(isOSSError(new OSSErrorOfAnotherCopy("m")));
  for (const value of [new Error("m"), new TypeError("m"), undefined, null, "OSSError", 7, {}, { name: "OSSError" }]) {
    assert.isFalse(isOSSError(value), String(value));
  }
});

const SECRETS = [
  "x-oss-signature",
  "Signature",
  "x-oss-security-token",
  "security-token",
  "x-oss-credential",
  "OSSAccessKeyId",
] as const;

/** Characters of signatures, tokens and credentials as they stand in URLs and headers. */
const secret: fc.Arbitrary<string> = fc
  .string({ unit: fc.constantFrom(..."ABCxyz0189+/=%-._~"), minLength: 12, maxLength: 60 })
  .map((text) => `K${text}K`);

/** A text that a runtime might put a secret into, by the way it is spelt. */
const CARRIERS: readonly ((name: string, value: string) => string)[] = [
  (name, value) => `https://b.oss-cn-x.aliyuncs.com/k?a=1&${name}=${value}`,
  (name, value) => `https://b.oss-cn-x.aliyuncs.com/k?${name}=${value}&z=1 could not be fetched`,
  (name, value) => `error sending request for url (https://h/k?${name}=${value})`,
  (name, value) => `header ${name}: ${value} is refused`,
  (name, value) => `{"${name}":"${value}"}`,
  (name, value) => `{ '${name}': '${value}' }`,
  (name, value) => `${name.toUpperCase()}=${value}`,
];

const carried: fc.Arbitrary<{ readonly text: string; readonly value: string }> = fc
  .tuple(fc.constantFrom(...SECRETS), fc.constantFrom(...CARRIERS), secret)
  .map(([name, carry, value]) => ({ text: carry(name, value), value }));

test("signatures, tokens and keys in a text are blanked, however it spells them", () => {
  fc.assert(
    fc.property(carried, ({ text, value }) => {
      const blanked = redact(text);
      assert.notInclude(blanked, value);
      assert.include(blanked, "***");
    }),
  );
});

test("Authorization headers are blanked in each of their forms", () => {
  fc.assert(
    fc.property(secret, fc.constantFrom("Authorization: ", "authorization=", '"authorization":"'), (value, before) => {
      const forms = [
        `OSS4-HMAC-SHA256 Credential=LTAI/20240615/cn-x/oss/aliyun_v4_request,Signature=${value}`,
        `OSS4-HMAC-SHA256 Credential=LTAI/20240615/cn-x/oss/aliyun_v4_request,AdditionalHeaders=host;range,Signature=${value}`,
        `OSS4-HMAC-SHA256 Credential=LTAI/20240615/cn-x/oss/aliyun_v4_request, AdditionalHeaders=host, Signature=${value}`,
        `OSS LTAI:${value}`,
      ];
      for (const form of forms) {
        const blanked = redact(`${before}${form}`);
        assert.notInclude(blanked, value);
        assert.notInclude(blanked, "LTAI");
      }
    }),
  );
});

test("what is no secret stays readable", () => {
  for (const text of [
    'GetObject "a/b.txt" failed: 404 NoSuchKey',
    "SignatureDoesNotMatch: The request signature we calculated does not match",
    "https://b.oss-cn-x.aliyuncs.com/k?x-oss-date=20240615T080910Z&x-oss-expires=60",
    "the Signature is wrong",
  ]) {
    assert.equal(redact(text), text);
  }
});

test("no secret is left in a message, a cause, or a cause's cause", () => {
  fc.assert(
    fc.property(fc.constantFrom(...TAKE_CAUSE), carried, carried, carried, (name, own, outer, inner) => {
      const deep = Object.assign(new TypeError(inner.text), { code: "ECONNRESET" });
      const error = MAKE[name]?.(own.text, new TypeError(outer.text, { cause: deep }));
      const seen: string[] = [];
      for (let at: unknown = error; at instanceof Error; at = at.cause)
        seen.push(at.message, String(at.stack), JSON.stringify(at));
      assert.isAtLeast(seen.length, 9, "the chain is kept");
      for (const { value } of [own, outer, inner]) assert.notInclude(seen.join("\n"), value);
    }),
  );
});

test("a cause keeps what helps: name, code, message and its own cause", () => {
  const deep = Object.assign(new Error("read ECONNRESET"), { code: "ECONNRESET" });
  const cause = MAKE["NetworkError"]?.("m", new TypeError("fetch failed", { cause: deep })).cause;
  assert.instanceOf(cause, Error);
  assert.deepEqual([cause.name, cause.message], ["TypeError", "fetch failed"]);
  assert.instanceOf(cause.cause, Error);
  assert.propertyVal(cause.cause, "code", "ECONNRESET");
  assert.equal(cause.cause.message, "read ECONNRESET");
});

test("an error of ours is a cause as it is, and a circle of causes ends", () => {
  const service = MAKE["ServiceError"]?.("m");
  assert.strictEqual(MAKE["TransferError"]?.("t", service).cause, service);
  const circle = new Error("a");
  circle.cause = new Error("b", { cause: circle });
  assert.instanceOf(MAKE["DecodeError"]?.("d", circle).cause, Error);
  assert.equal(MAKE["DecodeError"]?.("d", "https://h/?x-oss-signature=abcdef").cause, "https://h/?x-oss-signature=***");
});
