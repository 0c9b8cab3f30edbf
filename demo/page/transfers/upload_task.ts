/**
 * Uploading a file.
 * @module
 */
import { type Client, createUpload } from "oss-fetch";
import type { Task } from "./transfer.ts";

/**
 * Makes the task of storing a file.
 * @param folder key of the folder it goes to, `""` or ending in a slash
 * @param path its name, with the folders it was picked in
 */
export function uploadTask(client: Client, folder: string, path: string, file: File): Task {
  const key = folder + path;
  return {
    kind: "upload",
    name: path,
    key,
    size: file.size,
    async run({ signal, report, replace, control }) {
      const input = { key, body: file, forbidOverwrite: !replace };
      const job = createUpload(client, input, {
        signal,
        onProgress: ({ acknowledged, loaded, rate, eta }) =>
          report({ confirmed: acknowledged, sent: loaded, rate, left: eta }),
      });
      control(job);
      try {
        await job.finished;
      } catch (error) {
        // Tried again, it begins anew: its parts would only lie about. Nobody waits for that.
        job.discard().catch(() => undefined);
        throw error;
      }
    },
  };
}
