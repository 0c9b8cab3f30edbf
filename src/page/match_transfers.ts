/**
 * Files that somebody chose again, and the uploads that they belong to.
 * @module
 */
import type { TransferRecord } from "../checkpoints.ts";
import type { UploadRecord } from "../transfer/resume/types.ts";
import type { PickedFile } from "./picked_file.ts";

/** An upload that was not finished, and its file. */
export interface TransferMatch {
  readonly record: UploadRecord;
  /** `handle ?? file` is the body to go on with. */
  readonly picked: PickedFile;
}

/**
 * Finds the files of unfinished uploads among those that were chosen or dropped: by name and size; of several, the one
 * with the date, or with the folders of the key. Nothing is read: the upload proves that it is the file, and touches
 * nothing when it is another one.
 *
 * Where the key is known as well, no match is needed: the same `upload` or `createUpload`, with the same `checkpoints`,
 * goes on by itself.
 * @param records of `transfers(store)`; those of downloads and copies have no files
 * @param picked files, of `walkInput`, `walkDrop` or `walkDirectory`
 * @returns the uploads whose files are there, in the order of the records; a file may belong to several
 * @example
 * ```ts
 * import { createClient, upload } from "oss-fetch";
 * import { matchTransfers, walkInput } from "oss-fetch/page";
 * import { indexedDBStore, type TransferRecord } from "oss-fetch/stores/indexed-db";
 * const client = createClient({ region: "cn-hangzhou", bucket: "photos", credentials: "anonymous" });
 * const checkpoints = indexedDBStore();
 * async function onchange(records: readonly TransferRecord[], files: FileList): Promise<void> {
 *   for (const { record, picked } of matchTransfers(records, walkInput(files)))
 *     await upload(client, { key: record.key, body: picked.handle ?? picked.file }, { checkpoints });
 * }
 * console.log(typeof onchange);
 * ```
 */
export function matchTransfers(records: Iterable<TransferRecord>, picked: Iterable<PickedFile>): TransferMatch[] {
  const files = [...picked];
  const uses = new Map<PickedFile, number>();
  const matches: TransferMatch[] = [];
  for (const one of records) {
    if (one.kind !== "upload") continue;
    // Of this kind they are.
    const record = one as UploadRecord;
    const likely = (each: PickedFile): number =>
      (each.file.lastModified === record.lastModified ? 4 : 0) +
      (`/${record.key}`.endsWith(`/${each.path}`) ? 2 : 0) -
      Math.min(1, uses.get(each) ?? 0);
    const [best] = files
      .filter(({ file }) => file.name === record.name && file.size === record.size)
      .sort((a, b) => likely(b) - likely(a));
    if (!best) continue;
    uses.set(best, (uses.get(best) ?? 0) + 1);
    matches.push({ record, picked: best });
  }
  return matches;
}
