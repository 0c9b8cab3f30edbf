/**
 * A program that is killed: it does its transfer, with a store that outlives it, and reports.
 * @module
 */

import type { CheckpointStore } from "../../src/checkpoints.ts";
import { createClient, downloadTo, type Sink, upload } from "../../src/mod.ts";
import type { SourceBody } from "../../src/streams/source.ts";
import { bytesOf } from "../chaos/random.ts";

/** What a victim is told. */
export interface Orders {
  readonly runtime: string;
  readonly job: "upload" | "download";
  readonly key: string;
  readonly endpoint: string;
  readonly region: string;
  readonly bucket: string;
  /** Where temporary keys are to be had. */
  readonly sts: string;
  readonly size: number;
  readonly seed: number;
  /** Of scripts: the file to send, and the folder for everything else. */
  readonly file: string;
  readonly folder: string;
  /** The object is there. */
  readonly completed?: boolean;
  /** Leaves the page, or loads it again, after so many milliseconds. */
  readonly leave?: { readonly how: "reload" | "close"; readonly after: number };
}

/** What a victim tells. */
export type Report = (report: {
  readonly results: readonly never[];
  readonly event: string;
  readonly [fact: string]: unknown;
}) => Promise<void>;

/** What differs between runtimes. */
export interface Kit {
  readonly checkpoints: CheckpointStore;
  /** Called when the transfer begins. */
  begun?(): void;
  /** Is the page about to go? Firefox ends its requests first, and its scripts still see that. */
  isLeaving?(): boolean;
  source(): Promise<SourceBody>;
  sink(name: string): Promise<Sink>;
  /** What somebody sees who looks for what was downloaded. */
  stored(name: string): Promise<Blob | undefined>;
}

/** Small parts: many of them are in flight, over and still to come at any moment. */
const OPTIONS = { partSize: 2 ** 20, concurrency: 4 };

/** What a download looks like: nothing, whole, or something else. */
async function look(kit: Kit, { job, key, size, seed }: Orders): Promise<string> {
  const blob = job === "download" ? await kit.stored(key) : undefined;
  if (!blob?.size) return "nothing";
  const [found, expected] = [new Uint8Array(await blob.arrayBuffer()), bytesOf(size, seed)];
  return found.length === expected.length && found.every((byte, at) => byte === expected[at]) ? "whole" : "wrong";
}

/**
 * Does the transfer.
 * @param orders what to do
 * @param send reports
 * @param kit what this runtime has
 */
export async function play(orders: Orders, send: Report, kit: Kit): Promise<void> {
  const { checkpoints } = kit;
  const { region, endpoint, bucket, key, job } = orders;
  const client = createClient({
    ...{ region, endpoint, bucket, pathStyle: true },
    credentials: async ({ signal }) => (await fetch(orders.sts, { signal })).json(),
    onWarning: (message) => void send({ results: [], event: "warning", message: String(message) }),
  });
  const source = job === "upload" ? await kit.source() : "";
  const sink = job === "download" ? await kit.sink(key) : undefined;
  const ids = await checkpoints.list();
  const records = await Promise.all(ids.map((id) => checkpoints.get(id)));
  const options = { ...OPTIONS, checkpoints };
  const seen = await look(kit, orders);
  await send({ results: [], event: "started", records: JSON.stringify(records), seen });
  kit.begun?.();
  // Done, with nothing left to remember, and killed before it could say so: the same call would begin anew.
  if (orders.completed && ids.length === 0) return send({ results: [], event: "done", left: [] });
  try {
    const { size } = sink
      ? await downloadTo(client, { key }, sink, options)
      : await upload(client, { key, body: source }, options);
    await send({ results: [], event: "done", size, left: await checkpoints.list() });
    await send({ results: [], event: "looked", seen: await look(kit, orders) });
  } catch (error) {
    // The next page has the last word; without one the victim is silent, which is found out.
    if (kit.isLeaving?.()) return;
    await send({ results: [], event: "failed", message: `${error} ${(error as Partial<Error>).stack}` });
  }
}
