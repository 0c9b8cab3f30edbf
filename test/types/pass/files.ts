/** Files and folders as places of downloads; no DOM type is needed. */
import { type FileHandle, open } from "node:fs/promises";
import { directorySink, memorySink, type Sink, type SinkFolder, type WritableDirectoryHandle } from "oss-fetch";
import { fileSink, folderSink } from "oss-fetch/node";

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
