/**
 * The page's side: it asks a worker to upload and download.
 * @module
 */
import { show } from "../core/validate.ts";
import { OSSError } from "../errors.ts";
import type { DownloadInput, DownloadToOptions, DownloadToResult } from "../transfer/download/types.ts";
import type { Upload, UploadInput, UploadOptions, UploadResult } from "../transfer/upload/types.ts";
import type { CredentialsProvider } from "../types.ts";
import { pack } from "./crossing.ts";
import { type Line, type LinePort, openLine } from "./line.ts";
import {
  type DownloadTarget,
  dataOf,
  type Outcome,
  post,
  type ToPage,
  type ToWorker,
  type TransferPort,
} from "./port.ts";
import type { Remote } from "./remote.ts";
import { remoteDownload } from "./remote_download.ts";
import { remoteUpload } from "./remote_upload.ts";

/** What the page has for its worker. */
export interface ConnectOptions {
  /** Where the worker's client gets its keys, where it asks the page for them. */
  readonly credentials?: CredentialsProvider | undefined;
}

/** How to upload in a worker, which has the slots and the checkpoints. */
export type WorkerUploadOptions = Omit<UploadOptions, "slots" | "checkpoints">;

/** How to download in a worker, which has the slots and the checkpoints. */
export type WorkerDownloadOptions = Omit<DownloadToOptions, "slots" | "checkpoints">;

/** A worker that uploads and downloads. */
export interface WorkerTransfers {
  /**
   * As `createUpload` does, in the worker. Blobs, files and handles are handed over without their bytes; streams and
   * iterables stay here and are read as the worker asks.
   * @throws TypeError, RangeError on a bad key, body or option, at once
   */
  createUpload(input: UploadInput, options?: WorkerUploadOptions): Upload;
  /** As `upload` does, in the worker. */
  upload(input: UploadInput, options?: WorkerUploadOptions): Promise<UploadResult>;
  /**
   * As `downloadTo` does, in the worker, where it writes to a file handle, or to a path in the origin private file
   * system: there as fast as a disk takes it, beside the file until all is there.
   * @throws what `downloadTo` throws, and TypeError on a target that is neither
   */
  downloadTo(input: DownloadInput, target: DownloadTarget, options?: WorkerDownloadOptions): Promise<DownloadToResult>;
  /** Ends all transfers, the parts of uploads kept, and leaves the worker; call it before `terminate`. */
  close(): void;
}

/**
 * Connects a page to a worker that runs `serveTransfers`: transfers run there with the same API, so that the page stays
 * smooth and may change its views meanwhile.
 *
 * When the worker dies, its transfers reject with a TransferError. On plain http and outside of browsers only a worker
 * that is closed by `close` is known to be gone.
 *
 * @param port a Worker, the `port` of a SharedWorker, or an end of a MessageChannel
 * @param options what the worker may ask for
 * @returns what the worker can do
 * @throws TypeError when it is no port
 * @example
 * ```ts
 * import { createClient } from "oss-fetch";
 * import { createTestOSS } from "oss-fetch/testing";
 * import { connectTransfers, serveTransfers } from "oss-fetch/worker";
 * const oss = createTestOSS({ buckets: ["photos"] });
 * const { port1, port2 } = new MessageChannel(); // `self` in a worker, and the Worker on the page
 * const client = createClient({ ...oss.clientOptions, bucket: "photos" });
 * const served = serveTransfers(port1, { client });
 * const page = connectTransfers(port2);
 * const job = page.createUpload({ key: "trip.mp4", body: new Blob([new Uint8Array(20_000_000)]) });
 * await job.pause();
 * job.resume();
 * for await (const { acknowledged, total } of job) console.log(acknowledged, total);
 * console.log((await job.finished).etag);
 * page.close();
 * served.close();
 * port1.close();
 * ```
 */
export function connectTransfers(port: TransferPort, options: ConnectOptions = {}): WorkerTransfers {
  if (typeof Object(port).postMessage !== "function")
    throw new TypeError(`port must be a Worker or a MessagePort, got ${show(port)}`);
  const { credentials } = options;
  const remotes = new Map<number, Remote>();
  let waiting: ToWorker[] | undefined = [];
  let over: OSSError | undefined;
  let count = 0;

  const send = (message: ToWorker): void => {
    if (waiting) return void waiting.push(message);
    try {
      line.send(message);
    } catch (error) {
      // Something in it cannot be cloned, and its remote may not be in the list yet.
      if (message.type !== "upload" && message.type !== "download") throw error;
      queueMicrotask(() => remotes.get(message.id)?.lose(error));
    }
  };
  const end = (error: OSSError): void => {
    over ??= error;
    stopListening();
    for (const remote of remotes.values()) remote.lose(over);
    remotes.clear();
  };
  const gone = (): void => end(new OSSError("the worker is gone", "WorkerGone"));
  const answer = async (ask: number): Promise<void> => {
    const none = new OSSError("The page offers no credentials: give connectTransfers some", "CredentialsError");
    let outcome: Outcome;
    try {
      if (!credentials) throw none;
      outcome = { value: await credentials({ signal: asking.signal }) };
    } catch (error) {
      outcome = { error: pack(error) };
    }
    send({ type: "credentials", ask, outcome });
  };
  const asking = new AbortController();
  const receive = (data: unknown): void => {
    // Nobody else has the other end.
    const message = data as ToPage;
    if (message.type === "credentials") void answer(message.ask);
    else if (message.type !== "welcome") {
      const remote = remotes.get(message.id);
      remote?.receive(message);
      if (remote?.isOver) remotes.delete(message.id);
    } else {
      const held = waiting ?? [];
      waiting = undefined;
      stopListening();
      for (const one of held) send(one);
    }
  };

  const call = (): Line => {
    const { port1, port2 } = new MessageChannel();
    const line = openLine(port1 as LinePort, receive, gone);
    post(port, { ossFetch: "connect", line: port2 }, [port2]);
    return line;
  };
  const hear = (event: object): void => {
    if (dataOf(event)["ossFetch"] !== "ready") return;
    line.close();
    line = call();
  };
  /** Before it has answered, an error means that its script could not be loaded. */
  const fail = (): void => {
    line.close();
    gone();
  };
  const stopListening = (): void => {
    port.removeEventListener("message", hear);
    port.removeEventListener("error", fail);
  };
  port.addEventListener("message", hear);
  port.addEventListener("error", fail);
  port.start?.();
  let line = call();

  const begin = <R extends Remote>(make: (id: number) => R): R => {
    const id = ++count;
    const remote = make(id);
    if (!remote.isOver) remotes.set(id, remote);
    if (over) remote.lose(over);
    return remote;
  };
  const createUpload = (input: UploadInput, options: WorkerUploadOptions = {}): Upload =>
    begin((id) => remoteUpload(id, input, options, send)).upload;
  return {
    createUpload,
    async upload(input, options) {
      return createUpload(input, options).finished;
    },
    async downloadTo(input, target, options = {}) {
      return begin((id) => remoteDownload(id, input, target, options, send)).finished;
    },
    close() {
      asking.abort();
      line.close();
      end(new OSSError("the worker was left", "Closed"));
    },
  };
}
