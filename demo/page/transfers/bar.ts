/**
 * A progress bar: what is confirmed, and paler what is under way.
 * @module
 */
import { el } from "../ui/dom.ts";

export interface Bar {
  readonly element: HTMLElement;
  /** @param text what is read out: `42 %` */
  set(confirmed: number, sent: number, total: number, text: string): void;
}

/** Makes a bar. */
export function createBar(label: string): Bar {
  const ahead = el("span", { class: "bar-sent" });
  const done = el("span", { class: "bar-confirmed" });
  const element = el(
    "div",
    { class: "bar", role: "progressbar", "aria-label": label, "aria-valuemin": 0, "aria-valuemax": 100 },
    ahead,
    done,
  );
  return {
    element,
    set(confirmed, sent, total, text) {
      const share = (bytes: number): number => (total === 0 ? 1 : bytes / total);
      ahead.style.setProperty("--share", String(share(sent)));
      done.style.setProperty("--share", String(share(confirmed)));
      element.setAttribute("aria-valuenow", String(Math.floor(share(confirmed) * 100)));
      element.setAttribute("aria-valuetext", text);
    },
  };
}
