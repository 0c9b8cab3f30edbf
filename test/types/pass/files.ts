/** Files and folders as places of downloads and as what is uploaded; no DOM type is needed. */
import { type FileHandle, open } from "node:fs/promises";
import {
  createClient,
  directorySink,
  downloadAll,
  type FilesResult,
  memorySink,
  type Sink,
  type SinkFolder,
  uploadAll,
  type WritableDirectoryHandle,
} from "oss-fetch";
import { fileSink, folderSink, walkFolder } from "oss-fetch/node";
import {
  type DroppedData,
  type ReadableDirectoryHandle,
  saveAs,
  walkDirectory,
  walkDrop,
  walkInput,
} from "oss-fetch/page";
import { memoryStore } from "oss-fetch/stores/memory";

const client = createClient({ region: "cn-hangzhou", bucket: "photos", credentials: "anonymous" });

export async function places(directory: WritableDirectoryHandle): Promise<readonly Sink[]> {
  const handle: FileHandle = await open("a", "r+");
  const folders: readonly SinkFolder[] = [folderSink("/tmp"), directorySink(directory)];
  return [
    fileSink("a", { fsync: true }),
    fileSink(new URL("file:///a")),
    fileSink(handle),
    memorySink(),
    ...folders.map((folder) => folder.file("a/b")),
  ];
}

export async function all(data: DroppedData, directory: ReadableDirectoryHandle): Promise<readonly FilesResult[]> {
  const { via, name } = await saveAs(client, { key: "a" }, { suggestedName: "b" });
  return [
    await uploadAll(client, { files: walkFolder("/tmp", { symlinks: "follow" }), acl: "private" }, { files: 8 }),
    await uploadAll(client, { files: walkDrop(data) }, { filter: ({ path }) => path !== `${via}${name}` }),
    await uploadAll(client, { files: walkDirectory(directory), prefix: "a/" }),
    await uploadAll(client, { files: walkInput([]) }, { checkpoints: memoryStore(), fresh: true }),
    await downloadAll(client, { prefix: "a/" }, folderSink("/tmp"), { onProgress: ({ eta }) => eta, verify: "sample" }),
    await downloadAll(client, { objects: ["a", { key: "b", versionId: undefined }] }, folderSink("/tmp")),
  ];
}
