/** An upload whose callback fails: the object is stored, and that is what is said. */
import { CallbackError, callback, headObject, upload } from "../../src/mod.ts";
import { assert, test } from "../harness.ts";
import { failureOf, noise, world } from "./support/world.ts";

const key = "a.bin";
const partSize = 100 * 1024;
const told = callback({ url: "https://app.example.com/uploaded", body: "x" });

for (const [title, size] of [
  ["in one request", 10],
  ["in parts", 3 * partSize],
] as const) {
  test(`upload: ${title}, its callback fails: stored, and nothing is to be aborted`, async (t) => {
    const service = { callback: () => new Response("{}", { status: 400 }) };
    const { client, oss, warnings } = world(t, { service });
    const input = { key, body: noise(size), callback: told };
    const error = await failureOf(upload(client, input, { partSize, multipartThreshold: partSize }));
    if (!(error instanceof CallbackError)) throw error;
    assert.deepInclude(error.result, { status: 203 });
    assert.equal((await headObject(client, { key })).contentLength, size);
    const operations = oss.requests.map(({ operation }) => operation);
    assert.notInclude(operations, "AbortMultipartUpload");
    assert.deepEqual(warnings, []);
  });
}
