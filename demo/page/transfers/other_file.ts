/**
 * An upload whose file is another one than it began with, or was changed: the file is chosen again, or the upload is
 * begun anew with what is there, or given up.
 * @module
 */
import type { CheckpointStore, Client, UploadRecord } from "oss-fetch";
import type { PickedFile } from "oss-fetch/page";
import { explain } from "../session/explain.ts";
import { byId } from "../ui/dom.ts";
import type { Queue } from "./queue.ts";
import { type OneFile, OtherFileError, readFile } from "./source.ts";
import { isOpen, type Leftover, NOTHING, type Transfer } from "./transfer.ts";
import { resumeTask, uploadTask } from "./upload_task.ts";

export interface OtherFileOptions {
  readonly client: Client;
  readonly checkpoints: CheckpointStore;
  readonly queue: Queue;
  /** What all our keys begin with. */
  readonly root: string;
  /** What is written down of the upload in this row. */
  find(transfer: Transfer): Promise<UploadRecord | undefined>;
  /** Deletes what is stored of an upload, and tells whether it could. */
  giveUp(record: UploadRecord): Promise<boolean>;
  /** Takes an upload off the list, and what is stored of it. */
  discard(row: number, record: UploadRecord): void;
}

export interface OtherFile {
  /** Asks for the file of a row. */
  choose(row: number): void;
  /** Gives a row the file that was chosen for it, and returns the files that were not. */
  take(picked: readonly PickedFile[]): readonly PickedFile[];
  /** Sees to an upload whose file is not the right one. */
  follow(transfer: Transfer): void;
}

/** Sees to uploads whose files are not the right ones. */
export function mountOtherFile(options: OtherFileOptions): OtherFile {
  const { client, checkpoints, queue, root, find, giveUp, discard } = options;
  const input = byId("pick");
  /** The row that a file is being chosen for. */
  let wanted: number | undefined;
  const forget = (event: Event): void => {
    // A click of the page itself is what asks.
    if (event.isTrusted) wanted = undefined;
  };
  input.addEventListener("click", forget);
  input.addEventListener("cancel", forget);

  const transferOf = (row: number): Transfer | undefined => queue.transfers.find(({ id }) => id === row);

  function choose(row: number): void {
    wanted = row;
    input.click();
  }

  /** Says what can be done; `picked` is the file that is there now, if it can be read. */
  function offer(row: number, record: UploadRecord | undefined, picked: OneFile | undefined): void {
    const restart = async (file: OneFile): Promise<void> => {
      if (record && !(await giveUp(record))) return;
      queue.change(row, { advance: NOTHING });
      queue.start(row, uploadTask(client, checkpoints, root, file));
    };
    const leftover: Leftover = {
      needs: picked ? "choice" : "file",
      paused: false,
      resume: () => choose(row),
      restart: picked && (() => void restart(picked)),
      discard: () => (record ? discard(row, record) : queue.remove(row)),
    };
    queue.change(row, { state: "left", leftover, ...(picked && { problem: explain(new OtherFileError()) }) });
  }

  async function follow(transfer: Transfer): Promise<void> {
    const { id, state, task, problem } = transfer;
    if (state !== "failed" || problem?.remedy !== "choose") return;
    const [record, file] = await Promise.all([find(transfer), readFile(task.source)]);
    if (transferOf(id) !== transfer) return;
    const handle = task.source && "getFile" in task.source ? task.source : undefined;
    offer(id, record, file && { path: task.key.slice(root.length), file, handle });
  }

  return {
    choose,
    take(picked) {
      const transfer = wanted === undefined ? undefined : transferOf(wanted);
      wanted = undefined;
      const [only] = picked;
      if (!transfer || isOpen(transfer) || !only || picked.length > 1) return picked;
      const { id, task } = transfer;
      const path = task.key.slice(root.length);
      const file = { ...only, path };
      void find(transfer)
        // Without records it begins anew.
        .catch(() => undefined)
        .then((record) => {
          if (!record) queue.start(id, uploadTask(client, checkpoints, root, file));
          // Whatever it is called: going on proves whether it is the one.
          else if (record.size === file.file.size) queue.start(id, resumeTask(client, checkpoints, record, path, file));
          else offer(id, record, file);
        });
      return [];
    },
    follow: (transfer) => void follow(transfer).catch(() => undefined),
  };
}
