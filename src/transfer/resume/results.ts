/**
 * Results as they travel to other tabs.
 * @module
 */
import type { Result } from "../../types.ts";

/** Something that can be cloned. */
export function plainResult({ headers, ...rest }: Result): object {
  return { ...rest, headers: [...headers] };
}

/** The result again. */
export function resultOf<R extends Result>(plain: unknown): R {
  // It may come from another version of this library.
  const { headers, ...rest } = Object(plain) as ReturnType<typeof plainResult> & { headers: [string, string][] };
  return { ...rest, headers: new Headers(headers) } as unknown as R;
}
