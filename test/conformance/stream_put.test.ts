/** Streams in one request over a real socket: what `fetch` itself does to them cannot be shown in the process. */
import { createClient, getObject, objectExists, putObject } from "../../src/mod.ts";
import type { Client, ObjectBody } from "../../src/types.ts";
import { assert, environment, runtime, test } from "../harness.ts";
import { assertBytes, failure, pattern, streamOf } from "../unit/streams/support.ts";

const BROWSER = ["chromium", "firefox", "webkit"].includes(runtime);

function socketClient(): Client {
  const { account, bucket, region, serviceUrl } = environment;
  if (serviceUrl === undefined) throw new Error("The runner offers no service");
  return createClient({ region, bucket, credentials: account, endpoint: serviceUrl, pathStyle: true });
}

const key = `stream-put-${Math.random()}`;

async function* iterate(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += 50_000) yield bytes.subarray(at, at + 50_000);
}

test("streams and iterables are stored as their bytes, with and without a length", { insecure: true }, async ({
  signal,
}) => {
  const client = socketClient();
  const bytes = pattern(700_001);
  const cuts = Array.from({ length: 12 }, (_, at) => at * 11_003);
  const kinds: Readonly<Record<string, () => ObjectBody>> = {
    stream: () => streamOf(bytes, cuts).stream,
    iterable: () => iterate(bytes),
    Response: () => new Response(streamOf(bytes, cuts).stream),
  };
  for (const [kind, make] of Object.entries(kinds)) {
    for (const contentLength of [undefined, bytes.length]) {
      await putObject(client, { key: `${key}-${kind}`, body: make(), contentLength }, { signal });
      const stored = await getObject(client, { key: `${key}-${kind}` }, { signal });
      assertBytes(new Uint8Array(await stored.arrayBuffer()), bytes);
    }
  }
});

test("a stream that breaks, or is shorter or longer than announced, is never stored", async ({ signal }) => {
  const client = socketClient();
  const bytes = pattern(400_000);
  const broken = (): ReadableStream<Uint8Array> => {
    let at = 0;
    return new ReadableStream({
      pull(controller) {
        if (at >= 300_000) return controller.error(new Error("disk on fire"));
        controller.enqueue(bytes.slice(at, at + 100_000));
        at += 100_000;
      },
    });
  };
  const cuts = [100_000, 100_000, 100_000];
  const bodies: readonly (readonly [string, () => ObjectBody, number | undefined])[] = [
    ["broken", broken, undefined],
    ["broken, announced", broken, 400_000],
    ["short", () => streamOf(bytes, cuts).stream, 400_001],
    ["long", () => streamOf(bytes, cuts).stream, 399_999],
  ];
  for (const [what, make, contentLength] of bodies) {
    const target = `${key}-never-${what}`;
    await failure(putObject(client, { key: target, body: make(), contentLength }, { signal }));
    assert.isFalse(await objectExists(client, { key: target }, { signal }), what);
  }
});

test("where streams cannot be sent, more than maxBuffer is refused, and the error names upload()", async ({
  signal,
}) => {
  const client = socketClient();
  const body = streamOf(pattern(70_000), [30_000, 30_000]).stream;
  const call = putObject(client, { key: `${key}-buffer`, body }, { signal, maxBuffer: 65_536 });
  if (BROWSER || runtime === "workerd") assert.match(String(await failure(call)), /RangeError.*upload\(\)/);
  else await call;
});
