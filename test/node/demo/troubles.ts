/** What can go wrong behind the page, and the words that it has for it. */
import { appendFile, writeFile } from "node:fs/promises";
import path from "node:path";
import type { Locator } from "playwright-core";
import { createClient } from "../../../src/core/create_client.ts";
import type { Visit } from "./visit.ts";

interface Trouble {
  /** Makes it happen, and returns where it is told. */
  happen(visit: Visit): Promise<Locator>;
  readonly title: string;
  /** What helps. */
  readonly button?: string;
}

function list({ page }: Visit): Locator {
  return page.locator("#file-state");
}

async function refresh(visit: Visit): Promise<Locator> {
  await visit.page.getByRole("button", { name: "Refresh" }).click();
  return list(visit);
}

async function upload({ page, folder, transfer }: Visit, name: string, size = 3): Promise<Locator> {
  const file = path.join(folder, name);
  await writeFile(file, new Uint8Array(size));
  await page.setInputFiles("#pick", file);
  return transfer(name);
}

/** Lets in pages of another address only. */
async function closeToPage({ demo: { storage } }: Visit): Promise<void> {
  const { credentials } = storage.oss;
  const client = createClient({ region: "cn-hangzhou", endpoint: storage.url, bucket: "demo-files", credentials });
  const rule = "<AllowedOrigin>https://example.com</AllowedOrigin><AllowedMethod>GET</AllowedMethod>";
  const body = `<CORSConfiguration><CORSRule>${rule}</CORSRule></CORSConfiguration>`;
  await client.send({ method: "PUT", query: { cors: null }, body, contentMd5: true });
}

export const TROUBLES: readonly Trouble[] = [
  {
    title: "The storage does not answer",
    button: "Try again",
    async happen(visit) {
      await visit.demo.storage.close();
      return refresh(visit);
    },
  },
  {
    title: "Waiting: the storage does not answer",
    button: "Cancel",
    async happen(visit) {
      await visit.demo.storage.close();
      return upload(visit, "lost.txt");
    },
  },
  {
    title: "The storage does not accept this page",
    async happen(visit) {
      await closeToPage(visit);
      return refresh(visit);
    },
  },
  {
    title: "You are offline",
    button: "Try again",
    async happen(visit) {
      await visit.page.context().setOffline(true);
      return refresh(visit);
    },
  },
  {
    title: "Your session has ended",
    button: "Reload the page",
    async happen(visit) {
      const { page, demo } = visit;
      demo.options.tokenSeconds = 1;
      await page.reload();
      await page.getByText("No files yet").waitFor();
      await page.context().clearCookies();
      demo.storage.oss.faults.add({ operation: "PutObject", kind: "expire" });
      return upload(visit, "late.txt");
    },
  },
  {
    title: "You may not do this",
    happen(visit) {
      visit.demo.storage.oss.faults.add({ operation: "PutObject", kind: "status", status: 403, code: "AccessDenied" });
      return upload(visit, "forbidden.txt");
    },
  },
  {
    title: "The storage is busy",
    button: "Try again",
    happen(visit) {
      visit.demo.storage.oss.faults.add({
        operation: "ListObjectsV2",
        kind: "status",
        status: 503,
        code: "ServiceUnavailable",
        times: 9,
      });
      return refresh(visit);
    },
  },
  {
    title: "A file of this name is already here",
    button: "Replace it",
    async happen(visit) {
      await (await upload(visit, "twice.txt")).getByText("Uploaded").waitFor();
      return upload(visit, "twice.txt");
    },
  },
  {
    title: "The file changed on your device",
    async happen(visit) {
      visit.demo.storage.oss.faults.add({ operation: "InitiateMultipartUpload", kind: "delay", milliseconds: 500 });
      const row = await upload(visit, "edited.bin", 20_000_000);
      await appendFile(path.join(visit.folder, "edited.bin"), "more");
      return row;
    },
  },
];
