/**
 * Finds the upload that was opened for a record, but whose id was not written down.
 * @module
 */
import { createClock } from "../../core/clock.ts";
import { show } from "../../core/validate.ts";
import { redact } from "../../errors.ts";
import type { OpenUpload } from "../job.ts";
import { emptyUploads, isUnanswered, type OpenedUpload, openUploads } from "../upload/open_uploads.ts";
import { listParts } from "../upload/part_list.ts";
import type { GuardedStore } from "./guarded_store.ts";
import { recordFault } from "./read_record.ts";
import type { MultipartRecord } from "./types.ts";

/** Milliseconds that the service's date may be before ours, and that opening may have taken, with its retries. */
const BEFORE = 2000;
const AFTER = 120_000;

/** Who looks for an upload. */
type Seeker = Pick<OpenUpload, "client" | "input" | "turn" | "lost"> & {
  readonly controller: { readonly signal: AbortSignal };
};

/**
 * Adopts the upload that an earlier run has opened: of this key, opened when it was asked for, still empty, and in no
 * record. Of as many as were asked for it is the last one, and the end deletes the others (`lost`). Where there are more,
 * or they may not be seen, nothing is adopted, and they may stay behind. Where there is none, what asked for it may still
 * be on its way, and where the service is away nothing is known: the end looks again.
 * @param job the upload
 * @param record says when it was asked for; it has no upload
 * @param others the records of the other transfers
 * @param over will nothing look again?
 * @returns its id
 */
export async function adopt(
  job: Seeker,
  record: MultipartRecord,
  others: readonly MultipartRecord[],
  over = false,
): Promise<string | undefined> {
  const { client, input } = job;
  const { asked, lost } = record;
  const tries = (lost?.times ?? 0) + 1;
  const leave = (why: string): undefined => {
    client.context.warn(`${emptyUploads(tries, input.key)} may have been left behind: ${why}`);
  };
  const rivals = others.filter((other) => other.bucket === record.bucket && other.key === record.key);
  if (rivals.some((other) => !other.uploadId)) return leave("another transfer is opening one");
  const named = new Set(rivals.map((other) => other.uploadId));
  const now = client.context.now();
  try {
    const { uploads, date = client.context.now() } = await openUploads(job, job.turn);
    // It may have been asked for by a clock that was wrong, and was not set right before the service refused that.
    const wrong = [0, createClock().now() - date];
    const first = Math.min(asked, lost?.begun ?? asked);
    const found = uploads.filter(({ uploadId, initiated }) => {
      const begun = Date.parse(initiated);
      const then = wrong.some((ahead) => begun >= first - ahead - BEFORE && begun <= asked - ahead + AFTER);
      return then && !named.has(uploadId);
    });
    if (!found.length) {
      if (now - asked < AFTER) job.lost = { times: tries, begun: now, again: client.context.now() };
      return undefined;
    }
    if (found.length > tries) return leave(`there are ${found.length}`);
    let last: OpenedUpload | undefined;
    // Those with parts have another owner, for this one had not begun.
    for (const one of found)
      if ((!last || one.initiated >= last.initiated) && !(await listParts(job, one.uploadId)).length) last = one;
    return (
      last?.uploadId ??
      leave(found.length > 1 ? "those that were found have parts" : "the one that was found has parts")
    );
  } catch (error) {
    job.controller.signal.throwIfAborted();
    const begun = lost?.begun ?? asked;
    // Among those of a long time, others' would be found as well.
    if (over || !isUnanswered(error) || now - begun > AFTER) return leave(redact(String(error)));
    job.lost = { times: tries, begun, again: client.context.now() };
    return undefined;
  }
}

/**
 * Reads the records of all other transfers into multipart uploads.
 * @param guarded of the store
 * @param id of this one
 */
export async function otherRecords(guarded: GuardedStore, id: string): Promise<MultipartRecord[]> {
  const found: MultipartRecord[] = [];
  const names = await guarded.names();
  const isList = Array.isArray(names);
  if (!isList) guarded.tell(new TypeError(`list of the store must give an array of names, got ${show(names)}`));
  for (const name of isList ? names : []) {
    const record = name === id ? undefined : ((await guarded.read(name)) as MultipartRecord | undefined);
    if (!recordFault(record, name) && record?.kind !== "download") found.push(record as MultipartRecord);
  }
  return found;
}
