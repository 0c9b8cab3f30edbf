/**
 * Downloading a file.
 * @module
 */
import { type Client, download, getObject, presign } from "oss-fetch";
import { PATIENCE } from "../session/client.ts";
import { el } from "../ui/dom.ts";
import { createMeter } from "./meter.ts";
import type { Task } from "./transfer.ts";

/** Up to this size a file is read here and checked by its CRC-64; larger ones the browser streams to disk itself. */
const CHECKED_LIMIT = 1 << 30;
/** Some browsers begin to read a blob only after a while. */
const KEEP = 60_000;

/** Makes the task of saving a file to the device. */
export function downloadTask(client: Client, key: string, name: string, size: number): Task {
  return {
    kind: "download",
    name,
    key,
    size,
    lasting: false,
    async run(context) {
      const { signal } = context;
      if (size > CHECKED_LIMIT) return hand(client, key, name, signal);
      const blob = await read(client, key, size, context);
      const url = URL.createObjectURL(blob);
      setTimeout(() => URL.revokeObjectURL(url), KEEP);
      save(url, name);
    },
  };
}

async function read(
  client: Client,
  key: string,
  size: number,
  { signal, report, onWaiting }: Parameters<Task["run"]>[0],
): Promise<Blob> {
  const { body } = await download(client, { key }, { signal, onWaiting, maxRetryTime: PATIENCE });
  const count = createMeter(size, report);
  const counted = body.pipeThrough(
    new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
      transform(chunk, controller) {
        count(chunk.length);
        controller.enqueue(chunk);
      },
    }),
  );
  const headers = { "content-type": "application/octet-stream" };
  return new Response(counted, { headers }).blob();
}

/** Lets the browser fetch it by a link of its own. */
async function hand(client: Client, key: string, name: string, signal: AbortSignal): Promise<void> {
  const responseContentDisposition = `attachment; filename*=UTF-8''${encodeURIComponent(name)}`;
  const { url } = await presign(client, getObject, { key, responseContentDisposition }, { expiresIn: 900, signal });
  save(url, name);
}

function save(href: string, name: string): void {
  const link = el("a", { href, download: name, hidden: true });
  document.body.append(link);
  link.click();
  link.remove();
}
