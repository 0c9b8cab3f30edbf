/**
 * A real socket of another origin than the page: what an in-process fetch cannot show.
 */
import {
  compareKeys,
  createClient,
  deleteObject,
  each,
  getObject,
  headObject,
  listObjectsV2,
  presign,
  putObject,
  upload,
} from "../../src/mod.ts";
import type { Client } from "../../src/types.ts";
import { assert, environment, runtime, test } from "../harness.ts";
import { bytesOf, noise } from "./support/world.ts";

function socketClient(): Client {
  const { account, bucket, region, serviceUrl } = environment;
  if (serviceUrl === undefined) throw new Error("The runner offers no service");
  return createClient({ region, bucket, credentials: account, endpoint: serviceUrl, pathStyle: true });
}

/** The bucket is shared with other tests. */
const PREFIX = `socket-${Math.random()}/`;
const KEYS = [
  "a.txt",
  "a//b",
  "0012",
  "a b+%.txt",
  "\uff5e",
  "\u{1f600}",
  "\u{1f600}/\uff5e.txt",
  "%",
  "+",
  " ",
  "a/../b",
].map((key) => PREFIX + key);

test("put, head, get, list and delete over a socket, across origins", { insecure: true }, async (t) => {
  const client = socketClient();
  const { signal } = t;
  for (const key of KEYS) {
    const body = `body of ${key}`;
    const put = await putObject(client, { key, body }, { signal });
    assert.match(put.etag ?? "", /^"[0-9A-F]{32}"$/);
    const { contentLength, crc64 } = await headObject(client, { key }, { signal });
    assert.equal(contentLength, new TextEncoder().encode(body).length);
    assert.equal(crc64, put.crc64);
    assert.equal(await (await getObject(client, { key }, { signal })).text(), body);
    // The same key by parts: Initiate, parts, Complete.
    const bytes = noise(250_000, key.length);
    const stored = await upload(client, { key, body: bytes }, { signal, partSize: 102_400, multipartThreshold: 0 });
    assert.equal(stored.size, bytes.length);
    assert.isDefined(stored.uploadId);
    assert.deepEqual(await bytesOf(await getObject(client, { key }, { signal })), bytes);
  }
  const listed: string[] = [];
  for await (const { key } of each(client, listObjectsV2, { prefix: PREFIX, maxKeys: 2 }, { signal })) listed.push(key);
  assert.deepEqual(listed, [...KEYS].sort(compareKeys));
  for (const key of KEYS) await deleteObject(client, { key }, { signal });
});

test("a presigned URL is good for a plain fetch, and only for what was signed", { insecure: true }, async (t) => {
  const client = socketClient();
  const key = `presigned by ${runtime}`;
  const { url, method, headers } = await presign(
    client,
    putObject,
    { key, contentType: "text/plain" },
    { expiresIn: 60 },
  );
  const send = (address: string): Promise<Response> =>
    fetch(address, { method, headers, body: "hello", signal: t.signal });
  const other = await send(url.replace("presigned", "resigned"));
  assert.include(await other.text(), "SignatureDoesNotMatch");
  const stored = await send(url);
  assert.equal(stored.status, 200, await stored.text());
  const read = await presign(client, getObject, { key }, { expiresIn: 60 });
  assert.equal(await (await fetch(read.url, { signal: t.signal })).text(), "hello");
});
