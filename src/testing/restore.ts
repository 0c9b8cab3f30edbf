/**
 * Brings back what a store remembers of an earlier run.
 * @module
 */
import { createDecoder, type Remembered } from "./persist.ts";
import { type PartRecord, uploadName } from "./records.ts";
import { SortedMap } from "./sorted_map.ts";
import type { State } from "./state.ts";

/** Puts one thing back; things of a bucket that is gone are left out. */
function put(state: State, remembered: Remembered): void {
  if (remembered.kind === "bucket") {
    const { record } = remembered;
    const { order } = state;
    state.buckets.set(record.name, { record, objects: new SortedMap(order), uploads: new SortedMap(order) });
    return;
  }
  const bucket = state.buckets.get(remembered.bucket);
  if (remembered.kind === "object") {
    const { record } = remembered;
    bucket?.objects.set(record.key, record);
    if (bucket !== undefined) state.contents.retain(record.content);
  } else if (remembered.kind === "upload") {
    const { record } = remembered;
    bucket?.uploads.set(uploadName(record.key, record.id), { record, parts: new Map<number, PartRecord>() });
  } else {
    const upload = bucket?.uploads.get(uploadName(remembered.key, remembered.uploadId));
    upload?.parts.set(remembered.record.number, remembered.record);
    if (upload !== undefined) state.contents.retain(remembered.record.content);
  }
}

/**
 * Fills an empty state from its store.
 * @param state the state
 */
export async function restore(state: State): Promise<void> {
  const decode = createDecoder(state.store);
  for (const change of (await state.store.load?.()) ?? []) {
    const remembered = decode(change);
    if (remembered !== undefined) put(state, remembered);
  }
}
