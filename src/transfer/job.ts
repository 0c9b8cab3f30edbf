/**
 * One upload while it runs: what its steps share.
 * @module
 */
import { abortable } from "../streams/abort.ts";
import type { ProgressMeter } from "../streams/progress.ts";
import type { Source } from "../streams/source.ts";
import type { Bytes, CallOptions, Client, Result } from "../types.ts";
import type { Plan } from "./plan.ts";
import type { UploadInput } from "./upload_types.ts";

/** The functions of `checksum/crc64.ts`. */
export type Checksums = typeof import("../checksum/crc64.ts");

/** What the steps of an upload share. */
export interface UploadJob {
  readonly client: Client;
  readonly input: UploadInput;
  readonly plan: Plan;
  readonly source: Source;
  readonly progress: ProgressMeter;
  /** Options of each request; their signal is the controller's. */
  readonly call: CallOptions;
  /** Its abort, by the caller, the time limit or the first failure, stops everything in flight. */
  readonly controller: AbortController;
  /** What computes and combines CRC-64s, a chunk that is loaded with the first part; none when nothing is checked. */
  readonly checksums: () => Promise<Checksums> | undefined;
  /** The multipart upload, while one is open at the service. */
  uploadId: string | undefined;
  /** Numbers of the parts that failed. */
  readonly failedParts: number[];
  /** What the source threw, if it did. */
  sourceFailure: unknown;
}

/** What the service says of the whole object. */
export interface StoredObject extends Result {
  readonly etag?: string;
  readonly crc64?: bigint;
  readonly versionId?: string;
  readonly callbackResult?: string;
}

/**
 * Reads the next bytes of the source; an abort does not wait for a slow one.
 * @param job the upload
 * @param length how many
 */
export async function readNext(job: UploadJob, length: number): Promise<Bytes> {
  const { controller, source } = job;
  try {
    return await abortable(source.next(length), controller.signal);
  } catch (error) {
    if (!controller.signal.aborted) job.sourceFailure = error;
    throw error;
  }
}
