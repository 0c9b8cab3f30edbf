/**
 * Brings back what a store remembers of an earlier run.
 * @module
 */
import { addVersion, emptyBucket } from "./history.ts";
import { createDecoder, type Remembered } from "./persist.ts";
import { isMarker, type PartRecord, uploadName } from "./records.ts";
import type { State } from "./state.ts";

/** Puts one thing back; things of a bucket that is gone are left out. */
function put(state: State, remembered: Remembered): void {
  if (remembered.kind === "account") {
    state.accountDocuments.set(remembered.account, remembered.documents);
    return;
  }
  if (remembered.kind === "bucket") {
    const { record } = remembered;
    state.buckets.set(record.name, emptyBucket(record, state.order));
    return;
  }
  const bucket = state.buckets.get(remembered.bucket);
  if (remembered.kind === "object") {
    const { record } = remembered;
    if (bucket === undefined) return;
    addVersion(bucket, record);
    state.sequence = Math.max(state.sequence, record.sequence ?? 0);
    if (!isMarker(record)) state.contents.retain(record.content);
  } else if (remembered.kind === "upload") {
    const { record } = remembered;
    bucket?.uploads.set(uploadName(record.key, record.id), { record, parts: new Map<number, PartRecord>() });
  } else {
    const upload = bucket?.uploads.get(uploadName(remembered.key, remembered.uploadId));
    upload?.parts.set(remembered.record.number, remembered.record);
    if (upload !== undefined) state.contents.retain(remembered.record.content);
  }
}

/** Where a thing comes in: what is no version comes as it came. */
function sequenceOf(remembered: Remembered): number {
  return remembered.kind === "object" ? (remembered.record.sequence ?? 0) : 0;
}

/**
 * Fills an empty state from its store.
 * @param state the state
 */
export async function restore(state: State): Promise<void> {
  const decode = createDecoder(state.store);
  const remembered = ((await state.store.load?.()) ?? []).flatMap((change) => decode(change) ?? []);
  // The sort is stable: parents stay before what is in them, and versions come in the order they were made.
  remembered.sort((a, b) => sequenceOf(a) - sequenceOf(b));
  for (const one of remembered) put(state, one);
}
