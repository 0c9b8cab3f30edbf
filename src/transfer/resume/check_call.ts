/**
 * Checks what a call on a checkpoint store is given, before anything is asked: the arguments are easily mixed up.
 * @module
 */
import type { CheckpointStore, TransferRecord } from "../../checkpoints.ts";
import { show } from "../../core/validate.ts";
import type { Client } from "../../types.ts";
import { recordFault } from "./read_record.ts";

/**
 * Checks a client.
 * @param client what a caller gives as one
 * @throws TypeError naming the value
 */
export function checkClient(client: Client): void {
  const { send, context }: Partial<Client> = Object(client);
  if (typeof send !== "function" || !context)
    throw new TypeError(`client must be what createClient gives, got ${show(client)}: it is the first argument`);
}

/**
 * Checks a checkpoint store.
 * @param store what a caller gives as one
 * @throws TypeError naming the value
 */
export function checkStore(store: CheckpointStore): void {
  if (typeof (Object(store) as CheckpointStore).list !== "function")
    throw new TypeError(`store must be a checkpoint store, got ${show(store)}`);
}

/**
 * Checks the record of a transfer, of any kind.
 * @param record what a caller gives as one
 * @throws TypeError naming the value, and what is wrong with it
 */
export function checkRecord(record: TransferRecord): void {
  const wrong = recordFault(record, String(Object(record).id));
  if (wrong) throw new TypeError(`record must be one of transfers(store), got ${show(record)}: ${wrong}`);
}
