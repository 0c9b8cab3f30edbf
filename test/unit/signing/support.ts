/** What the signing tests share: two hashes, one that takes notes, and the spelling of the vector files. */
import type { SigningContext } from "../../../src/signing/canonical.ts";
import { defaultHash } from "../../../src/signing/hmac.ts";
import { hash as noble } from "../../../src/signing/noble.ts";
import type { Hash, MaybePromise, SyncHash } from "../../../src/types.ts";

export const hashes: readonly (readonly [name: string, hash: Hash])[] = [
  ["the default hash", await defaultHash()],
  ["noble", noble],
];

/** A synchronous hash that keeps every text it hashes or signs, in order, and counts the keys it makes. */
export function notingHash(): { readonly hash: SyncHash; readonly texts: string[]; keys: number } {
  const notes = {
    texts: [] as string[],
    keys: 0,
    hash: {
      sha256(data) {
        notes.texts.push(String(data));
        return noble.sha256(data);
      },
      hmac(algorithm, key) {
        notes.keys++;
        const mac = noble.hmac(algorithm, key);
        return (data) => {
          notes.texts.push(String(data));
          return mac(data);
        };
      },
    } satisfies SyncHash,
  };
  return notes;
}

/** Parameters of a vector: an array is a repeated name. */
export function toPairs(
  query: Readonly<Record<string, string | null | readonly string[] | undefined>>,
): [string, string | null][] {
  return Object.entries(query).flatMap(([name, value]) =>
    value === undefined ? [] : [value].flat().map((one): [string, string | null] => [name, one]),
  );
}

/** Headers as requests are signed: names in lower case, values trimmed. */
export function toHeaders(headers: Readonly<Record<string, string | undefined>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      value === undefined ? [] : [[name.toLowerCase(), value.trim()]],
    ),
  );
}

/** A context that is complete; tests name only what matters to them. */
export function makeContext(part: Partial<SigningContext> = {}): SigningContext {
  return {
    credentials: { accessKeyId: "ak", accessKeySecret: "sk" },
    region: "cn-hangzhou",
    time: new Date("2024-06-15T08:09:10Z"),
    hash: noble,
    ...part,
  };
}

/** Takes what a synchronous hash signed: it must be there already. */
export function atOnce<T>(value: MaybePromise<T>): T {
  if (value instanceof Promise) throw new Error("A synchronous hash must sign synchronously");
  return value;
}
