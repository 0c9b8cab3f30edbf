/**
 * The list of files: loading, empty, failed, or there.
 * @module
 */
import type { ListItem } from "oss-fetch";
import { announce } from "../ui/announce.ts";
import { byId, el } from "../ui/dom.ts";
import { plural } from "../ui/format.ts";
import { icon } from "../ui/icons.ts";
import { keyedList } from "../ui/keyed_list.ts";
import { problemPanel } from "../ui/problem.ts";
import { showBreadcrumbs } from "./breadcrumbs.ts";
import { type Asking, askForFolder, askToDelete, showLink } from "./dialogs.ts";
import { folderOf, hashOf, nameOf } from "./folder.ts";
import { listFolder } from "./listing.ts";
import { fileRow } from "./row.ts";

export interface BrowserOptions extends Asking {
  /** What all keys begin with. */
  readonly root: string;
  download(key: string, name: string, size: number): void;
}

export interface Browser {
  /** The folder that is shown, `""` or ending in a slash. */
  folder(): string;
  /** Looks again, without hiding what is there. */
  refresh(): void;
}

const PAGE = 200;

/** Shows the folder of the address, and follows it. */
export function mountBrowser(options: BrowserOptions): Browser {
  const { client, root, explain } = options;
  const list = byId("file-list");
  const state = byId("file-state");
  const more = byId("show-more");
  let folder = folderOf(location.hash);
  let wanted = PAGE;
  let current = new AbortController();
  const draw = keyedList<ListItem>(
    list,
    (item) => item.key,
    (item) =>
      fileRow(item, root, {
        download: ({ key, size }) => options.download(key, nameOf(key), size),
        link: ({ key }) => void showLink(options, key, nameOf(key)).catch(fail),
        remove: (chosen) => void remove(chosen),
      }),
  );

  async function load({ quiet }: { quiet: boolean }): Promise<void> {
    current.abort(new DOMException("Another list was asked for", "AbortError"));
    current = new AbortController();
    const { signal } = current;
    byId("files").setAttribute("aria-busy", "true");
    if (!quiet) {
      draw([]);
      more.hidden = true;
      state.replaceChildren(skeleton());
    }
    try {
      const listing = await listFolder(client, root + folder, wanted, signal);
      if (signal.aborted) return;
      draw(listing.items);
      more.hidden = !listing.more;
      state.replaceChildren(...(listing.items.length === 0 ? [empty(folder)] : []));
      if (!quiet) announce(listing.items.length === 0 ? "This folder is empty" : plural(listing.items.length, "item"));
    } catch (error) {
      if (!signal.aborted) await fail(error);
    } finally {
      if (current.signal === signal) byId("files").setAttribute("aria-busy", "false");
    }
  }

  async function fail(error: unknown): Promise<void> {
    const { signal } = current;
    const problem = await explain(error);
    if (signal.aborted) return;
    draw([]);
    more.hidden = true;
    state.replaceChildren(problemPanel(problem, () => void load({ quiet: false })));
  }

  async function remove({ key }: ListItem): Promise<void> {
    const position = [...list.children].findIndex((row) => row.contains(document.activeElement));
    if (!(await askToDelete(options, key, nameOf(key)))) return;
    await load({ quiet: true });
    const next = list.children[Math.min(Math.max(position, 0), list.children.length - 1)];
    (next?.querySelector<HTMLElement>("a, button") ?? byId("files-title")).focus();
  }

  addEventListener("hashchange", () => {
    folder = folderOf(location.hash);
    wanted = PAGE;
    showBreadcrumbs(folder);
    void load({ quiet: false });
    byId("files-title").focus({ preventScroll: true });
  });
  more.addEventListener("click", () => {
    wanted += PAGE;
    void load({ quiet: true });
  });
  byId("refresh").addEventListener("click", () => void load({ quiet: false }));
  byId("new-folder").addEventListener("click", async () => {
    const made = await askForFolder(options, root + folder);
    if (made !== undefined) location.hash = hashOf(folder + made);
  });
  addEventListener("online", () => void load({ quiet: true }));
  showBreadcrumbs(folder);
  void load({ quiet: false });
  return { folder: () => folder, refresh: () => void load({ quiet: true }) };
}

function skeleton(): HTMLElement {
  const rows = Array.from({ length: 3 }, () => el("span", { class: "skeleton-row" }));
  return el(
    "div",
    { class: "skeleton", role: "status" },
    el("span", { class: "visually-hidden" }, "Loading the list"),
    ...rows,
  );
}

function empty(folder: string): HTMLElement {
  return el(
    "div",
    { class: "state" },
    el("span", { class: "state-icon" }, icon("folder")),
    el("p", { class: "state-title" }, folder === "" ? "No files yet" : "This folder is empty"),
    el("p", { class: "state-advice" }, "What you upload appears here."),
  );
}
