/** Bytes leave Node without a second stream kept for a redirect, and a redirect is told all the same. */
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { createClient, NetworkError, putObject, ServiceError } from "../../src/mod.ts";
import type { Client } from "../../src/types.ts";
import { assert, test } from "../harness.ts";

type Answer = (response: ServerResponse) => unknown;
const moved: Answer = (response) => response.writeHead(307, { location: "/elsewhere" }).end();
const stored: Answer = (response) => response.writeHead(200, { etag: '"1"' }).end();

interface Scene {
  readonly client: Client;
  /** What was asked for: method, path and bytes. */
  readonly asked: string[];
}

/** Calls on a server of these answers, one after the other, the last one for ever. */
async function serving(answers: readonly Answer[], run: (scene: Scene) => Promise<unknown>): Promise<void> {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    let bytes = 0;
    request.on("data", (chunk: Uint8Array) => {
      bytes += chunk.length;
    });
    request.on("end", () => {
      asked.push(`${request.method} ${request.url} ${bytes}`);
      answers[Math.min(asked.length, answers.length) - 1]?.(response);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  try {
    const credentials = { accessKeyId: "id", accessKeySecret: "secret" };
    const endpoint = `http://127.0.0.1:${port}`;
    const retry = { attempts: 1 };
    await run({
      client: createClient({ region: "cn-hangzhou", endpoint, bucket: "bucket", credentials, retry }),
      asked,
    });
  } finally {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
}

const PUT = "PUT /bucket/k 5";
const put = (client: Client): Promise<unknown> => putObject(client, { key: "k", body: "hello" });
const failed = (call: Promise<unknown>): Promise<unknown> =>
  call.then(
    () => undefined,
    (error: unknown) => error,
  );

test("no stream is teed for bytes that are put", async () => {
  const { tee } = ReadableStream.prototype;
  let teed = 0;
  ReadableStream.prototype.tee = function (this: ReadableStream) {
    teed++;
    return tee.call(this);
  } as typeof tee;
  try {
    await serving([stored], async ({ client, asked }) => {
      await put(client);
      assert.deepEqual(asked, [PUT]);
      assert.equal(teed, 0);
    });
  } finally {
    ReadableStream.prototype.tee = tee;
  }
});

test("a put that is redirected is sent once more to learn its status, and nowhere else", async () => {
  await serving([moved], async ({ client, asked }) => {
    const error = await failed(put(client));
    assert.instanceOf(error, ServiceError);
    assert.propertyVal(error, "status", 307);
    assert.deepEqual(asked, [PUT, PUT]);
  });
});

test("what was redirected for a moment is stored", async () => {
  await serving([moved, stored], async ({ client, asked }) => {
    assert.propertyVal(await put(client), "etag", '"1"');
    assert.deepEqual(asked, [PUT, PUT]);
  });
});

test("what must not be sent twice is asked once: a stream, a POST", async () => {
  await serving([moved], async ({ client, asked }) => {
    const body = new Blob(["hello"]).stream();
    assert.propertyVal(await failed(putObject(client, { key: "k", body })), "status", 307);
    assert.propertyVal(await failed(client.send({ method: "POST", key: "k", body: "hello" })), "status", 307);
    assert.deepEqual(asked, [PUT, "POST /bucket/k 5"]);
  });
});

test("a connection that breaks is not taken for a redirect", async () => {
  await serving([(response) => response.destroy()], async ({ client, asked }) => {
    assert.instanceOf(await failed(put(client)), NetworkError);
    assert.deepEqual(asked, [PUT]);
  });
});
