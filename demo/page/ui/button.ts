/**
 * Buttons.
 * @module
 */
import { el } from "./dom.ts";
import { type IconName, icon } from "./icons.ts";

/** A button that shows only an icon; its name is read out, and shown on hover and focus. */
export function iconButton(name: IconName, label: string, short: string, onclick: () => void): HTMLButtonElement {
  return el(
    "button",
    { type: "button", class: "icon-button", "aria-label": label, "data-tip": short, onclick },
    icon(name),
  );
}

/** A button with words; `label` is read out where they do not say enough. */
export function textButton(text: string, onclick: () => void, kind = "", label?: string): HTMLButtonElement {
  return el("button", { type: "button", class: `button ${kind}`.trim(), "aria-label": label, onclick }, text);
}
