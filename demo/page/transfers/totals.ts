/**
 * Many transfers as one.
 * @module
 */
import { formatBytes, formatDuration, formatRate, plural } from "../ui/format.ts";
import { isOver, type Transfer } from "./transfer.ts";

/** All transfers in numbers; bytes, bytes per second, milliseconds. Those that were cancelled do not count. */
export interface Totals {
  readonly files: number;
  readonly done: number;
  readonly failed: number;
  /** Waiting or running. */
  readonly open: number;
  readonly confirmed: number;
  readonly sent: number;
  readonly bytes: number;
  readonly rate: number;
  readonly left: number | undefined;
}

/** Adds up. What failed counts as whole, or the bar would never fill. */
export function totalsOf(transfers: readonly Transfer[]): Totals {
  const counted = transfers.filter(({ state }) => state !== "cancelled");
  const sum = (pick: (transfer: Transfer) => number): number => counted.reduce((total, one) => total + pick(one), 0);
  const confirmed = sum((one) => (one.state === "failed" ? one.task.size : one.advance.confirmed));
  const sent = sum((one) => (one.state === "failed" ? one.task.size : one.advance.sent));
  const bytes = sum((one) => one.task.size);
  const rate = sum((one) => (one.state === "running" ? one.advance.rate : 0));
  return {
    files: counted.length,
    done: counted.filter(({ state }) => state === "done").length,
    failed: counted.filter(({ state }) => state === "failed").length,
    open: counted.filter((one) => !isOver(one)).length,
    confirmed,
    sent,
    bytes,
    rate,
    left: rate > 0 ? ((bytes - confirmed) * 1000) / rate : undefined,
  };
}

/** `3 files to go`, `5 files done`, `4 of 5 done, 1 failed`. */
export function headline({ files, done, failed, open }: Totals): string {
  if (open > 0) return `${plural(open, "file")} to go`;
  if (failed > 0)
    return failed === files ? `${plural(failed, "file")} failed` : `${done} of ${files} done, ${failed} failed`;
  return files === 0 ? "Cancelled" : `${plural(files, "file")} done`;
}

/** `120 MB of 400 MB`, `24 MB/s`, `12 s left`. */
export function summary({ confirmed, bytes, rate, left, open }: Totals): string[] {
  return open === 0 ? [formatBytes(bytes)] : progressWords(confirmed, bytes, rate, left);
}

/** What is said of one transfer, without its name, piece by piece. */
export function statusOf({ state, task, advance, milliseconds = 0 }: Transfer): string[] {
  const size = formatBytes(task.size);
  if (state === "waiting") return ["Waiting", size];
  if (state === "cancelled") return ["Cancelled"];
  if (state === "done") {
    return [`${task.kind === "upload" ? "Uploaded" : "Downloaded"} ${size} in ${formatDuration(milliseconds)}`];
  }
  if (state === "paused") return ["Paused", `${formatBytes(advance.confirmed)} of ${size}`];
  if (advance.confirmed === 0) return ["Starting", size];
  return progressWords(advance.confirmed, task.size, advance.rate, advance.left);
}

function progressWords(confirmed: number, total: number, rate: number, left: number | undefined): string[] {
  const words = [`${formatBytes(confirmed)} of ${formatBytes(total)}`];
  if (rate > 0) words.push(formatRate(rate));
  if (left !== undefined) words.push(`${formatDuration(left)} left`);
  return words;
}
