/** Node warns of more than ten listeners of one signal: a batch of many requests at once must not have them. */
import process from "node:process";
import { createClient, downloadAll, memorySink, uploadAll } from "../../src/mod.ts";
import { createTestOSS } from "../../src/testing/mod.ts";
import { assert, test } from "../harness.ts";

test("uploadAll and downloadAll at full width warn of nothing", async () => {
  const warnings: string[] = [];
  const listen = ({ message }: Error): unknown => warnings.push(message);
  process.on("warning", listen);
  try {
    const oss = createTestOSS({ buckets: ["photos"] });
    const client = createClient({ ...oss.clientOptions, bucket: "photos" });
    const files = Array.from({ length: 60 }, (_, at) => ({ path: `${at}`, file: new Blob(["x"]) }));
    const options = { concurrency: 20, signal: new AbortController().signal };
    await uploadAll(client, { files }, options);
    await downloadAll(client, { prefix: "" }, { file: memorySink }, options);
    await new Promise((resolve) => setTimeout(resolve, 0));
    assert.deepEqual(warnings, []);
  } finally {
    process.off("warning", listen);
  }
});
