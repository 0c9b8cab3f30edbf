/** Node tells nothing of leaks where there are none. */
import { createSlots } from "../../src/streams/slots.ts";
import { download } from "../../src/transfer/download.ts";
import { upload } from "../../src/transfer/upload.ts";
import { createWorld, PART } from "../conformance/upload_support.ts";
import { assert, test } from "../harness.ts";

test("transfers of many parts at once cause no warnings", async () => {
  const warnings: string[] = [];
  const listen = (warning: Error): number => warnings.push(warning.message);
  process.on("warning", listen);
  try {
    const world = createWorld();
    const options = { partSize: PART, concurrency: 24, multipartThreshold: 0 };
    const body = new Blob([new Uint8Array(48 * PART)]);
    await upload(world.client, { key: "a", body }, options);
    await upload(world.client, { key: "b", body }, { ...options, slots: createSlots(3) });
    const stream = (await download(world.client, { key: "a" }, options)).body;
    assert.equal((await new Response(stream).arrayBuffer()).byteLength, 48 * PART);
    await download(world.client, { key: "b" }, { ...options, slots: createSlots(3) }).then(({ body }) => body.cancel());
    // They are told in a turn of their own.
    await new Promise((resolve) => setTimeout(resolve));
  } finally {
    process.off("warning", listen);
  }
  assert.deepEqual(warnings, []);
});
