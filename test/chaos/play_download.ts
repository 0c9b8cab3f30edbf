/**
 * Transfers from the service.
 * @module
 */
import { download, downloadAll, downloadTo, getObject, type MemorySink, memorySink } from "../../src/mod.ts";
import { assert } from "../harness.ts";
import { bytesAt, optionsOf, type Play, settle } from "./scene.ts";

const KEY = "0";

/** Reads a stream, to its end or until enough was read. */
async function read(body: ReadableStream<Uint8Array>, enough: number = Number.POSITIVE_INFINITY): Promise<Uint8Array> {
  const reader = body.getReader();
  const chunks: Uint8Array<ArrayBuffer>[] = [];
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
  return new Uint8Array(await new Blob(chunks).arrayBuffer());
}

export const playGet: Play = ({ client, plan }) => {
  const got = getObject(client, { key: KEY }).then(({ body }) => (body ? read(body) : new Uint8Array(0)));
  return settle(got, (bytes) => ({ read: [[bytes, bytesAt(plan)]] }));
};

export const playDownload: Play = (scene) => {
  const { client, plan, random } = scene;
  const readAhead = random.pick([undefined, plan.partSize, 20_000]);
  const got = download(client, { key: KEY }, { ...optionsOf(scene), readAhead }).then(({ body }) => read(body));
  return settle(got, (bytes) => ({ read: [[bytes, bytesAt(plan)]] }));
};

/** What was read before the stream is cancelled is not proved, but it is not what was never there. */
export const playCancel: Play = (scene) => {
  const { client, plan, random } = scene;
  const expected = bytesAt(plan);
  const enough = random.int(0, expected.length);
  const got = download(client, { key: KEY }, optionsOf(scene)).then(({ body }) => read(body, enough));
  return settle(got, () => ({}));
};

export const playDownloadTo: Play = async (scene) => {
  const { client, plan } = scene;
  const sink = memorySink();
  const outcome = await settle(downloadTo(client, { key: KEY }, sink, optionsOf(scene)), ({ size }) => {
    assert.equal(size, plan.sizes[0]);
    return { read: [[sink.bytes(), bytesAt(plan)]] };
  });
  if (outcome.error !== undefined) assert.throws(() => sink.bytes(), "not finished");
  return outcome;
};

export const playDownloadAll: Play = async (scene) => {
  const { client, plan } = scene;
  const sinks = new Map<string, MemorySink>();
  const file = (path: string): MemorySink => {
    const sink = memorySink();
    sinks.set(path, sink);
    return sink;
  };
  return settle(downloadAll(client, { prefix: "" }, { file }, optionsOf(scene)), ({ files }) => {
    assert.equal(files, plan.sizes.length);
    return {
      read: plan.sizes.map((_, index) => [
        sinks.get(String(index))?.bytes() ?? new Uint8Array(0),
        bytesAt(plan, index),
      ]),
    };
  });
};
