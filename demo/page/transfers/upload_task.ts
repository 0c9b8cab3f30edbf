/**
 * Uploading a file: a new one, or what an earlier visit left of one.
 * @module
 */
import {
  type CheckpointStore,
  type Client,
  createUpload,
  resumeUpload,
  type Upload,
  type UploadOptions,
  type UploadRecord,
} from "oss-fetch";
import { PATIENCE } from "../session/client.ts";
import { type OneFile, sourceError } from "./source.ts";
import type { Task } from "./transfer.ts";

/** Smaller files go up in one request, of which nothing is written down. */
const LASTING = 8 << 20;

/**
 * Makes the task of storing a file.
 * @param checkpoints where it is written down how to go on
 * @param folder key of the folder it goes to, `""` or ending in a slash
 * @param picked the file; a handle of it is kept, where the browser gives one
 */
export function uploadTask(
  client: Client,
  checkpoints: CheckpointStore,
  folder: string,
  { path, file, handle }: OneFile,
): Task {
  const key = folder + path;
  return {
    kind: "upload",
    name: path,
    key,
    size: file.size,
    source: handle ?? file,
    lasting: file.size > LASTING,
    run: (context) => {
      const input = { key, body: handle ?? file, forbidOverwrite: !context.replace };
      return drive(context, input.body, (options) => createUpload(client, input, { checkpoints, ...options }));
    },
  };
}

/**
 * Makes the task of going on with an upload.
 * @param body the file again, where its record has no handle of it
 */
export function resumeTask(
  client: Client,
  checkpoints: CheckpointStore,
  record: UploadRecord,
  name: string,
  picked?: OneFile,
): Task {
  const body = picked?.handle ?? picked?.file ?? record.handle;
  return {
    kind: "upload",
    name,
    key: record.key,
    size: record.size ?? 0,
    source: body,
    lasting: true,
    run: (context) =>
      drive(context, body, (options) => resumeUpload(client, record, { body, checkpoints, ...options })),
  };
}

async function drive(
  { signal, report, onWaiting, control }: Parameters<Task["run"]>[0],
  source: Task["source"],
  begin: (options: Pick<UploadOptions, "onProgress" | "onWaiting" | "maxRetryTime">) => Upload,
): Promise<void> {
  const job = begin({
    maxRetryTime: PATIENCE,
    onWaiting,
    onProgress: ({ acknowledged, loaded, rate, eta }) =>
      report({ confirmed: acknowledged, sent: loaded, rate, left: eta }),
  });
  control(job);
  // Cancelled, it shall leave nothing behind; failed, it can go on. Nobody waits for that.
  signal.addEventListener("abort", () => void job.discard());
  await job.finished.catch(async (error: unknown) => {
    throw await sourceError(error, source);
  });
}
