/**
 * The worker's side: it does what pages ask for.
 * @module
 */
import type { CheckpointStore } from "../checkpoints.ts";
import { OSSError } from "../errors.ts";
import type { Slots } from "../streams/slots.ts";
import type { Client, CredentialsProvider, ProvidedCredentials } from "../types.ts";
import { unpack } from "./crossing.ts";
import { type LinePort, openLine } from "./line.ts";
import { dataOf, type Outcome, post, type ToPage, type ToWorker, type TransferPort } from "./port.ts";
import { serveDownload } from "./serve_download.ts";
import { type Host, type Served, serveUpload } from "./serve_upload.ts";

/** What a worker works with. */
export interface ServeOptions {
  /** The client, or what makes one for each page; it may take its keys from the page (`ConnectOptions.credentials`). */
  readonly client: Client | ((credentials: CredentialsProvider) => Client);
  /** Where to write down what it takes to go on after a crash. @default nowhere */
  readonly checkpoints?: CheckpointStore | undefined;
  /** Slots that all transfers here share. @default none */
  readonly slots?: Slots | undefined;
}

/** A worker at the service of pages. */
export interface ServedTransfers {
  /** Stops all transfers, the parts of uploads kept, and serves no more. */
  close(): void;
}

/** Does what one page asks for. */
function serveLine(port: LinePort, options: ServeOptions): () => void {
  const transfers = new Map<number, Served>();
  const asked = new Map<number, (outcome: Outcome) => void>();
  let asks = 0;
  const end = (): void => {
    for (const answer of asked.values()) answer({ error: new OSSError("the page is gone", "PageGone") });
    for (const transfer of transfers.values()) transfer.leave();
  };
  const send = (message: ToPage): void => line.send(message);
  const credentials: CredentialsProvider = async ({ signal }) => {
    const ask = ++asks;
    const stop = (): void => asked.get(ask)?.({ aborted: true });
    signal.addEventListener("abort", stop);
    try {
      const outcome = await new Promise<Outcome>((resolve) => {
        asked.set(ask, resolve);
        send({ type: "credentials", ask });
      });
      signal.throwIfAborted();
      if ("value" in outcome) return outcome.value as ProvidedCredentials;
      throw unpack("error" in outcome ? outcome.error : undefined);
    } finally {
      asked.delete(ask);
      signal.removeEventListener("abort", stop);
    }
  };
  const receive = (data: unknown): void => {
    // Nobody else has the other end.
    const message = data as ToWorker;
    if (message.type === "credentials") asked.get(message.ask)?.(message.outcome);
    else if (message.type === "upload" || message.type === "download") {
      const { id } = message;
      const host: Host = { ...options, send, forget: () => void transfers.delete(id) };
      const served =
        message.type === "upload" ? serveUpload(client, message, host) : serveDownload(client, message, host);
      transfers.set(id, served);
    } else {
      const transfer = transfers.get(message.id);
      transfer?.receive(message);
      // What is over is forgotten, and a call may have met it at its end.
      if (!transfer && message.type === "call") send({ ...message, type: "returned", outcome: { value: undefined } });
    }
  };
  const line = openLine(port, receive, end);
  const client = typeof options.client === "function" ? options.client(credentials) : options.client;
  send({ type: "welcome" });
  return () => {
    end();
    line.close();
  };
}

/**
 * Serves uploads and downloads in a worker to the pages that `connectTransfers` connects to it.
 *
 * When a page is gone, its transfers end: with `checkpoints`, the same call goes on from there, or `finishTransfers`.
 *
 * @param port `self` in a dedicated worker, or the port of a SharedWorker's `connect` event
 * @param options the client, and what its uploads share
 * @returns closes it
 * @example
 * ```ts
 * import { createClient } from "oss-fetch";
 * import { createTestOSS } from "oss-fetch/testing";
 * import { connectTransfers, serveTransfers } from "oss-fetch/worker";
 * const oss = createTestOSS({ buckets: ["photos"] });
 * const { port1, port2 } = new MessageChannel(); // a Worker on the page, `self` in it
 * const served = serveTransfers(port1, {
 *   client: (credentials) => createClient({ ...oss.clientOptions, bucket: "photos", credentials }),
 * });
 * const page = connectTransfers(port2, { credentials: () => oss.credentials });
 * console.log((await page.upload({ key: "hello.txt", body: "hello" })).size);
 * page.close();
 * served.close();
 * port1.close();
 * ```
 */
export function serveTransfers(port: TransferPort, options: ServeOptions): ServedTransfers {
  const closing = new Set<() => void>();
  const hear = (event: object): void => {
    const data = dataOf(event);
    if (data["ossFetch"] !== "connect") return;
    // `connectTransfers` has sent it.
    closing.add(serveLine(data["line"] as LinePort, options));
  };
  port.addEventListener("message", hear);
  port.start?.();
  // A page that was here first may have been heard by nobody.
  post(port, { ossFetch: "ready" });
  return {
    close() {
      port.removeEventListener("message", hear);
      for (const close of closing) close();
      closing.clear();
    },
  };
}
