/** AppendObject against the in-process OSS. */
import { crc64 } from "../../../src/checksum/crc64.ts";
import { appendObject, getObject, headObject, IntegrityError, putObject } from "../../../src/mod.ts";
import { assert } from "../../harness.ts";
import { operationCase, presignCase } from "../cases.ts";
import { assertRefused, failureOf, own, VERSIONS } from "../support/world.ts";

const encode = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text);

for (const signatureVersion of VERSIONS) {
  operationCase(
    "AppendObject",
    `appends where the last append ended (${signatureVersion})`,
    async ({ client }) => {
      const first = await appendObject(client, {
        key: "log",
        position: 0,
        body: "one\n",
        contentType: "text/plain",
        metadata: { a: "1" },
      });
      const { etag: _, ...found } = { etag: "", ...own(first, 200) };
      assert.deepEqual(found, { nextPosition: 4, crc64: crc64(encode("one\n")) });
      const second = await appendObject(client, {
        key: "log",
        position: 4,
        body: "two\n",
        initialCrc64: first.crc64,
        metadata: { a: "2" },
      });
      assert.equal(second.nextPosition, 8);
      assert.equal(second.crc64, crc64(encode("one\ntwo\n")));
      const { objectType, nextAppendPosition, metadata } = await headObject(client, { key: "log" });
      assert.deepEqual([objectType, nextAppendPosition, metadata], ["Appendable", 8, { a: "1" }]);
      assert.equal(await (await getObject(client, { key: "log" })).text(), "one\ntwo\n");
    },
    { client: { signatureVersion } },
  );
}

operationCase("AppendObject", "without the CRC-64 so far compares nothing", async ({ client, oss }) => {
  await appendObject(client, { key: "log", position: 0, body: "one" });
  oss.faults.add({ operation: "AppendObject", kind: "crc" });
  assert.equal((await appendObject(client, { key: "log", position: 3, body: "two" })).nextPosition, 6);
  oss.faults.add({ operation: "AppendObject", kind: "crc" });
  const wrong = appendObject(client, { key: "other", position: 0, body: "one" });
  assert.instanceOf(await failureOf(wrong), IntegrityError);
});

operationCase("AppendObject", "fails with what is wrong", async ({ client, oss }) => {
  const operation = "AppendObject";
  await appendObject(client, { key: "log", position: 0, body: "one" });
  const error = await assertRefused(appendObject(client, { key: "log", position: 0, body: "x" }), {
    status: 409,
    code: "PositionNotEqualToLength",
    ec: "0026-00000016",
    operation,
  });
  assert.equal(error.headers.get("x-oss-next-append-position"), "3");
  await putObject(client, { key: "put", body: "one" });
  const refused = { status: 409, code: "ObjectNotAppendable", operation };
  await assertRefused(appendObject(client, { key: "put", position: 3, body: "x" }), refused);
  const before = oss.requests.length;
  for (const position of [-1, 0.5, Number.NaN]) {
    assert.instanceOf(await failureOf(appendObject(client, { key: "a", position, body: "x" })), RangeError);
  }
  assert.lengthOf(oss.requests, before);
});

operationCase("AppendObject", "checks an MD5, and forbids to begin anew", async ({ client }) => {
  const append = (input: object): Promise<unknown> =>
    appendObject(client, { key: "log", position: 0, body: "hello", forbidOverwrite: true, ...input });
  await assertRefused(append({ contentMd5: "AAAAAAAAAAAAAAAAAAAAAA==" }), { status: 400, code: "InvalidDigest" });
  await append({ contentMd5: "XUFAKrxLKna5cZ2REBfFkg==" });
  await assertRefused(append({}), { status: 409, code: "FileAlreadyExists" });
});

presignCase("AppendObject", appendObject, { input: { key: "log", position: 0 }, body: encode("one") });
