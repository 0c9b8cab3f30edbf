/**
 * An error, shown: what happened, what to do, and a button that does it.
 * @module
 */
import type { Explanation } from "../session/explain.ts";
import { textButton } from "./button.ts";
import { el } from "./dom.ts";
import { icon } from "./icons.ts";

/** The button that helps, if one does. */
export function remedyButton({ remedy }: Explanation, act: () => void, kind = ""): HTMLButtonElement | undefined {
  // What asks for a file is asked of where files are chosen.
  if (remedy === "none" || remedy === "choose") return undefined;
  if (remedy === "reload") return textButton("Reload the page", () => location.reload(), kind);
  return textButton(remedy === "replace" ? "Replace it" : "Try again", act, kind);
}

/** A panel with an error and its remedy. */
export function problemPanel(problem: Explanation, retry: () => void): HTMLElement {
  return el(
    "div",
    { class: "state problem", role: "alert" },
    el("span", { class: "state-icon" }, icon("warning")),
    el("p", { class: "state-title" }, problem.title),
    el("p", { class: "state-advice" }, problem.advice),
    problem.detail !== undefined && el("p", { class: "state-detail" }, problem.detail),
    remedyButton(problem, retry, "is-primary"),
  );
}
