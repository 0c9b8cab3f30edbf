/** A page that is left in the middle of an upload and opened again, and what the storage saw of it. */
import type { Locator, Page } from "playwright-core";
import { createClient } from "../../../src/core/create_client.ts";
import { each } from "../../../src/core/pages.ts";
import { getObject } from "../../../src/operations/object/get.ts";
import { listMultipartUploads } from "../../../src/operations/object/list_multipart.ts";
import type { Client } from "../../../src/types.ts";
import type { Visit } from "./visit.ts";

/** Bytes of the files, and of their parts. */
export const SIZE = 40_000_000;

const hex = (bytes: ArrayBuffer): string => Buffer.from(bytes).toString("hex");

/** Puts a file into the page's own storage, which its picker gives from now on, and returns the SHA-256 of it. */
export async function pickOwnFile(page: Page, name: string, size: number = SIZE): Promise<string> {
  return page.evaluate(
    async ([name, size]) => {
      const bytes = new Uint8Array(size);
      const words = new Uint32Array(bytes.buffer, 0, size >> 2);
      let state = size;
      for (let index = 0; index < words.length; index++) {
        // xorshift32
        state ^= state << 13;
        state ^= state >>> 17;
        state ^= state << 5;
        words[index] = state;
      }
      const folder = await navigator.storage.getDirectory();
      const handle = await folder.getFileHandle(name, { create: true });
      const writable = await handle.createWritable();
      await writable.write(bytes);
      await writable.close();
      Object.assign(window, { showOpenFilePicker: async () => [handle] });
      const sum = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
      return Array.from(sum, (byte) => byte.toString(16).padStart(2, "0")).join("");
    },
    [name, size] as const,
  );
}

/** The transfer of this name in a page. */
export function rowIn(page: Page, name: string): Locator {
  return page.locator("#transfer-list li").filter({ has: page.locator(".name").getByText(name, { exact: true }) });
}

/** Another tab of the same visitor. */
export async function openTab({ page, demo }: Visit): Promise<Page> {
  const tab = await page.context().newPage();
  await tab.goto(demo.url);
  return tab;
}

/** Lets so many parts through and holds up the others, until it is called. */
export function holdParts({ demo }: Pick<Visit, "demo">, after: number): () => void {
  const delay = { operation: "UploadPart", kind: "delay", milliseconds: Number.POSITIVE_INFINITY } as const;
  return demo.storage.oss.faults.add({ ...delay, times: 100, skip: after });
}

/** What the storage sees. */
export interface Behind {
  readonly client: Client;
  /** Numbers of the parts that were stored, each time one was. */
  parts(): number[];
  /** SHA-256 of an object. */
  hash(name: string): Promise<string>;
  /** Multipart uploads that are open. */
  open(): Promise<number>;
}

/** Looks behind the page. */
export async function lookBehind({ page, demo: { storage } }: Pick<Visit, "page" | "demo">): Promise<Behind> {
  const { credentials, requests } = storage.oss;
  const client = createClient({ region: "cn-hangzhou", endpoint: storage.url, bucket: "demo-files", credentials });
  const prefix = await page.locator("#place").textContent();
  return {
    client,
    parts: () =>
      requests
        .filter(({ operation, status }) => operation === "UploadPart" && status === 200)
        .map(({ query }) => Number(query["partNumber"])),
    async hash(name) {
      const response = await getObject(client, { key: prefix + name });
      return hex(await crypto.subtle.digest("SHA-256", await response.arrayBuffer()));
    },
    async open() {
      let count = 0;
      for await (const _ of each(client, listMultipartUploads, {})) count++;
      return count;
    },
  };
}

/** Waits until the only record of the page is in this state. */
export async function recordIs(page: Page, state: string): Promise<void> {
  await page.waitForFunction(
    (state) =>
      new Promise<boolean>((resolve, reject) => {
        const opening = indexedDB.open("oss-fetch-demo");
        opening.onerror = () => reject(opening.error);
        opening.onsuccess = () => {
          const all = opening.result.transaction("records").objectStore("records").getAll();
          all.onsuccess = () => resolve(all.result.length === 1 && all.result[0].state === state);
          opening.result.close();
        };
      }),
    state,
  );
}

/** Waits until so many parts are stored. */
export async function partsStored(page: Page, behind: Behind, count: number): Promise<void> {
  for (let tries = 0; behind.parts().length < count; tries++) {
    if (tries > 500) throw new Error(`Only ${behind.parts().length} parts were stored`);
    await page.waitForTimeout(20);
  }
}
