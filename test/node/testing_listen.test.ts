import { once } from "node:events";
import { request } from "node:http";
import { connect } from "node:net";
import { setImmediate } from "node:timers/promises";
import { createTestOSS, type TestOSS, type TestOSSOptions } from "../../src/testing/mod.ts";
import { type Listener, listen, loopbackFetch, nodeMd5 } from "../../src/testing/node/mod.ts";
import { assert, test } from "../harness.ts";

const OPEN: TestOSSOptions = { buckets: [{ name: "photos", acl: "public-read-write" }], md5: nodeMd5 };

async function serving(run: (oss: TestOSS, server: Listener) => Promise<void>): Promise<void> {
  const oss = createTestOSS(OPEN);
  const server = await listen(oss);
  try {
    await run(oss, server);
  } finally {
    await server.close();
  }
}

/** Sends text as it is and returns everything until the server closes the connection. */
async function raw(port: number, text: string): Promise<string> {
  const socket = connect(port, "127.0.0.1");
  socket.end(text);
  let answer = "";
  for await (const chunk of socket) answer += String(chunk);
  return answer;
}

test("testing/listen: real fetch, path style, ranges, HEAD and errors", async () => {
  await serving(async (_, { url }) => {
    const body = new Uint8Array(3_000_000).map((_, i) => (i * 31) >> 3);
    assert.equal((await fetch(`${url}/photos/a`, { method: "PUT", body })).status, 200);
    const get = await fetch(`${url}/photos/a`);
    assert.isTrue(Buffer.from(await get.arrayBuffer()).equals(body));
    const head = await fetch(`${url}/photos/a`, { method: "HEAD" });
    assert.deepEqual([head.status, head.headers.get("content-length")], [200, "3000000"]);
    const part = await fetch(`${url}/photos/a`, { headers: { range: "bytes=1000000-2000000" } });
    assert.equal((await part.arrayBuffer()).byteLength, 1_000_001);
    const none = await fetch(`${url}/photos/none`, { method: "HEAD" });
    assert.deepEqual([none.status, none.headers.get("x-oss-ec")], [404, "0026-00000001"]);
    const text = "line of text\n".repeat(1000);
    await fetch(`${url}/photos/a.txt`, { method: "PUT", body: text });
    const packed = await fetch(`${url}/photos/a.txt`);
    assert.deepEqual([packed.headers.get("content-encoding"), await packed.text()], ["gzip", text]);
  });
});

test("testing/listen: headers of an answer arrive byte for byte", async () => {
  const oss = createTestOSS({ ...OPEN, lenient: ["response-overrides"] });
  const server = await listen(oss);
  try {
    await fetch(`${server.url}/photos/a`, { method: "PUT", body: "hello" });
    for (const name of ["content-disposition", "content-language"]) {
      const answer = await fetch(`${server.url}/photos/a?response-${name}=%E6%BC%A2%C3%A9`);
      assert.deepEqual([answer.headers.get(name), await answer.text()], ["\xe6\xbc\xa2\xc3\xa9", "hello"]);
    }
  } finally {
    await server.close();
  }
});

test("testing/listen: raw target, header lines and framing reach the service", async () => {
  await serving(async (oss, { port }) => {
    const host = "Host: photos.oss-cn-hangzhou.aliyuncs.com\r\nConnection: close\r\n";
    const dots = await raw(
      port,
      `PUT /a/%2E%2E/b/../c HTTP/1.1\r\n${host}x-oss-meta-a: caf\xc3\xa9\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhi\r\n0\r\n\r\n`,
    );
    assert.match(dots, /^HTTP\/1\.1 200 OK/);
    assert.equal(oss.requests[0]?.key, "a/../b/../c");
    assert.match(await raw(port, `PUT /x HTTP/1.1\r\n${host}\r\n`), /^HTTP\/1\.1 411 .*MissingContentLength/s);
    assert.match(await raw(port, `GET /a%2F..%2Fb%2F..%2Fc HTTP/1.1\r\n${host}\r\n`), /\r\n\r\nhi$/);
    assert.match(
      await raw(port, `GET /photos/a HTTP/1.1\r\nHost: oss-cn-hangzhou.aliyuncs.com\r\nConnection: close\r\n\r\n`),
      /SecondLevelDomainForbidden/,
    );
  });
});

test("testing/listen: a client that goes away, or sends too little, leaves no object", async () => {
  await serving(async (oss, { port, url }) => {
    for (const framing of ["Content-Length: 100", "Transfer-Encoding: chunked"]) {
      const socket = connect(port, "127.0.0.1");
      const chunk = framing.startsWith("T") ? "5\r\nhello\r\n" : "hello";
      socket.write(`PUT /photos/half HTTP/1.1\r\nHost: 127.0.0.1\r\n${framing}\r\n\r\n${chunk}`);
      const count = oss.requests.length;
      await once(socket, "ready");
      socket.destroy();
      while (oss.requests.length === count) await setImmediate();
      assert.equal(oss.requests[count]?.status, 0);
    }
    assert.equal((await fetch(`${url}/photos/half`)).status, 404);
  });
});

