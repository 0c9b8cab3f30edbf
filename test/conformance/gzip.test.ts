/** Gzip, on the fly and stored: what arrives is what was put, and nothing is called altered that is not. */
import {
  type Client,
  createClient,
  type Fetch,
  getObject,
  getObjectMeta,
  headObject,
  listObjectsV2,
  putObject,
  upload,
} from "../../src/mod.ts";
import { assert, environment, runtime, test } from "../harness.ts";
import { onAnswer } from "./support/wire.ts";
import { bytesOf, sweep, VERSIONS, world } from "./support/world.ts";

/** Pages cannot choose the coding of answers. */
const isPage = ["chromium", "firefox", "webkit"].includes(runtime);

/** 2 KB: over the size from which OSS compresses. */
const json = new TextEncoder().encode(JSON.stringify({ text: "x".repeat(1000), more: "\uFF5E".repeat(345) }));
const html = new TextEncoder().encode(`<!doctype html><p>${"hello ".repeat(340)}</p>`);
const FILES = { "a.json": json, "a.html": html } as const;

async function gzip(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  const { body } = new Response(bytes);
  const zipped = body?.pipeThrough(new CompressionStream("gzip") as ReadableWritablePair<Uint8Array<ArrayBuffer>>);
  return new Uint8Array(await new Response(zipped ?? null).arrayBuffer());
}

async function plain(client: Client, folder: string, chooses = !isPage): Promise<void> {
  for (const [name, bytes] of Object.entries(FILES)) {
    const key = `${folder}${name}`;
    const { crc64 } = await putObject(client, { key, body: bytes });
    const type = name === "a.json" ? "application/json" : "text/html";
    const head = await headObject(client, { key });
    assert.equal(head.contentType, type);
    // Where the runtime offers gzip on its own, OSS hides the length.
    if (chooses || head.contentLength !== undefined) assert.equal(head.contentLength, bytes.length);
    if (head.crc64 !== undefined) assert.equal(head.crc64, crc64 ?? 0n);
    assert.equal((await getObjectMeta(client, { key })).contentLength, bytes.length);
    assert.deepEqual(await bytesOf(await getObject(client, { key })), bytes);
    const part = await getObject(client, { key, range: [10, 1499] });
    assert.equal(part.status, 206);
    assert.deepEqual(await bytesOf(part), bytes.slice(10, 1500));
    const uploaded = await upload(client, { key: `${key}.up`, body: new Blob([bytes]), contentType: type });
    if (crc64 !== undefined) assert.equal(uploaded.crc64, crc64);
    assert.deepEqual(await bytesOf(await getObject(client, { key: `${key}.up` })), bytes);
  }
  const { objects } = await listObjectsV2(client, { prefix: folder });
  assert.deepEqual(
    objects.map(({ size }) => size),
    [html.length, html.length, json.length, json.length],
  );
}

async function stored(client: Client, folder: string): Promise<void> {
  for (const [name, bytes] of Object.entries(FILES)) {
    const key = `${folder}${name}`;
    const body = await gzip(bytes);
    await putObject(client, { key, body, contentEncoding: "gzip" });
    assert.equal((await getObjectMeta(client, { key })).contentLength, body.length);
    const head = await headObject(client, { key });
    assert.equal(head.contentLength, body.length);
    // Every runtime decodes it.
    assert.deepEqual(await bytesOf(await getObject(client, { key })), bytes, name);
    await upload(client, { key: `${key}.up`, body: new Blob([body]), contentEncoding: "gzip" });
    assert.deepEqual(await bytesOf(await getObject(client, { key: `${key}.up` })), bytes, name);
  }
  assert.lengthOf((await listObjectsV2(client, { prefix: folder })).objects, 4);
}

/** The OSS on a socket, which for a page is of another origin. */
async function overSocket(signatureVersion: "v4" | "v1", run: typeof plain): Promise<void> {
  const { serviceUrl, account, region, bucket } = environment;
  const client = createClient({
    endpoint: serviceUrl ?? assert.fail("there is no service"),
    region,
    bucket,
    credentials: account,
    signatureVersion,
    onWarning: (message) => assert.fail(message),
  });
  const folder = `gzip-${signatureVersion}-${Math.random()}/`;
  await run(client, folder);
  await sweep(client, folder);
}

/** Middleware that leaves the coding to the runtime, as every browser does. */
const likeAPage =
  (next: Fetch): Fetch =>
  (url, init) => {
    const headers = new Headers(init.headers);
    headers.delete("accept-encoding");
    return next(url, { ...init, headers });
  };

test("compressed on the fly, in process, whatever the client would rather have", async (t) => {
  const codings: (string | null)[] = [];
  const listen = onAnswer((response) => {
    codings.push(response.headers.get("content-encoding"));
    if (response.headers.get("content-encoding")) assert.isNull(response.headers.get("etag"));
    return response;
  });
  await plain(world(t, { client: { use: [listen, likeAPage] } }).client, "f/", false);
  assert.isAtLeast(codings.filter((coding) => coding === "gzip").length, 4, "HEAD and GET of two files");
});

for (const signatureVersion of VERSIONS) {
  const client = { signatureVersion };
  test(`compressed on the fly, in process (${signatureVersion})`, (t) => plain(world(t, { client }).client, "f/"));
  test(`stored compressed, in process (${signatureVersion})`, (t) => stored(world(t, { client }).client, "f/"));
  test(`compressed on the fly, over a socket (${signatureVersion})`, { insecure: true }, () =>
    overSocket(signatureVersion, plain),
  );
  test(`stored compressed, over a socket (${signatureVersion})`, { insecure: true }, () =>
    overSocket(signatureVersion, stored),
  );
}
