/** How the parts of a Blob leave a page: as slices that the network reads itself, where it tells of a file that changed. */

import { crc64 } from "../../src/checksum/crc64.ts";
import { sendsSlices } from "../../src/core/runtime.ts";
import { createClient, getObject, upload } from "../../src/mod.ts";
import { assert, environment, runtime, test } from "../harness.ts";
import { assertBytes, pattern } from "../unit/streams/support.ts";
import { createWorld, PART } from "./upload_support.ts";

const SLICES = runtime === "chromium";

/** A Blob that counts the bytes that its slices were read for. */
function counting(bytes: Uint8Array<ArrayBuffer>): { blob: Blob; read(): number } {
  const blob = new Blob([bytes]);
  let read = 0;
  const watch = (part: Blob): Blob => {
    const slice = part.slice.bind(part);
    const stream = part.stream.bind(part);
    part.slice = (start, end) => watch(slice(start, end));
    part.stream = () => {
      read += part.size;
      return stream();
    };
    part.arrayBuffer = () => assert.fail("read as a whole");
    return part;
  };
  return { blob: watch(blob), read: () => read };
}

test("slices go unread in Chromium alone", () => assert.equal(sendsSlices(), SLICES));

test("parts of a Blob are read once to be checked, and in Chromium not at all when nothing is", async () => {
  const bytes = pattern(4 * PART + 9);
  for (const integrity of ["crc64", "none"] as const) {
    const world = createWorld({ integrity });
    const { blob, read } = counting(bytes);
    const result = await upload(world.client, { key: "a", body: blob }, { partSize: PART, multipartThreshold: 0 });
    assertBytes(await world.read("a"), bytes);
    assert.equal(result.crc64, crc64(bytes));
    assert.equal(read(), SLICES && integrity === "none" ? 0 : bytes.length);
  }
});

test("a part that arrives otherwise than it was read is sent again, once", async () => {
  const world = createWorld();
  const bytes = pattern(3 * PART);
  let flipped = 0;
  world.onRequest = async ({ kind, body }, forward) => {
    if (kind !== "part" || flipped++ > 0) return forward();
    const copy = Uint8Array.from(body);
    copy[7] = ~(copy[7] ?? 0);
    return forward(copy);
  };
  await upload(world.client, { key: "a", body: new Blob([bytes]) }, { partSize: PART, multipartThreshold: 0 });
  assertBytes(await world.read("a"), bytes);
  assert.equal(flipped, 4);
});

const server = "a server has no storage of an origin";
const skip = { node: server, deno: server, bun: server, workerd: server, webkit: "WebKitGTK has it behind a flag" };
test("a File of a disk that changes under the upload is an error, or its old bytes; never a hang", {
  skip,
  timeout: 60_000,
}, async (t) => {
  const { account, bucket, region, serviceUrl: endpoint } = environment;
  if (endpoint === undefined) throw new Error("The runner offers no service");
  const client = createClient({ region, bucket, credentials: account, endpoint, pathStyle: true, retry: { base: 1 } });
  const folder = await navigator.storage.getDirectory();
  const old = pattern(6 * PART);
  for (const [change, bytes] of Object.entries({
    shrunk: pattern(PART),
    grown: pattern(7 * PART, 1),
    gone: undefined,
  })) {
    for (const integrity of ["crc64", "none"] as const) {
      const name = `slices-${change}-${Math.random()}`;
      const handle = await folder.getFileHandle(name, { create: true });
      const write = async (content: Uint8Array<ArrayBuffer>): Promise<void> => {
        const writable = await handle.createWritable();
        await writable.write(content);
        await writable.close();
      };
      await write(old);
      const file = await handle.getFile();
      let changed: Promise<void> | undefined;
      const mend = async (): Promise<void> => (bytes ? write(bytes) : folder.removeEntry(name));
      const options = {
        ...{ partSize: PART, multipartThreshold: 0, concurrency: 1, integrity, signal: t.signal },
        onProgress: ({ acknowledged }: { acknowledged: number }) => {
          if (acknowledged > 0) changed ??= mend();
        },
      };
      const outcome = await upload(client, { key: name, body: file }, options).catch((error: unknown) => error);
      await changed;
      if (outcome instanceof Error) {
        t.note(`${change}, ${integrity}: ${outcome.message}`);
        assert.match(String((outcome as Error).cause), /SourceChangedError/, `${change}, ${integrity}`);
      } else {
        const stored = new Uint8Array(await (await getObject(client, { key: name })).arrayBuffer());
        assertBytes(stored, old);
      }
      if (bytes) await folder.removeEntry(name);
    }
  }
});
