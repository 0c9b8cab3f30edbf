/**
 * Uploads that this page does not do itself: what earlier visits left, and what other tabs do.
 * @module
 */
import {
  type CheckpointStore,
  type Client,
  cleanTransfers,
  discardTransfer,
  type FileHandle,
  type TransferRecord,
  transfers,
  type UploadRecord,
  watchTransfer,
} from "oss-fetch";
import { askToRead, matchTransfers, type PickedFile, readPermission } from "oss-fetch/page";
import type { Explanation } from "../session/explain.ts";
import { toast } from "../ui/announce.ts";
import { byId } from "../ui/dom.ts";
import { heldBytes } from "./held_bytes.ts";
import { mountOtherFile } from "./other_file.ts";
import type { Queue } from "./queue.ts";
import { isOpen, type Leftover, NOTHING, type Transfer } from "./transfer.ts";
import { resumeTask } from "./upload_task.ts";

export interface UnfinishedOptions {
  readonly client: Client;
  readonly checkpoints: CheckpointStore;
  readonly queue: Queue;
  /** What all our keys begin with. */
  readonly root: string;
  explain(error: unknown): Promise<Explanation>;
}

export interface Unfinished {
  /** Goes on with the uploads that these files belong to, and returns the files of none. */
  take(picked: readonly PickedFile[]): readonly PickedFile[];
  /** Tells the other tabs that something began or ended here. */
  follow(transfer: Transfer): void;
}

/** Milliseconds in which a tab that does it would have answered. */
const SHORT = 250;
/** Milliseconds that cleaning may take before the list is shown; the rest is cleaned on another visit. */
const PATIENCE = 5000;

