/**
 * One file or folder in the list.
 * @module
 */
import type { ListItem } from "oss-fetch";
import { iconButton } from "../ui/button.ts";
import { el, setText } from "../ui/dom.ts";
import { formatAge, formatBytes } from "../ui/format.ts";
import { fileIcon, icon } from "../ui/icons.ts";
import type { ItemView } from "../ui/keyed_list.ts";
import { hashOf, nameOf } from "./folder.ts";

/** What can be done with a row. */
export interface RowActions {
  download(item: ListItem & { isPrefix: false }): void;
  link(item: ListItem): void;
  remove(item: ListItem): void;
}

/** Makes the view of an item; `root` is what keys begin with and people do not see. */
export function fileRow(first: ListItem, root: string, actions: RowActions): ItemView<ListItem> {
  let item = first;
  const name = nameOf(item.key);
  const remove = iconButton("trash", `Delete ${name}`, "Delete", () => actions.remove(item));
  if (item.isPrefix) {
    const link = el("a", { class: "name", href: hashOf(item.key.slice(root.length)) }, name);
    const badge = el("span", { class: "badge is-folder" }, icon("folder"));
    const element = el("li", { class: "file is-folder" }, badge, link, el("div", { class: "row-actions" }, remove));
    return { element, update() {} };
  }
  const size = el("span", { class: "size" });
  const modified = el("time", { class: "modified" });
  const download = iconButton("download", `Download ${name}`, "Download", () => {
    if (!item.isPrefix) actions.download(item);
  });
  const link = iconButton("link", `Link to ${name}`, "Link", () => actions.link(item));
  const element = el(
    "li",
    { class: "file" },
    el("span", { class: "badge" }, icon(fileIcon(name))),
    el("span", { class: "name", title: name }, name),
    el("span", { class: "meta" }, size, modified),
    el("div", { class: "row-actions" }, download, link, remove),
  );
  return {
    element,
    update(next) {
      item = next;
      if (next.isPrefix) return;
      setText(size, formatBytes(next.size));
      setText(modified, formatAge(next.lastModified, new Date()));
      modified.dateTime = next.lastModified.toISOString();
      modified.title = next.lastModified.toLocaleString("en");
    },
  };
}
