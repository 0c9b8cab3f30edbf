/**
 * Transfers from the service.
 * @module
 */
import { download, downloadAll, downloadTo, getObject } from "../../src/mod.ts";
import { assert } from "../harness.ts";
import { bytesAt, bytesRead, SOURCE } from "./objects.ts";
import { type Outcome, optionsOf, type Play, type Scene, settle } from "./scene.ts";

/** Reads a stream to its end, or until enough was read; `chunks` are what was handed over. */
async function read(
  body: ReadableStream<Uint8Array> | null,
  chunks: Uint8Array<ArrayBuffer>[],
  enough: number = Number.POSITIVE_INFINITY,
): Promise<void> {
  if (!body) return;
  const reader = body.getReader();
  let length = 0;
  while (length < enough) {
    const { done, value } = await reader.read();
    if (done) break;
    chunks.push(value.slice());
    length += value.length;
  }
  if (length >= enough) await reader.cancel(new Error("enough"));
  await reader.closed;
  reader.releaseLock();
}

/** Reads what a transfer hands over: all of it, or what was wanted. */
async function readOf(
  scene: Scene,
  opened: Promise<{ readonly body: ReadableStream<Uint8Array> | null }>,
  enough?: number,
): Promise<Outcome> {
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  const expected = bytesRead(scene.plan);
  const outcome = await settle(opened.then(({ body }) => read(body, chunks, enough)));
  const got = new Uint8Array(await new Blob(chunks).arrayBuffer());
  const whole = enough === undefined && { read: [[got, expected] as const] };
  return { ...outcome, ...whole, begun: [got, expected] };
}

export const playGet: Play = (scene) => {
  const { client, plan } = scene;
  return readOf(scene, getObject(client, { key: SOURCE, range: plan.range }));
};

export const playDownload: Play = (scene) => {
  const { client, plan, random } = scene;
  const readAhead = random.pick([undefined, 150_000, 20_000]);
  return readOf(scene, download(client, { key: SOURCE, range: plan.range }, { ...optionsOf(scene), readAhead }));
};

/** What was read before the stream is cancelled is not proved, but it is not what was never there. */
export const playCancel: Play = (scene) => {
  const { client, plan, random } = scene;
  const enough = random.int(0, bytesRead(plan).length);
  return readOf(scene, download(client, { key: SOURCE, range: plan.range }, optionsOf(scene)), enough);
};

function same(one: Uint8Array | undefined, other: Uint8Array | undefined): boolean {
  return one?.length === other?.length && (one?.every((byte, at) => byte === other?.[at]) ?? true);
}

export const playDownloadTo: Play = async (scene) => {
  const { client, plan } = scene;
  const expected = bytesRead(plan);
  const { sink, seen, undone } = await scene.sink();
  const outcome = await settle(
    downloadTo(client, { key: SOURCE, range: plan.range }, sink, optionsOf(scene)),
    ({ size }): Outcome => {
      assert.equal(size, expected.length);
      return {};
    },
  );
  const got = await seen();
  if (outcome.error === undefined) return { ...outcome, read: [[got ?? new Uint8Array(0), expected]] };
  if (!undone.some((bytes) => same(got, bytes)))
    assert.fail(`The sink shows ${got?.length} bytes of a download that was not done`);
  return outcome;
};

export const playDownloadAll: Play = async (scene) => {
  const { client, plan } = scene;
  const sinks = await Promise.all(plan.sizes.map(() => scene.sink()));
  const file = (path: string): (typeof sinks)[0]["sink"] => {
    const place = sinks[Number(path)];
    return place ? place.sink : assert.fail(`There is no object ${path}`);
  };
  const outcome = await settle(
    downloadAll(client, { prefix: "" }, { file }, optionsOf(scene)),
    ({ files }): Outcome => {
      assert.equal(files, plan.sizes.length);
      return {};
    },
  );
  const none = new Uint8Array(0);
  const got = await Promise.all(sinks.map(({ seen }) => seen()));
  if (outcome.error === undefined)
    return { ...outcome, read: got.map((bytes, index) => [bytes ?? none, bytesAt(plan, index)] as const) };
  // Of many some are done, and the others are as they were.
  const done = got.flatMap((bytes, index) => {
    const untouched = sinks[index]?.undone.some((before) => same(bytes, before));
    return untouched ? [] : [[bytes ?? none, bytesAt(plan, index)] as const];
  });
  return { ...outcome, read: done };
};
