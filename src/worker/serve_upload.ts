/**
 * One upload of a page, run in its worker.
 * @module
 */
import { OSSError } from "../errors.ts";
import type { SourceBody } from "../streams/source.ts";
import { createUpload } from "../transfer/create_upload.ts";
import type { Upload, UploadInput, UploadOptions, UploadState } from "../transfer/upload/types.ts";
import type { Client } from "../types.ts";
import { pulledStream } from "./body.ts";
import { pack, unpack } from "./crossing.ts";
import type { Outcome, ToPage, ToWorker } from "./port.ts";

type Begin = Extract<ToWorker, { readonly type: "upload" }>;
type Later = Exclude<ToWorker, { readonly type: "upload" | "download" | "credentials" }>;

/** A transfer that the page is told of. */
export interface Served {
  receive(message: Later): void;
  /** The page is gone. */
  leave(): void;
}

/** Where it runs. */
export interface Host extends Pick<UploadOptions, "checkpoints" | "slots"> {
  readonly send: (message: ToPage) => void;
  /** Nothing more can be asked of it. */
  readonly forget: () => void;
}

/**
 * Begins an upload.
 * @param client the client
 * @param message what the page wants
 * @param host where it runs
 */
export function serveUpload(client: Client, message: Begin, { checkpoints, slots, send, forget }: Host): Served {
  const { id, body } = message;
  const aborting = new AbortController();
  let fault: { readonly error: unknown } | undefined;
  let feed: ((chunk: Outcome) => void) | undefined;
  let job: Upload | undefined;

  const pull = (): Promise<Outcome> =>
    new Promise((resolve) => {
      feed = resolve;
      send({ type: "pull", id });
    });
  const whole: UploadInput = {
    ...message.input,
    // The page has checked what it is.
    body: body ? (body.cloned as SourceBody) : pulledStream(pull, () => send({ type: "cancel", id })),
  };
  const stateOf = (): UploadState => {
    const state = job?.state ?? "failed";
    if (state === "done" || state === "discarded") forget();
    return state;
  };
  const settled = (outcome: Outcome): void => send({ type: "settled", id, state: stateOf(), outcome });
  try {
    job = createUpload(client, whole, {
      ...message.options,
      signal: aborting.signal,
      checkpoints,
      slots,
      onProgress(progress) {
        if (fault) throw fault.error;
        send({ type: "progress", id, progress });
      },
      onWaiting: (waiting) => send({ type: "waiting", id, waiting }),
    });
    job.finished.then(
      (value) => settled({ value: pack(value) }),
      (error: unknown) => settled(error === aborting.signal.reason ? { aborted: true } : { error: pack(error) }),
    );
  } catch (error) {
    settled({ error: pack(error) });
  }

  const call = async ({ call, method }: Extract<Later, { readonly type: "call" }>): Promise<void> => {
    let outcome: Outcome;
    try {
      outcome = { value: pack(await job?.[method]()) };
    } catch (error) {
      outcome = { error: pack(error) };
    }
    send({ type: "returned", id, call, state: stateOf(), outcome });
  };
  const fail = (error: unknown): void => {
    fault ??= { error };
    // It tells its progress once more, which throws.
    void job?.pause();
    job?.resume();
  };
  return {
    receive(message) {
      if (message.type === "call") void call(message);
      else if (message.type === "resume") job?.resume();
      else if (message.type === "abort") aborting.abort();
      else if (message.type === "fault") fail(unpack(message.error));
      else if (message.type === "chunk") feed?.(message.chunk);
    },
    leave() {
      feed?.({ error: undefined });
      // Nobody has stopped it: whoever finds its record may finish it.
      if (job?.state === "running") fail(new OSSError("the page is gone", "PageGone"));
      else void job?.stop();
      job?.finished.then(forget, forget);
    },
  };
}
