/** Removes everything below a prefix: objects, and uploads that nobody finished. */
import {
  abortMultipartUpload,
  type Client,
  deleteObject,
  each,
  listMultipartUploads,
  listObjectsV2,
} from "../../src/mod.ts";
import { inTurns } from "./in_turns.ts";
import { timed } from "./timed.ts";

/** Milliseconds for all of it. */
const LIMIT = 30_000;

/**
 * Removes what is below a prefix. One call for each object: what deletes many at once is itself under test.
 * @param prefix not empty, for else it would empty the bucket
 */
export async function clean(client: Client, prefix: string): Promise<void> {
  if (prefix === "") throw new TypeError("prefix must not be empty");
  await timed(LIMIT, async (signal) => {
    const keys: string[] = [];
    for await (const { key } of each(client, listObjectsV2, { prefix, maxKeys: 1000 }, { signal })) keys.push(key);
    await inTurns(keys, (key) => deleteObject(client, { key }, { signal }));
    const uploads: { key: string; uploadId: string }[] = [];
    for await (const upload of each(client, listMultipartUploads, { prefix }, { signal })) uploads.push(upload);
    await inTurns(uploads, ({ key, uploadId }) => abortMultipartUpload(client, { key, uploadId }, { signal }));
  });
}
