/**
 * A download that runs in a worker, as the page sees it.
 * @module
 */
import { checkKey, show } from "../core/validate.ts";
import type { DownloadInput, DownloadToOptions, DownloadToResult } from "../transfer/download/types.ts";
import { pack } from "./crossing.ts";
import type { DownloadTarget, ToWorker } from "./port.ts";
import { follow, lostWith, type Remote } from "./remote.ts";

/**
 * Asks for a download.
 * @param id names it
 * @param input the object
 * @param target where it goes
 * @param options how to do it
 * @param send tells the worker
 * @throws TypeError on a bad key or target
 */
export function remoteDownload(
  id: number,
  input: DownloadInput,
  target: DownloadTarget,
  options: DownloadToOptions,
  send: (message: ToWorker) => void,
): Remote & { readonly finished: Promise<DownloadToResult> } {
  const { signal, onProgress: _, onWaiting: __, slots: ___, checkpoints: ____, ...how } = options;
  checkKey(input.key);
  if (
    typeof target !== "string" &&
    typeof (Object(target) as Partial<Exclude<DownloadTarget, string>>).createWritable !== "function"
  )
    throw new TypeError(`target must be a FileSystemFileHandle or a path, got ${show(target)}`);
  const { finished, tell, tellWaiting, end } = follow<DownloadToResult>(id, options, send);
  let isOver = signal?.aborted === true;
  if (isOver) end({ aborted: true });
  else send({ type: "download", id, input, target, options: how });
  return {
    finished,
    receive(message) {
      if (message.type === "progress") tell(message.progress);
      else if (message.type === "waiting") tellWaiting(message.waiting);
      else if (message.type === "settled") {
        isOver = true;
        end(message.outcome);
      }
    },
    get isOver() {
      return isOver;
    },
    lose: (cause) => end({ error: pack(lostWith(`Download of ${show(input.key)}`, cause)) }),
  };
}
