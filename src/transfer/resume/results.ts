/**
 * Results as they travel to other tabs.
 * @module
 */
import type { UploadResult } from "../upload_types.ts";

/** Something that can be cloned. */
export function plainResult({ headers, ...rest }: UploadResult): object {
  const all: [string, string][] = [];
  headers.forEach((value, name) => {
    all.push([name, value]);
  });
  return { ...rest, headers: all };
}

/** The result again. */
export function resultOf(plain: unknown): UploadResult {
  const { headers, ...rest } = plain as ReturnType<typeof plainResult> & { headers: [string, string][] };
  return { ...rest, headers: new Headers(headers) } as UploadResult;
}
