/**
 * One download of a page, run in its worker.
 * @module
 */
import { OSSError } from "../errors.ts";
import { directorySink } from "../streams/directory_sink.ts";
import { fileHandleSink } from "../streams/file_handle_sink.ts";
import type { WritableDirectoryHandle } from "../streams/file_system.ts";
import type { Sink } from "../streams/sink.ts";
import { downloadTo } from "../transfer/download_to.ts";
import type { Client } from "../types.ts";
import { pack, unpack } from "./crossing.ts";
import type { DownloadTarget, Outcome, ToWorker } from "./port.ts";
import type { Host, Served } from "./serve_upload.ts";

type Begin = Extract<ToWorker, { readonly type: "download" }>;

/** `navigator` of a browser; the types of the DOM are not there everywhere. */
interface Storing {
  readonly navigator?: { readonly storage?: { getDirectory?(): Promise<WritableDirectoryHandle> } };
}

/** Opens nothing yet. */
async function sinkOf(target: DownloadTarget): Promise<Sink> {
  if (typeof target !== "string") return fileHandleSink(target);
  const opfs = await (globalThis as Storing).navigator?.storage?.getDirectory?.();
  if (!opfs) throw new OSSError(`Cannot write ${target}: there is no origin private file system here`, "NoFileSystem");
  return directorySink(opfs).file(target);
}

/**
 * Begins a download.
 * @param client the client
 * @param message what the page wants
 * @param host where it runs
 */
export function serveDownload(client: Client, message: Begin, { checkpoints, slots, send, forget }: Host): Served {
  const { id, input, target, options } = message;
  const aborting = new AbortController();
  const { signal } = aborting;
  let fault: { readonly error: unknown } | undefined;
  const run = async (): Promise<Outcome> => {
    try {
      const sink = await sinkOf(target);
      const result = await downloadTo(client, input, sink, {
        ...options,
        ...{ signal, checkpoints, slots },
        onProgress(progress) {
          if (fault) throw fault.error;
          send({ type: "progress", id, progress });
        },
        onWaiting: (waiting) => send({ type: "waiting", id, waiting }),
      });
      return { value: pack(result) };
    } catch (error) {
      return signal.aborted && error === signal.reason ? { aborted: true } : { error: pack(error) };
    }
  };
  void run().then((outcome) => {
    forget();
    send({ type: "settled", id, outcome });
  });
  return {
    receive(message) {
      if (message.type === "abort") aborting.abort();
      else if (message.type === "fault") fault ??= { error: unpack(message.error) };
    },
    leave: () => aborting.abort(),
  };
}
