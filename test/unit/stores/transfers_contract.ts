/**
 * What transfers do with every store: they go on from it, and it never holds a secret of theirs.
 * @module
 */
import type { CheckpointStore } from "../../../src/checkpoints.ts";
import { copy } from "../../../src/transfer/copy.ts";
import { downloadTo } from "../../../src/transfer/download_to.ts";
import { upload } from "../../../src/transfer/upload.ts";
import { createDisk } from "../../conformance/reload_support.ts";
import { confideKeys, overhearAll, watched } from "../../conformance/support/watched_stores.ts";
import { createWorld, PART } from "../../conformance/upload_support.ts";
import { assert, type TestOptions } from "../../harness.ts";
import { assertBytes, failure, pattern } from "../streams/support.ts";
import type { Declare } from "./contract.ts";

const bytes = pattern(3 * PART + 1);
const plan = { partSize: PART, multipartThreshold: 0, concurrency: 1 };

/** The in-process OSS needs `crypto.subtle`, which pages on plain http do not have. */
const SECURE: TestOptions = { insecure: false };

/** Declares the test. */
export function transfersContract(declare: Declare): void {
  declare(
    "transfers with temporary keys go on from it, and leave no secret in it",
    async ({ store, again }) => {
      const { oss } = createWorld();
      const credentials = oss.issueToken({ seconds: 900 });
      confideKeys(credentials);
      const world = createWorld({ credentials }, {}, oss);
      await upload(world.client, { key: "source", body: bytes });
      const disk = createDisk();
      const run = {
        upload: (how: How) => upload(world.client, { key: "upload", body: new Blob([bytes]) }, how),
        copy: (how: How) => copy(world.client, { sourceKey: "source", key: "copy" }, how),
        download: (how: How) => downloadTo(world.client, { key: "source" }, disk.run().sink, how),
      };
      for (const begin of Object.values(run)) {
        const stop = new AbortController();
        let carrying = 0;
        world.onRequest = (seen, forward) => {
          const carries = seen.kind === "part" || seen.headers.has("range");
          if (carries && ++carrying === 3) stop.abort("enough");
          return forward();
        };
        assert.equal(await failure(begin({ ...plan, checkpoints: watched(store), signal: stop.signal })), "enough");
      }
      const kinds = (await overhearAll(again())).map((record) => Reflect.get(Object(record), "kind"));
      assert.sameMembers(kinds, Object.keys(run));
      world.onRequest = (_, forward) => forward();
      world.requests.length = 0;
      for (const begin of Object.values(run)) await begin({ ...plan, checkpoints: watched(again()) });
      for (const key of ["upload", "copy"]) assertBytes(await world.read(key), bytes);
      assertBytes(disk.files.get("a") ?? new Uint8Array(0), bytes);
      // Two of four were there.
      assert.equal(world.kinds().part, 2 + 2);
      assert.deepEqual(await store.list(), []);
    },
    SECURE,
  );
}

interface How {
  readonly checkpoints: CheckpointStore;
  readonly signal?: AbortSignal;
}
