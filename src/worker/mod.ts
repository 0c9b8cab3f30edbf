/**
 * Uploads and downloads in a worker, with the API of the page; uploads that a worker finishes for pages.
 *
 * ```ts
 * import { connectTransfers } from "oss-fetch/worker";
 * const { port1, port2 } = new MessageChannel(); // a Worker, as a rule
 * const transfers = connectTransfers(port1);
 * transfers.close();
 * port2.close();
 * ```
 * @module
 */
export {
  type ConnectOptions,
  connectTransfers,
  type WorkerDownloadOptions,
  type WorkerTransfers,
  type WorkerUploadOptions,
} from "./connect.ts";
export { type FinishedTransfers, type FinishOptions, finishTransfers, type SkipReason } from "./finish_transfers.ts";
export type { DownloadTarget, TransferPort } from "./port.ts";
export { type ServedTransfers, type ServeOptions, serveTransfers } from "./serve.ts";
