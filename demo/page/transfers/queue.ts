/**
 * The queue: a few transfers at once, the others wait; each can be cancelled and tried again on its own.
 * @module
 */
import type { Explanation } from "../session/explain.ts";
import { isOpen, isOver, NOTHING, type Pausable, type Task, type Transfer } from "./transfer.ts";

export interface QueueOptions {
  /** Files at once; each upload has parallel requests of its own. */
  readonly concurrency: number;
  /** Finds words for an error. */
  explain(error: unknown): Promise<Explanation>;
  /** Finds words for why a transfer waits. */
  whyWaiting(): Promise<string>;
  /** Told of each change. */
  changed(transfer: Transfer): void;
}

export interface Queue {
  /** In the order in which they were added. */
  readonly transfers: readonly Transfer[];
  add(tasks: readonly Task[]): void;
  /** Lists one that is not to be started, and returns its number. */
  place(transfer: Omit<Transfer, "id">): number;
  /** Changes one that is not under way here. */
  change(id: number, change: Partial<Omit<Transfer, "id">>): void;
  /** Starts one that was placed. */
  start(id: number, task: Task): void;
  /** Takes one off the list that is not under way here. */
  remove(id: number): void;
  /** Stops one; its requests end at once. */
  cancel(id: number): void;
  cancelAll(): void;
  /** Stops one for a while, or lets it go on; it keeps its place meanwhile. */
  pause(id: number): void;
  resume(id: number): void;
  /** Does one again from the start. */
  retry(id: number, replace?: boolean): void;
  /** Forgets those that are over: one, or all that were done or cancelled. */
  dismiss(id?: number): void;
}

interface Entry {
  transfer: Transfer;
  replace: boolean;
  controller: AbortController | undefined;
  job: Pausable | undefined;
  /** Does it wait, as far as anybody knows? Trying again is not yet an end of it. */
  idle: boolean;
}

/** Makes an empty queue. */
export function createQueue({ concurrency, explain, whyWaiting, changed }: QueueOptions): Queue {
  const entries = new Map<number, Entry>();
  let count = 0;
  let running = 0;

  function set(entry: Entry, change: Partial<Transfer>): void {
    entry.transfer = { ...entry.transfer, ...change };
    changed(entry.transfer);
  }

  /** Says why one waits, unless it goes on meanwhile. */
  async function tellWhy(entry: Entry): Promise<void> {
    const waits = await whyWaiting();
    const { state } = entry.transfer;
    if (entry.idle && state === "running" && entry.transfer.waits !== waits) set(entry, { waits });
  }

  function startNext(): void {
    for (const entry of entries.values()) {
      if (running >= concurrency) return;
      if (entry.transfer.state === "waiting") void start(entry);
    }
  }

  async function start(entry: Entry): Promise<void> {
    const { task } = entry.transfer;
    const controller = new AbortController();
    const { signal } = controller;
    entry.controller = controller;
    entry.idle = false;
    running++;
    const started = performance.now();
    set(entry, { state: "running", problem: undefined });
    try {
      await task.run({
        signal,
        replace: entry.replace,
        report: (advance) => {
          if (entry.controller !== controller || signal.aborted) return;
          // It moves.
          if (advance.sent > entry.transfer.advance.sent) entry.idle = false;
          set(entry, { advance, ...(!entry.idle && { waits: undefined }) });
        },
        onWaiting: (waiting) => {
          if (!waiting || entry.controller !== controller) return;
          entry.idle = true;
          void tellWhy(entry);
        },
        control: (job) => {
          entry.job = job;
        },
      });
      const advance = { confirmed: task.size, sent: task.size, rate: 0 };
      set(entry, { state: "done", advance, waits: undefined, milliseconds: performance.now() - started });
    } catch (error) {
      if (!signal.aborted) set(entry, { state: "failed", waits: undefined, problem: await explain(error) });
    } finally {
      running--;
      if (entry.controller === controller) Object.assign(entry, { controller: undefined, job: undefined });
      startNext();
    }
  }

  function cancel(entry: Entry): void {
    if (!isOpen(entry.transfer)) return;
    set(entry, { state: "cancelled", waits: undefined });
    entry.controller?.abort(new DOMException("Cancelled", "AbortError"));
  }

  function enter(transfer: Omit<Transfer, "id">): number {
    const id = ++count;
    const entry = { transfer: { ...transfer, id }, replace: false, controller: undefined, job: undefined, idle: false };
    entries.set(id, entry);
    changed(entry.transfer);
    return id;
  }

  function remove(id: number): void {
    const entry = entries.get(id);
    if (!entry || isOpen(entry.transfer)) return;
    entries.delete(id);
    changed(entry.transfer);
  }

  function dismiss(id?: number): void {
    for (const [each, { transfer }] of entries) {
      const chosen = id === undefined ? transfer.state === "done" || transfer.state === "cancelled" : each === id;
      if (chosen && isOver(transfer)) remove(each);
    }
  }

  return {
    get transfers() {
      return [...entries.values()].map(({ transfer }) => transfer);
    },
    add(tasks) {
      // A new batch begins a new count.
      if (![...entries.values()].some(({ transfer }) => !isOver(transfer))) dismiss();
      for (const task of tasks) enter({ task, state: "waiting", advance: NOTHING });
      startNext();
    },
    place: enter,
    change(id, change) {
      const entry = entries.get(id);
      if (entry && !isOpen(entry.transfer)) set(entry, change);
    },
    start(id, task) {
      const entry = entries.get(id);
      if (!entry || isOpen(entry.transfer)) return;
      set(entry, { state: "waiting", task, leftover: undefined, problem: undefined });
      startNext();
    },
    remove,
    cancel(id) {
      const entry = entries.get(id);
      if (entry) cancel(entry);
    },
    cancelAll() {
      for (const entry of entries.values()) cancel(entry);
    },
    pause(id) {
      const entry = entries.get(id);
      if (entry?.transfer.state !== "running" || !entry.job) return;
      entry.idle = false;
      set(entry, { state: "paused", waits: undefined });
      entry.job.pause();
    },
    resume(id) {
      const entry = entries.get(id);
      if (entry?.transfer.state !== "paused") return;
      set(entry, { state: "running" });
      entry.job?.resume();
    },
    retry(id, replace = false) {
      const entry = entries.get(id);
      if (!entry || !isOver(entry.transfer)) return;
      entry.replace ||= replace;
      set(entry, { state: "waiting", advance: NOTHING, problem: undefined });
      startNext();
    },
    dismiss,
  };
}
