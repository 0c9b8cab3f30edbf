/**
 * Alibaba Cloud OSS on the web platform: one build for browsers, Deno, Cloudflare Workers, Bun and Node.js.
 *
 * ```ts
 * import { createClient, each, getObject, listObjectsV2, presign, putObject, upload } from "oss-fetch";
 * import { createTestOSS } from "oss-fetch/testing";
 * const oss = createTestOSS({ buckets: ["photos"] }); // an OSS inside this process; leave it out for the real one
 * const client = createClient({ ...oss.clientOptions, bucket: "photos" });
 * await putObject(client, { key: "a.txt", body: "hello" }); // one request
 * await upload(client, { key: "b.bin", body: new Blob([new Uint8Array(1e6)]) }); // any size, in parallel parts
 * const response = await getObject(client, { key: "a.txt", range: [0, 3] }); // a Response, checked by CRC-64
 * for await (const item of each(client, listObjectsV2, { prefix: "a" })) console.log(item.key);
 * const { url } = await presign(client, getObject, { key: "a.txt" }, { expiresIn: 600 });
 * console.log(await response.text(), new URL(url).pathname);
 * ```
 * @module
 */
export type * from "./checkpoints.ts";
export { createClient } from "./core/create_client.ts";
export type { EndpointOptions } from "./core/endpoint.ts";
export {
  type BaseInput,
  type ObjectInput,
  type Operation,
  operation,
  type Row,
  type ServiceInput,
  type Wire,
} from "./core/operation.ts";
export type { ClientOptions, Debug, DebugEvent, Fetch, Sign, UnsignedRequest, UploadHook } from "./core/options.ts";
export { each, type ListOperation, listOperation, type Paging, pages } from "./core/pages.ts";
export { type PostForm, type PostPolicyInput, postPolicy } from "./core/post_policy.ts";
export { type PresignedRequest, type PresignInput, type PresignOptions, presign } from "./core/presign.ts";
export { createPresigner, type Presigner } from "./core/presigner.ts";
export type { RetryOptions } from "./core/retry.ts";
export * from "./errors.ts";
export { compareKeys } from "./operations/byte_order.ts";
export { bucketExists, objectExists } from "./operations/exists.ts";
export * from "./operations/mod.ts";
export type { ActionChain, Process, Processing, SavedProcessing, SaveTarget } from "./operations/process/chain.ts";
export * from "./operations/process/document.ts";
export * from "./operations/process/image.ts";
export type * from "./operations/process/image_options.ts";
export * from "./operations/process/media.ts";
export type * from "./operations/process/media_options.ts";
export type * from "./operations/process/watermark_options.ts";
export type * from "./operations/types.ts";
export { OSS } from "./oss.ts";
export { directorySink } from "./streams/directory_sink.ts";
export { fileHandleSink } from "./streams/file_handle_sink.ts";
export type * from "./streams/file_system.ts";
export { textLines } from "./streams/lines.ts";
export { type BlobSink, blobSink, type MemorySink, memorySink } from "./streams/memory_sink.ts";
export type { Progress } from "./streams/progress.ts";
export type { Sink, SinkFolder, SinkPartial } from "./streams/sink.ts";
export { createSlots, type Slots } from "./streams/slots.ts";
export { syncAccessSink } from "./streams/sync_access_sink.ts";
export type { BatchOptions, BatchProgress } from "./transfer/batch.ts";
export type * from "./transfer/copy/types.ts";
export { copy } from "./transfer/copy.ts";
export {
  type CopiedObject,
  type CopyPrefixInput,
  type CopyPrefixOptions,
  type CopyPrefixResult,
  copyPrefix,
} from "./transfer/copy_prefix.ts";
export { createUpload } from "./transfer/create_upload.ts";
export {
  type DeleteObjectsInput,
  type DeleteObjectsResult,
  deleteObjects,
  type ObjectsToDelete,
} from "./transfer/delete_objects.ts";
export {
  type DeletePrefixInput,
  type DeletePrefixOptions,
  type DeletePrefixResult,
  deletePrefix,
} from "./transfer/delete_prefix.ts";
export type * from "./transfer/download/types.ts";
export { download } from "./transfer/download.ts";
export {
  type DownloadAllInput,
  type DownloadAllOptions,
  downloadAll,
  type ObjectToDownload,
} from "./transfer/download_all.ts";
export { downloadTo } from "./transfer/download_to.ts";
export type * from "./transfer/files/types.ts";
export {
  type Amount,
  type FolderSize,
  type FolderSizeInput,
  type FolderSizeOptions,
  folderSize,
} from "./transfer/folder_size.ts";
export { type MoveInput, move } from "./transfer/move.ts";
export type { DeleteOptions } from "./transfer/objects/delete_batches.ts";
export { type PipeInput, type PipeStage, pipe } from "./transfer/pipe.ts";
export { determinePartSize } from "./transfer/plan.ts";
export { type PutMetaInput, putMeta } from "./transfer/put_meta.ts";
export { type CleanOptions, cleanTransfers } from "./transfer/resume/clean_transfers.ts";
export type { DownloadRecord } from "./transfer/resume/download_record.ts";
export { type ResumeOptions, resumeUpload } from "./transfer/resume/resume_upload.ts";
export { discardTransfer, type TransfersOptions, transfers } from "./transfer/resume/transfers.ts";
export type { CopyRecord, MultipartRecord, UploadRecord } from "./transfer/resume/types.ts";
export { type WatchOptions, watchTransfer } from "./transfer/resume/watch_transfer.ts";
export type * from "./transfer/upload/types.ts";
export { upload } from "./transfer/upload.ts";
export { type FileToUpload, type UploadAllInput, type UploadAllOptions, uploadAll } from "./transfer/upload_all.ts";
export type * from "./types.ts";
