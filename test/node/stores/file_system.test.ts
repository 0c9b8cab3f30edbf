/** Checkpoints in a folder. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { fileSystemStore } from "../../../src/stores/file_system.ts";
import { storeContract } from "../../unit/stores/contract.ts";

storeContract({
  name: "file system",
  lock: true,
  channel: true,
  async make() {
    const parent = await mkdtemp(path.join(tmpdir(), "stores-"));
    const folder = path.join(parent, "made", "when needed");
    return {
      store: fileSystemStore(folder),
      again: () => fileSystemStore(pathToFileURL(folder)),
      dispose: () => rm(parent, { recursive: true }),
    };
  },
});
