/** Keys that clients and servers like to spoil, in the service's order: by UTF-8 bytes. */
import { compareKeys } from "../../../src/mod.ts";

const ODD: readonly string[] = [
  "\uFF5E",
  "\u{1F600}",
  "%",
  "%41",
  "%2F..%2F",
  "+",
  "a+b c",
  " ",
  " leading",
  "trailing ",
  "a//b",
  "a/",
  "a///",
  "0012",
  "1e3",
  "a/../b",
  "a/./b",
  "../b",
  "./b",
  "b/..",
  "b/.",
  "...",
  ".hidden",
  '"quoted"',
  "'single'",
  "&#10;",
  "&amp;<b>]]>",
  "\u0001\u001F\t\n\r",
  "\u007F\u0080\u0085\u2028",
  "\uFEFFbom",
  "\uFFFD\uFFFE\uFFFF",
  "a\u0300 \u00E0",
  "?acl",
  "a?b=c#d",
  "a;b,c:@!$()*~_-.[]{}|^`",
  "c:\\d\\..\\e",
  "constructor",
  "__proto__",
  "undefined",
  "x".repeat(1023),
  "\uFF5E".repeat(341),
];

/** Sorted as the service sorts them. */
export const KEYS: readonly string[] = [...ODD].sort(compareKeys);

/** Keys that no request may carry. */
export const REFUSED: readonly unknown[] = [
  "",
  "/a",
  "\\a",
  ".",
  "..",
  "x".repeat(1024),
  "\uFF5E".repeat(342),
  "lone\uD800surrogate",
  "\uDC00",
  undefined,
  null,
  0,
  ["a"],
  {},
];

/** A key as test titles show it. */
export function shown(key: string): string {
  return JSON.stringify(key.length > 30 ? `${key.slice(0, 8)}... (${key.length})` : key);
}
