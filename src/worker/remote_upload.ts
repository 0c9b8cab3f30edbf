/**
 * An upload that runs in a worker, as the page sees it.
 * @module
 */
import { checkKey, show } from "../core/validate.ts";
import type { TransferError } from "../errors.ts";
import { createFeed } from "../streams/feed.ts";
import type { Progress } from "../streams/progress.ts";
import { checkBody } from "../transfer/upload/check_at_once.ts";
import { checkOptions } from "../transfer/upload/check_options.ts";
import { disposable } from "../transfer/upload/disposable.ts";
import type { Upload, UploadInput, UploadOptions, UploadResult, UploadState } from "../transfer/upload/types.ts";
import { isCloneable, pullBody } from "./body.ts";
import { pack } from "./crossing.ts";
import type { Method, Outcome, ToWorker } from "./port.ts";
import { follow, lostWith, type Remote } from "./remote.ts";

/** An upload, and what the line does with it. */
export interface RemoteUpload extends Remote {
  readonly upload: Upload;
}

/**
 * Asks for an upload.
 * @param id names it
 * @param input the object
 * @param options how to do it
 * @param send tells the worker
 * @throws TypeError, RangeError on bad arguments
 */
export function remoteUpload(
  id: number,
  input: UploadInput,
  options: UploadOptions,
  send: (message: ToWorker) => void,
): RemoteUpload {
  const { key, body, contentLength } = input;
  const { signal, onProgress: _, onWaiting: __, slots: ___, checkpoints: ____, ...how } = options;
  checkOptions(options);
  checkKey(key);
  checkBody(body, contentLength);

  const feed = createFeed<Progress>();
  const calls = new Map<number, (outcome: Outcome) => void>();
  const pulled = isCloneable(body) ? undefined : pullBody(body, contentLength);
  let state: UploadState = "running";
  let ending = false;
  let over = false;
  let lost: TransferError | undefined;
  let count = 0;
  const course = follow<UploadResult>(id, options, send);
  const { finished, opened } = course;
  const end = (outcome: Outcome): void => {
    over = true;
    pulled?.close();
    course.end(outcome);
    feed.end();
  };
  const answerAll = (outcome: Outcome): void => {
    for (const resolve of calls.values()) resolve(outcome);
    calls.clear();
  };
  /** The worker has forgotten it then, since nothing is left to be done. */
  const isForgotten = (): boolean => over && (state === "done" || state === "discarded");
  const call = async (method: Method): Promise<unknown> => {
    if (lost) throw lost;
    if (isForgotten()) return undefined;
    const number = ++count;
    const outcome = await new Promise<Outcome>((resolve) => {
      calls.set(number, resolve);
      send({ type: "call", id, call: number, method });
    });
    return opened(outcome);
  };
  const pausing = (): void => {
    if (state === "running") state = "paused";
  };

  const { body: _____, ...rest } = input;
  if (signal?.aborted) {
    state = "discarded";
    end({ aborted: true });
  } else send({ type: "upload", id, input: rest, body: pulled ? undefined : { cloned: body }, options: how });

  const upload = disposable({
    finished,
    get state() {
      return state;
    },
    async pause() {
      pausing();
      await call("pause").catch(() => {});
    },
    resume() {
      if (state !== "paused" || ending) return;
      state = "running";
      send({ type: "resume", id });
    },
    async stop() {
      pausing();
      ending = true;
      return (await call("stop")) as Awaited<ReturnType<Upload["stop"]>>;
    },
    discard() {
      pausing();
      ending = true;
      const discarded = call("discard").then(() => {});
      discarded.catch(() => {});
      return discarded;
    },
    [Symbol.asyncIterator]: feed.listen,
  });
  return {
    upload,
    get isOver() {
      return isForgotten() && calls.size === 0;
    },
    receive(message) {
      if (message.type === "progress") {
        if (over) return;
        feed.put(message.progress);
        course.tell(message.progress);
      } else if (message.type === "waiting") {
        if (!over) course.tellWaiting(message.waiting);
      } else if (message.type === "settled") {
        state = message.state ?? state;
        end(message.outcome);
      } else if (message.type === "returned") {
        if (over) state = message.state ?? state;
        calls.get(message.call)?.(message.outcome);
        calls.delete(message.call);
      } else if (message.type === "pull") {
        void pulled?.next().then((chunk) => send({ type: "chunk", id, chunk }));
      } else pulled?.close();
    },
    lose(cause) {
      lost = lostWith(`Upload of ${show(key)}`, cause);
      if (!over) {
        state = "failed";
        end({ error: pack(lost) });
      }
      answerAll({ error: pack(lost) });
    },
  };
}
