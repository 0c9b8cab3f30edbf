/**
 * Stores whose every word is searched for secrets when the test is over. What tests of resuming keep checkpoints in comes
 * from here.
 * @module
 */
import type { CheckpointStore } from "../../../src/checkpoints.ts";
import { indexedDBStore as databaseStore } from "../../../src/stores/indexed_db.ts";
import { memoryStore as plainMemory } from "../../../src/stores/memory.ts";
import { assert, atEnd } from "../../harness.ts";

/** What is a signature, or belongs to one, whoever made it: V4 has 64 hexadecimal digits. */
const SIGNED =
  /signature|credential|authorization|security.?token|access.?key|OSS4-HMAC|callback-var|OSS LTAI|\b[0-9a-f]{64}\b/i;

/** What was written or posted in the test that runs. */
const words = new Map<string, string>();
/** What must not be in there. */
const secrets = new Set<string>();
let isSearching = false;

/** Names what no store may hold: keys, tokens, signatures, as they are and as URLs have them. */
export function confide(...values: readonly (string | null | undefined)[]): void {
  for (const value of values) if (value) secrets.add(value).add(encodeURIComponent(value));
  searchLater();
}

/** Confides the keys of a client. */
export function confideKeys(keys: object): void {
  confide(...Object.values(keys).filter((value) => typeof value === "string"));
}

/** Confides what signs a request. */
export function confideRequest(query: URLSearchParams, headers: Headers): void {
  const authorization = headers.get("authorization") ?? "";
  confide(
    authorization,
    /(?:Signature=|:)([^,:]+)$/.exec(authorization)?.[1],
    headers.get("x-oss-security-token"),
    ...["x-oss-signature", "Signature", "x-oss-security-token", "security-token"].map((name) => query.get(name)),
  );
}

/** Notes what left a transfer for a store, for others who look at it, or for a page. */
export function overhear(where: string, value: unknown): void {
  words.set(textOf(value), where);
  searchLater();
}

/** Notes, and tells, all that a store has by now: what it was given in another context, too. */
export async function overhearAll(store: CheckpointStore): Promise<unknown[]> {
  const records: unknown[] = [];
  for (const id of await store.list()) {
    const record = await store.get(id);
    overhear(`what is kept as ${id}`, record);
    records.push(record);
  }
  return records;
}

/** The same store; what goes into it is searched in the end. */
export function watched<S extends CheckpointStore>(store: S): S {
  const { channel } = store;
  return {
    ...store,
    set(id, record) {
      overhear(`the record ${id}`, [id, record]);
      return store.set(id, record);
    },
    ...(channel && {
      channel(id, receive) {
        const line = channel(id, receive);
        return {
          ...line,
          send(message) {
            overhear(`the channel of ${id}`, message);
            line.send(message);
          },
        };
      },
    }),
  } satisfies CheckpointStore as S;
}

export const memoryStore = (...options: Parameters<typeof plainMemory>): CheckpointStore =>
  watched(plainMemory(...options));
export const indexedDBStore = (...name: Parameters<typeof databaseStore>): CheckpointStore =>
  watched(databaseStore(...name));

/** All that JSON can tell, and what it would leave out. */
function textOf(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) => {
    if (typeof inner === "bigint") return `${inner}`;
    return inner instanceof Map || inner instanceof Headers ? [...inner] : inner;
  });
}

function searchLater(): void {
  if (isSearching) return;
  isSearching = true;
  atEnd(search);
}

/** Fails over the first secret, without telling it. */
function search(): void {
  const known = [...secrets];
  const said = [...words];
  isSearching = false;
  secrets.clear();
  words.clear();
  for (const [text, where] of said) {
    const [signed] = SIGNED.exec(text) ?? [];
    if (signed) assert.fail(`${where} has "${signed.slice(0, 16)}": ${text.slice(0, 300)}`);
  }
  const all = said.map(([text]) => text).join("\n");
  for (const secret of known) {
    if (!all.includes(secret)) continue;
    const [, where] = said.find(([text]) => text.includes(secret)) ?? [];
    assert.fail(`${where} has a secret that begins with ${secret.slice(0, 4)}`);
  }
}
