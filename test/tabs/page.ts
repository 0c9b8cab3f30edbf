/**
 * A page with two tabs in it, each a browsing context of its own, and what such a tab does.
 * @module
 */
import { createClient, upload } from "../../src/mod.ts";
import { indexedDBStore } from "../../src/stores/indexed_db.ts";
import { bytesOf } from "../chaos/random.ts";
import { watched } from "./watched.ts";

/** What page and tabs are told. */
interface Setting {
  readonly endpoint: string;
  readonly region: string;
  readonly bucket: string;
  /** Where orders and temporary keys are to be had. */
  readonly base: string;
  /** The address of each tab. */
  readonly pages: Readonly<Record<string, string>>;
  readonly size: number;
  readonly seed: number;
}

type Send = (report: { readonly results: readonly []; readonly [fact: string]: unknown }) => Promise<unknown>;

/** What the page is to do next. */
interface Order {
  readonly key?: string;
  readonly open?: readonly string[];
  /** A tab that dies: closed at once, or by going elsewhere. */
  readonly kill?: { readonly tab: string; readonly how: "closed" | "left" };
  readonly done?: boolean;
}

/** Small parts: many of them are in flight, over and still to come at any moment. */
const OPTIONS = { partSize: 256 * 1024, multipartThreshold: 0, concurrency: 2 };

/** Uploads what the other tab uploads as well. */
async function race({ size, seed, base, ...target }: Setting, send: Send): Promise<void> {
  const [key = "", tab = ""] = window.name.split(" ");
  const tell = (event: string, facts: object = {}): Promise<unknown> =>
    send({ results: [], tab, key, event, ...facts });
  const reached = (stage: string): void => void tell("stage", { stage });
  reached("loaded");
  const checkpoints = watched(indexedDBStore("tabs"), reached);
  const client = createClient({
    ...{ ...target, pathStyle: true },
    credentials: async ({ signal }) => (await fetch(`${base}/token/${tab}`, { signal })).json(),
    onWarning: (message) => void tell("warning", { message: String(message) }),
  });
  const body = new File([bytesOf(size, seed)], "race.bin", { lastModified: 1_790_000_000_000 });
  const progress: number[] = [];
  const onProgress = ({ acknowledged }: { readonly acknowledged: number }): void => {
    if (acknowledged === progress.at(-1)) return;
    progress.push(acknowledged);
    if (progress.length === 2) void tell("heard");
  };
  try {
    await upload(client, { key, body }, { ...OPTIONS, checkpoints, onProgress });
    await tell("done", { progress, left: await checkpoints.list() });
  } catch (error) {
    await tell("failed", { progress, message: error instanceof Error ? error.stack : String(error) });
  }
}

/** Opens and kills tabs as it is told. */
async function direct({ base, pages }: Setting, send: Send): Promise<void> {
  const frames = new Map<string, HTMLIFrameElement>();
  for (;;) {
    const order: Order = await (await fetch(`${base}/order`)).json();
    if (order.done) break;
    // Silence would be taken for a page that hangs.
    await send({ results: [] });
    for (const name of order.open ?? []) {
      frames.get(name)?.remove();
      const frame = document.createElement("iframe");
      frame.name = `${order.key} ${name}`;
      frame.src = String(pages[name]);
      frames.set(name, frame);
      document.body.append(frame);
    }
    if (order.kill) {
      const frame = frames.get(order.kill.tab);
      if (order.kill.how === "closed") frame?.remove();
      else frame?.contentWindow?.location.replace("about:blank");
    }
  }
  await send({ results: [], done: true });
}

export async function start(setting: Setting, send: Send): Promise<void> {
  await (window.parent === window ? direct : race)(setting, send);
}
