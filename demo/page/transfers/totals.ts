/**
 * Many transfers as one.
 * @module
 */
import { formatBytes, formatDuration, formatRate, plural } from "../ui/format.ts";
import { type Advance, isOpen, type Transfer } from "./transfer.ts";

/** All transfers in numbers; bytes, bytes per second, milliseconds. Those that were cancelled do not count. */
export interface Totals {
  readonly files: number;
  readonly done: number;
  readonly failed: number;
  /** Waiting, running or paused. */
  readonly open: number;
  /** In another tab. */
  readonly elsewhere: number;
  /** By an earlier visit. */
  readonly left: number;
  readonly confirmed: number;
  readonly sent: number;
  readonly bytes: number;
  readonly rate: number;
  /** Milliseconds to go. */
  readonly remaining: number | undefined;
}

/** Adds up. What failed counts as whole, or the bar would never fill. */
export function totalsOf(transfers: readonly Transfer[]): Totals {
  const counted = transfers.filter(({ state }) => state !== "cancelled");
  const sum = (pick: (transfer: Transfer) => number): number => counted.reduce((total, one) => total + pick(one), 0);
  const confirmed = sum((one) => (one.state === "failed" ? one.task.size : one.advance.confirmed));
  const sent = sum((one) => (one.state === "failed" ? one.task.size : one.advance.sent));
  const bytes = sum((one) => one.task.size);
  const moves = ({ state }: Transfer): boolean => state === "running" || state === "elsewhere";
  const rate = sum((one) => (moves(one) ? one.advance.rate : 0));
  return {
    files: counted.length,
    done: counted.filter(({ state }) => state === "done").length,
    failed: counted.filter(({ state }) => state === "failed").length,
    open: counted.filter(isOpen).length,
    elsewhere: counted.filter(({ state }) => state === "elsewhere").length,
    left: counted.filter(({ state }) => state === "left").length,
    confirmed,
    sent,
    bytes,
    rate,
    remaining: rate > 0 ? ((bytes - confirmed) * 1000) / rate : undefined,
  };
}

/** `3 files to go`, `5 files done`, `4 of 5 done, 1 failed`. */
export function headline({ files, done, failed, open, elsewhere, left }: Totals): string {
  if (open > 0) return `${plural(open, "file")} to go`;
  if (elsewhere > 0) return `${plural(elsewhere, "file")} in another tab`;
  if (left > 0) return `${plural(left, "upload")} not finished`;
  if (failed > 0)
    return failed === files ? `${plural(failed, "file")} failed` : `${done} of ${files} done, ${failed} failed`;
  return files === 0 ? "Cancelled" : `${plural(files, "file")} done`;
}

/** `120 MB of 400 MB`, `24 MB/s`, `12 s left`. */
export function summary({ confirmed, sent, bytes, rate, remaining, open, elsewhere, left }: Totals): string[] {
  if (open + elsewhere + left === 0) return [formatBytes(bytes)];
  return progressWords({ confirmed, sent, rate, left: remaining }, bytes);
}

/** What is said of one transfer, without its name, piece by piece. */
export function statusOf({ state, task, advance, waits, leftover, milliseconds }: Transfer): string[] {
  const size = formatBytes(task.size);
  const share = `${formatBytes(advance.confirmed)} of ${size}`;
  if (state === "waiting") return ["Waiting", size];
  if (state === "cancelled") return ["Cancelled"];
  if (state === "done") {
    const how = milliseconds === undefined ? "another tab" : formatDuration(milliseconds);
    return [`${task.kind === "upload" ? "Uploaded" : "Downloaded"} ${size} in ${how}`];
  }
  if (state === "paused") return ["Paused", share];
  if (state === "elsewhere") return ["In another tab", ...progressWords({ ...advance, left: undefined }, task.size)];
  if (state === "left") return [leftover?.paused ? "Paused" : "Not finished", share];
  if (waits !== undefined) return [`Waiting: ${waits}`, share, "goes on by itself"];
  if (advance.sent === 0) return ["Starting", size];
  return progressWords(advance, task.size);
}

function progressWords({ confirmed, sent, rate, left }: Advance, total: number): string[] {
  const whole = formatBytes(total);
  // On a slow link it takes long until the first part is confirmed.
  const words = [confirmed === 0 ? `${formatBytes(sent)} of ${whole} sent` : `${formatBytes(confirmed)} of ${whole}`];
  if (rate > 0) words.push(formatRate(rate));
  if (left !== undefined) words.push(`${formatDuration(left)} left`);
  return words;
}
