/**
 * The way from the top to the folder that is shown.
 * @module
 */
import { byId, el } from "../ui/dom.ts";
import { hashOf, nameOf, trailOf } from "./folder.ts";

/** Shows the way to a folder. */
export function showBreadcrumbs(folder: string): void {
  const trail = trailOf(folder);
  const crumbs = trail.map((step, index) => {
    const name = index === 0 ? "All files" : nameOf(step);
    const isLast = index === trail.length - 1;
    return el("li", {}, isLast ? el("span", { "aria-current": "page" }, name) : el("a", { href: hashOf(step) }, name));
  });
  byId("breadcrumbs").replaceChildren(...crumbs);
}
