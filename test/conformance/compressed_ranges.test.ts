/** Ranges of what is stored compressed: `fetch` decodes a slice to nothing, or to something else, and calls it success. */
import { createClient, download, downloadTo, getObject, isOSSError, memorySink, putObject } from "../../src/mod.ts";
import { assert, environment, test } from "../harness.ts";
import { assertBytes } from "../unit/streams/support.ts";
import { sweep } from "./support/world.ts";

test("a range of stored gzip is its bytes as they are stored, or an error", { insecure: true }, async () => {
  const { serviceUrl, account, region, bucket } = environment;
  const client = createClient({
    endpoint: serviceUrl ?? assert.fail("there is no service"),
    ...{ region, bucket, credentials: account, retry: { base: 1, max: 1 } },
  });
  const folder = `compressed-${Math.random()}/`;
  const key = `${folder}z.html`;
  const body = new Blob([Array.from({ length: 3000 }, (_, at) => `row ${(at * 7919) % 1000}`).join("\n")]).stream();
  const pair = new CompressionStream("gzip") as ReadableWritablePair<Uint8Array<ArrayBuffer>>;
  const zipped = new Uint8Array(await new Response(body.pipeThrough(pair)).arrayBuffer());
  await putObject(client, { key, body: zipped, contentEncoding: "gzip" });

  const ways = {
    getObject: async (range: readonly [number, number?]) => (await getObject(client, { key, range })).body,
    download: async (range: readonly [number, number?]) => (await download(client, { key, range })).body,
    async downloadTo(range: readonly [number, number?]) {
      const sink = memorySink();
      await downloadTo(client, { key, range }, sink);
      return new Blob([sink.bytes()]).stream();
    },
  };
  for (const range of [[0, 9], [0, 500], [500, 900], [-100]] as const) {
    const stored = range.length === 2 ? zipped.slice(range[0], range[1] + 1) : zipped.slice(range[0]);
    for (const [name, way] of Object.entries(ways)) {
      try {
        const got = await new Response(await way(range)).arrayBuffer();
        assertBytes(new Uint8Array(got), stored);
      } catch (error) {
        assert.isTrue(isOSSError(error), `${name} ${range}: ${error}`);
      }
    }
  }
  await sweep(client, folder);
});