test("testing/listen: resets and cut bodies break the connection", async () => {
  await serving(async (oss, { url }) => {
    await fetch(`${url}/photos/a`, { method: "PUT", body: new Uint8Array(1_000_000) });
    oss.faults.add({ kind: "reset" });
    const reset = await fetch(`${url}/photos/a`).catch((error: unknown) => error);
    assert.instanceOf(reset, TypeError);
    oss.faults.add({ kind: "cut" });
    const cut = await fetch(`${url}/photos/a`);
    assert.equal(cut.headers.get("content-length"), "1000000");
    assert.instanceOf(await cut.arrayBuffer().catch((error: unknown) => error), TypeError);
    oss.faults.add({ kind: "cut", silent: true, at: 0.25 });
    assert.equal((await (await fetch(`${url}/photos/a`)).arrayBuffer()).byteLength, 250_000);
    oss.faults.add({ kind: "lost" });
    await fetch(`${url}/photos/b`, { method: "PUT", body: "x" }).catch(() => {});
    assert.equal((await fetch(`${url}/photos/b`)).status, 200, "it was stored");
  });
});

test("testing/listen: an early answer leaves the connection usable, or closes it when asked", async () => {
  await serving(async (oss, { url }) => {
    const body = new Uint8Array(8_000_000);
    for (let i = 0; i < 3; i++) {
      oss.faults.add({ kind: "status", status: 403 });
      assert.equal((await fetch(`${url}/photos/a`, { method: "PUT", body })).status, 403);
    }
    oss.faults.add({ kind: "status", status: 403, close: true });
    const closed = await fetch(`${url}/photos/a`, { method: "PUT", body }).then(
      (response) => response.status,
      () => 0,
    );
    assert.include([403, 0], closed, "the answer, or a connection that broke before it was read");
    assert.equal((await fetch(`${url}/photos/a`)).status, 404);
  });
});

/** Waits until a number stops to rise. */
async function settled(read: () => number): Promise<number> {
  for (let last = -1, turns = 0; turns < 300; turns++) {
    if (read() !== last) turns = 0;
    last = read();
    await setImmediate();
  }
  return read();
}

test("testing/listen: neither side runs ahead of the other", async () => {
  const total = 256 << 20;
  const chunk = new Uint8Array(1 << 20);
  let sent = 0;
  const body = new ReadableStream({
    pull(controller) {
      sent += chunk.length;
      if (sent > total) controller.close();
      else controller.enqueue(chunk.slice());
    },
  });
  const slow: Pick<TestOSS, "serve"> = {
    async serve(incoming) {
      const reader = incoming.body?.getReader();
      await reader?.read();
      return { status: 200, headers: {}, body };
    },
  };
  const server = await listen(slow);
  const upload = request({ port: server.port, method: "PUT", headers: { "content-length": String(total) } });
  upload.on("error", () => {});
  const answered = once(upload, "response");
  for (let written = 0; written < total; written += chunk.length) upload.write(chunk);
  await answered;
  // What the socket still holds back counts as written.
  const taken = await settled(() => (upload.socket?.bytesWritten ?? 0) - (upload.socket?.writableLength ?? 0));
  assert.isBelow(await settled(() => sent), 32 << 20, "the answer waits for its reader");
  assert.isBelow(taken, 64 << 20, "the request waits for the service");
  upload.destroy();
  await server.close();
});

test("testing/listen: close() ends connections that are under way", async () => {
  const oss = createTestOSS(OPEN);
  const server = await listen(oss);
  oss.faults.add({ kind: "delay", milliseconds: Number.POSITIVE_INFINITY });
  const waiting = fetch(`${server.url}/photos/a`).catch((error: unknown) => error);
  while (oss.faults.pending.length > 0) await setImmediate();
  await server.close();
  assert.instanceOf(await waiting, TypeError);
  assert.equal(oss.requests[0]?.status, 0);
});

test("testing/listen: a taken port is an error with its code", async () => {
  await serving(async (oss, { port }) => {
    const error = await listen(oss, { port }).catch((caught: NodeJS.ErrnoException) => caught);
    assert.propertyVal(error, "code", "EADDRINUSE");
  });
});

test("testing/loopback_fetch: any host reaches the server, with streams, aborts and broken connections", async () => {
  await serving(async (oss, { port }) => {
    const go = loopbackFetch(port);
    const url = "https://photos.oss-cn-hangzhou.aliyuncs.com/a";
    const body = new Uint8Array(2_000_000).fill(5);
    const put = await go(url, { method: "PUT", body: new Blob([body]).stream(), duplex: "half" } as RequestInit);
    assert.equal(put.status, 200, await put.text());
    assert.equal(oss.requests[0]?.headers["transfer-encoding"], "chunked");
    const get = await go("http://photos.localhost:1/a");
    assert.isTrue(Buffer.from(await get.arrayBuffer()).equals(body));
    assert.equal((await go(url, { method: "HEAD" })).headers.get("content-length"), "2000000");
    const gone = new AbortController();
    const response = await go(url, { signal: gone.signal });
    gone.abort(new Error("left"));
    assert.equal(await response.arrayBuffer().catch((error: Error) => error.message), "left");
    for (const kind of ["reset", "lost"] as const) {
      oss.faults.add({ kind });
      assert.instanceOf(await go(url, { method: "PUT", body }).catch((error: unknown) => error), TypeError);
    }
    oss.faults.add({ kind: "cut" });
    assert.instanceOf(await (await go(url)).arrayBuffer().catch((error: unknown) => error), TypeError);
  });
});