/** Lists what is unfinished, and goes on with what needs nobody. */
export function mountUnfinished({ client, checkpoints, queue, root, explain }: UnfinishedOptions): Unfinished {
  /** Rows and records, by the names of the records. */
  const listed = new Map<string, { row?: number; record: UploadRecord; looking: boolean }>();
  const told = new Map<number, string>();
  // Other tabs have the same page: what they tell is only that it is time to look.
  const line = checkpoints.channel?.("tabs", () => void look());

  const transferOf = (row: number | undefined): Transfer | undefined => queue.transfers.find(({ id }) => id === row);

  /** Looks through the store. Where there is none that can be used, there is nothing to go on with. */
  async function look(): Promise<void> {
    const found = new Set<string>();
    try {
      for await (const record of transfers(checkpoints)) {
        if (!isOurs(record, root) || queue.transfers.some((one) => isOpen(one) && one.task.key === record.key))
          continue;
        found.add(record.id);
        const { row, looking } = listed.get(record.id) ?? {};
        // Somebody is asked about its file.
        if (transferOf(row)?.leftover?.needs === "choice") continue;
        if (!looking) void show(record).catch(() => undefined);
      }
    } catch {
      return;
    }
    for (const [id, { row, looking }] of listed) {
      if (looking || found.has(id) || transferOf(row)?.state !== "left") continue;
      listed.delete(id);
      if (row !== undefined) queue.remove(row);
    }
  }

  /** Shows an upload: while another tab does it, and when nobody does. */
  async function show(record: UploadRecord): Promise<void> {
    const { id } = record;
    const entry = { ...listed.get(id), record, looking: true };
    listed.set(id, entry);
    const task = resumeTask(client, checkpoints, record, record.key.slice(root.length));
    const elsewhere = (advance = transferOf(entry.row)?.advance ?? NOTHING): void => {
      const transfer = { task, state: "elsewhere", advance, leftover: undefined } as const;
      if (entry.row === undefined) entry.row = queue.place(transfer);
      else queue.change(entry.row, transfer);
    };
    const timer = setTimeout(elsewhere, SHORT);
    const end = await watchTransfer(checkpoints, record, {
      onProgress: ({ acknowledged, loaded, rate }) => elsewhere({ confirmed: acknowledged, sent: loaded, rate }),
    }).finally(() => {
      clearTimeout(timer);
      entry.looking = false;
    });
    if (end === "free") return left(record);
    listed.delete(id);
    const { row } = entry;
    if (row === undefined) return;
    const advance = { confirmed: task.size, sent: task.size, rate: 0 };
    if (end === "done") queue.change(row, { state: "done", advance });
    else queue.remove(row);
  }

  /** Shows what nobody goes on with; what needs no click is gone on with. */
  async function left({ id }: UploadRecord): Promise<void> {
    const entry = listed.get(id);
    let record: UploadRecord | undefined;
    for await (const one of transfers(checkpoints)) if (one.id === id && isOurs(one, root)) record = one;
    const shown = transferOf(entry?.row);
    if (!entry || (shown && isOpen(shown))) return;
    if (!record) {
      listed.delete(id);
      if (entry.row !== undefined) queue.remove(entry.row);
      return;
    }
    entry.record = record;
    const name = record.key.slice(root.length);
    const { handle } = record;
    const task = resumeTask(client, checkpoints, record, name);
    const paused = record.state === "paused" || record.state === "stopped";
    const permission = handle ? await readPermission(handle) : "denied";
    const gone = handle !== undefined && permission === "granted" && !(await isThere(handle));
    const confirmed = await heldBytes(client, record);
    const leftover: Leftover = {
      needs: permission === "denied" || gone ? "file" : "click",
      paused,
      resume: () => void resume(),
      discard: () => void discard(row, record),
    };
    const advance = { confirmed, sent: confirmed, rate: 0 };
    const transfer = { task, state: "left", advance, leftover, problem: undefined } as const;
    entry.row ??= queue.place(transfer);
    const { row } = entry;
    queue.change(row, transfer);
    if (permission === "granted" && !gone && !paused) queue.start(row, task);

    async function resume(): Promise<void> {
      // Its own button, once the file has to be chosen.
      if (!handle || transferOf(row)?.leftover?.needs === "file") return otherFile.choose(row);
      const [answer] = await askToRead([handle]);
      if (answer === "prompt") return;
      if (answer === "granted" && (await isThere(handle))) return queue.start(row, task);
      queue.change(row, { leftover: { ...leftover, needs: "file" } });
      toast(
        answer === "denied" ? `${name} may not be read. Choose it again.` : `${name} is not there. Choose it again.`,
      );
    }
  }

  async function giveUp(record: UploadRecord): Promise<boolean> {
    try {
      await discardTransfer(client, checkpoints, record);
    } catch (error) {
      const { title, advice } = await explain(error);
      toast(`${title}. ${advice}`);
      return false;
    }
    listed.delete(record.id);
    line?.send({});
    return true;
  }

  async function discard(row: number, record: UploadRecord): Promise<void> {
    if (!(await giveUp(record))) return;
    queue.remove(row);
    toast(`${record.key.slice(root.length)} is discarded`);
    byId(queue.transfers.length > 0 ? "transfers-title" : "pick").focus();
  }

  /** The record of what this row shows; of one that began here, too. */
  async function find({ id: row, task }: Transfer): Promise<UploadRecord | undefined> {
    for (const entry of listed.values()) if (entry.row === row) return entry.record;
    for await (const record of transfers(checkpoints)) {
      if (!isOurs(record, root) || record.key !== task.key || record.size !== task.size) continue;
      listed.set(record.id, { row, record, looking: false });
      return record;
    }
    return undefined;
  }

  const otherFile = mountOtherFile({
    client,
    checkpoints,
    queue,
    root,
    find,
    giveUp,
    discard: (row, record) => void discard(row, record),
  });

  // First what nobody has gone on with for a week is given up: nothing else removes its parts.
  const signal = AbortSignal.timeout(PATIENCE);
  void cleanTransfers(client, checkpoints, { signal })
    .catch(() => undefined)
    .then(look);
  return {
    take(all) {
      const picked = otherFile.take(all);
      const open = [...listed.values()].filter(({ row }) => /left|failed/.test(transferOf(row)?.state ?? ""));
      const matches = matchTransfers(
        open.map(({ record }) => record),
        picked,
      );
      for (const { record, picked: file } of matches) {
        const { row } = listed.get(record.id) ?? {};
        if (row !== undefined)
          queue.start(row, resumeTask(client, checkpoints, record, record.key.slice(root.length), file));
      }
      const taken = new Set(matches.map((match) => match.picked));
      return picked.filter((file) => !taken.has(file));
    },
    follow(transfer) {
      otherFile.follow(transfer);
      const { id, state, advance } = transfer;
      // Once something was sent there is a record to find.
      const stage = state === "running" ? (advance.sent > 0 ? "running" : "waiting") : state;
      if (told.get(id) === stage || !/running|done|cancelled/.test(stage)) return;
      told.set(id, stage);
      line?.send({});
    },
  };
}

function isOurs(record: TransferRecord, root: string): record is UploadRecord {
  return record.kind === "upload" && record.key.startsWith(root);
}

/** Can it still be read? */
function isThere(handle: FileHandle): Promise<boolean> {
  return handle.getFile().then(
    () => true,
    () => false,
  );
}
