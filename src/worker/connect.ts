/**
 * The page's side: it asks a worker to upload.
 * @module
 */
import { show } from "../core/validate.ts";
import { OSSError } from "../errors.ts";
import type { Upload, UploadInput, UploadOptions, UploadResult } from "../transfer/upload/types.ts";
import type { CredentialsProvider } from "../types.ts";
import { pack } from "./crossing.ts";
import { type Line, type LinePort, openLine } from "./line.ts";
import { dataOf, type Outcome, post, type ToPage, type ToWorker, type TransferPort } from "./port.ts";
import { type RemoteUpload, remoteUpload } from "./remote_upload.ts";

/** What the page has for its worker. */
export interface ConnectOptions {
  /** Where the worker's client gets its keys, where it asks the page for them. */
  readonly credentials?: CredentialsProvider | undefined;
}

/** How to upload in a worker, which has the slots and the checkpoints. */
export type WorkerUploadOptions = Omit<UploadOptions, "slots" | "checkpoints">;

/** A worker that uploads. */
export interface WorkerTransfers {
  /**
   * As `createUpload` does, in the worker. Blobs, files and handles are handed over without their bytes; streams and
   * iterables stay here and are read as the worker asks.
   * @throws TypeError, RangeError on a bad key, body or option, at once
   */
  createUpload(input: UploadInput, options?: WorkerUploadOptions): Upload;
  /** As `upload` does, in the worker. */
  upload(input: UploadInput, options?: WorkerUploadOptions): Promise<UploadResult>;
  /** Ends all uploads, their parts kept, and leaves the worker; call it before `terminate`. */
  close(): void;
}

/**
 * Connects a page to a worker that runs `serveTransfers`: uploads run there with the same API, so that the page stays
 * smooth and may change its views meanwhile.
 *
 * When the worker dies, its uploads reject with a TransferError. On plain http and outside of browsers only a worker
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
  const uploads = new Map<number, RemoteUpload>();
  let waiting: ToWorker[] | undefined = [];
  let over: OSSError | undefined;
  let count = 0;

  const send = (message: ToWorker): void => {
    if (waiting) return void waiting.push(message);
    try {
      line.send(message);
    } catch (error) {
      // Something in it cannot be cloned.
      if (message.type === "upload") uploads.get(message.id)?.lose(error);
      else throw error;
    }
  };
  const end = (error: OSSError): void => {
    over ??= error;
    stopListening();
    for (const upload of uploads.values()) upload.lose(over);
    uploads.clear();
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
    else if (message.type !== "welcome") uploads.get(message.id)?.receive(message);
    else {
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

  const createUpload = (input: UploadInput, options: WorkerUploadOptions = {}): Upload => {
    const id = ++count;
    const remote = remoteUpload(id, input, options, send);
    uploads.set(id, remote);
    if (over) remote.lose(over);
    return remote.upload;
  };
  return {
    createUpload,
    async upload(input, options) {
      return createUpload(input, options).finished;
    },
    close() {
      asking.abort();
      line.close();
      end(new OSSError("the worker was left", "Closed"));
    },
  };
}
