/**
 * The questions that are asked about files.
 * @module
 */
import { type Client, getObject, presign, putObject } from "oss-fetch";
import type { Explanation } from "../session/explain.ts";
import { toast } from "../ui/announce.ts";
import { openDialog } from "../ui/dialog.ts";
import { el } from "../ui/dom.ts";
import { formatTime, plural } from "../ui/format.ts";
import { removeFile, removeFolder } from "./remove.ts";

/** What every question needs. */
export interface Asking {
  readonly client: Client;
  explain(error: unknown): Promise<Explanation>;
}

/** Seconds; the link ends earlier with the keys that signed it. */
const LINK_LIFE = 3600;

/** Asks before a file or folder is deleted, and deletes it. */
export async function askToDelete({ client, explain }: Asking, key: string, name: string): Promise<boolean> {
  const isFolder = key.endsWith("/");
  const deleted = await openDialog({
    title: `Delete ${isFolder ? "the folder " : ""}“${name}”?`,
    body: [el("p", {}, isFolder ? "Everything in it goes, too. This cannot be undone." : "This cannot be undone.")],
    action: "Delete",
    danger: true,
    explain,
    act(signal, progress) {
      progress("Deleting…");
      if (!isFolder) return removeFile(client, key, signal);
      return removeFolder(client, key, signal, (count) => progress(`Deleted ${plural(count, "file")}…`));
    },
  });
  if (deleted) toast(`“${name}” is deleted`);
  return deleted;
}

/** Asks for a name, and makes a folder of it. Resolves with the folder. */
export async function askForFolder({ client, explain }: Asking, parent: string): Promise<string | undefined> {
  const input = el("input", {
    id: "folder-name",
    type: "text",
    required: true,
    maxlength: 200,
    autocomplete: "off",
    autofocus: true,
    // A URL folds dots away, and a slash would make two folders.
    pattern: "(?!\\.{1,2}$)[^\\/\\\\]*\\S[^\\/\\\\]*",
    title: "Any name without slashes",
  });
  const made = await openDialog({
    title: "New folder",
    body: [el("label", { for: "folder-name" }, "Name"), input],
    action: "Create",
    explain,
    async act(signal, progress) {
      progress("Creating…");
      const key = `${parent}${input.value.trim()}/`;
      await putObject(client, { key, body: "", contentType: "application/x-directory" }, { signal });
    },
  });
  return made ? `${input.value.trim()}/` : undefined;
}

/** Shows a link that works without keys, for a while, and copies it. */
export async function showLink({ client, explain }: Asking, key: string, name: string): Promise<void> {
  const { url, expires } = await presign(client, getObject, { key }, { expiresIn: LINK_LIFE });
  const field = el("textarea", { id: "link", readonly: true, rows: 4, spellcheck: "false", autocomplete: "off" });
  field.value = url;
  field.addEventListener("click", () => field.select());
  const note = `Anybody who has it can read the file until ${formatTime(expires)}.`;
  const copied = await openDialog({
    title: `Link to “${name}”`,
    body: [el("label", { for: "link" }, note), field],
    action: "Copy link",
    cancel: "Close",
    focusAction: true,
    explain,
    async act() {
      await copy(field);
    },
  });
  if (copied) toast("The link is copied");
}

async function copy(field: HTMLTextAreaElement): Promise<void> {
  try {
    await navigator.clipboard.writeText(field.value);
  } catch {
    // Without permission, or on plain http, the old way may still work.
    field.select();
    if (!document.execCommand("copy")) throw new Error("The browser does not copy");
  }
}
