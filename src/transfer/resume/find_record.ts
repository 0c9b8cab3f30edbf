/**
 * Reads records that are to be gone on from.
 * @module
 */
import type { TransferRecord } from "../../checkpoints.ts";
import type { GuardedStore } from "./guarded_store.ts";
import type { UploadRecord } from "./types.ts";

/**
 * Reads a record; one that is none is told and left alone.
 * @param guarded of the store
 * @param id its name
 * @param faultOf tells what is wrong with it
 * @param warn is told
 */
export async function findRecord<R extends TransferRecord>(
  guarded: GuardedStore,
  id: string,
  faultOf: (value: unknown, id: string) => string | undefined,
  warn: (message: string) => void,
): Promise<R | undefined> {
  const found = await guarded.read(id);
  if (found === undefined) return undefined;
  const { sizes, lost, completing } = Object(found) as Partial<UploadRecord>;
  const wrong =
    faultOf(found, id) ?? ((sizes ?? lost ?? completing) && (await import("./rare_fields.ts")).rareFault(found));
  // It has been checked.
  if (!wrong) return found as R;
  await import("./warnings.ts").then(({ recordSkipped }) => recordSkipped(warn, id, wrong)).catch(() => {});
  return undefined;
}
