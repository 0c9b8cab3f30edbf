/**
 * What happens, told to those who do not see it; and in a few words to those who do.
 * @module
 */
import { byId } from "./dom.ts";

let clearing: ReturnType<typeof setTimeout> | undefined;

function say(id: string, text: string): void {
  const region = byId(id);
  // The same text twice is no change: a no-break space makes it one.
  region.textContent = region.textContent === text ? `${text}\u00a0` : text;
}

/** Says it when the reader pauses. */
export function announce(text: string): void {
  say("announce", text);
}

/** Says it at once: an error. */
export function alertReader(text: string): void {
  say("alert", text);
}

/** Says it and shows it for some seconds. */
export function toast(text: string): void {
  announce(text);
  const shown = byId("toast");
  shown.textContent = text;
  shown.classList.add("is-shown");
  clearTimeout(clearing);
  clearing = setTimeout(() => shown.classList.remove("is-shown"), 3500);
}
