/**
 * Numbers and times as people read them.
 * @module
 */

const UNITS = ["bytes", "kB", "MB", "GB", "TB"];
const LANGUAGE = "en";

// Numbers keep their units: U+00A0 between them.

/** `312 MB`: three digits, decimal units. */
export function formatBytes(bytes: number): string {
  let value = bytes;
  let unit = 0;
  // 999.5 kB would be written as 1,000 kB.
  for (; value >= 999.5 && unit < UNITS.length - 1; unit++) value /= 1000;
  const digits = unit === 0 ? 0 : Math.max(0, 2 - Math.floor(Math.log10(Math.max(value, 1))));
  return `${value.toLocaleString(LANGUAGE, { maximumFractionDigits: digits })}\u00a0${bytes === 1 ? "byte" : UNITS[unit]}`;
}

/** `24 MB/s`. */
export function formatRate(bytesPerSecond: number): string {
  return `${formatBytes(Math.round(bytesPerSecond))}/s`;
}

/** `under 1 s`, `8 s`, `3 min 20 s`, `2 h 5 min`. */
export function formatDuration(milliseconds: number): string {
  if (milliseconds < 1000) return "under 1\u00a0s";
  const seconds = Math.round(milliseconds / 1000);
  const [minutes, hours] = [Math.floor(seconds / 60), Math.floor(seconds / 3600)];
  if (hours > 0) return `${hours}\u00a0h ${minutes % 60}\u00a0min`;
  return minutes > 0 ? `${minutes}\u00a0min ${seconds % 60}\u00a0s` : `${seconds}\u00a0s`;
}

/** `42 %`. */
export function formatShare(part: number, whole: number): string {
  return `${whole === 0 ? 100 : Math.floor((part / whole) * 100)}\u00a0%`;
}

/** `2:32 PM`. */
export function formatTime(date: Date): string {
  return date.toLocaleTimeString(LANGUAGE, { hour: "numeric", minute: "2-digit" });
}

/** `just now`, `5 minutes ago`, `2:32 PM`, `Mar 14, 2026`. */
export function formatAge(date: Date, now: Date): string {
  const minutes = Math.floor((now.getTime() - date.getTime()) / 60_000);
  if (minutes < 1) return "just now";
  if (minutes < 60) return minutes === 1 ? "1 minute ago" : `${minutes} minutes ago`;
  if (date.toDateString() === now.toDateString()) return formatTime(date);
  return date.toLocaleDateString(LANGUAGE, { dateStyle: "medium" });
}

/** `1 file`, `3 files`. */
export function plural(count: number, noun: string): string {
  return `${count.toLocaleString(LANGUAGE)} ${noun}${count === 1 ? "" : "s"}`;
}
