/**
 * Dialogs: the browser's own, so that focus, Escape and screen readers work as everywhere.
 * @module
 */
import type { Explanation } from "../session/explain.ts";
import { textButton } from "./button.ts";
import { el } from "./dom.ts";

export interface DialogContent {
  readonly title: string;
  readonly body: readonly (Node | string)[];
  /** The main button. */
  readonly action: string;
  /** Does what the main button says; the dialog stays open until it is done, and shows why it could not be. */
  act(signal: AbortSignal, progress: (text: string) => void): Promise<void>;
  readonly danger?: boolean | undefined;
  readonly cancel?: string | undefined;
  /** Does the main button have the focus at first, instead of the first thing that can? */
  readonly focusAction?: boolean | undefined;
  /** Finds words for an error. */
  explain(error: unknown): Promise<Explanation>;
}

let count = 0;

/**
 * Opens a dialog.
 * @returns whether the action was done
 */
export function openDialog(content: DialogContent): Promise<boolean> {
  const { title, body, action, danger = false, cancel = "Cancel" } = content;
  const controller = new AbortController();
  const titleId = `dialog-${++count}`;
  const problem = el("p", { class: "dialog-problem", role: "alert" });
  const submit = el(
    "button",
    { type: "submit", class: `button ${danger ? "is-danger" : "is-primary"}`, autofocus: content.focusAction },
    action,
  );
  const form = el(
    "form",
    { method: "dialog" },
    el("h2", { id: titleId }, title),
    ...body,
    problem,
    el(
      "div",
      { class: "dialog-actions" },
      textButton(cancel, () => dialog.close()),
      submit,
    ),
  );
  const dialog = el("dialog", { class: "dialog", "aria-labelledby": titleId }, form);
  let done = false;

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (submit.getAttribute("aria-disabled") === "true") return;
    // Not `disabled`: that would drop the focus.
    submit.setAttribute("aria-disabled", "true");
    problem.textContent = "";
    content
      .act(controller.signal, (text) => {
        submit.textContent = text;
      })
      .then(
        () => {
          done = true;
          dialog.close();
        },
        async (error: unknown) => {
          if (controller.signal.aborted) return;
          const { title: what, advice } = await content.explain(error);
          problem.replaceChildren(el("strong", {}, what), ` ${advice}`);
          submit.textContent = action;
          submit.removeAttribute("aria-disabled");
        },
      );
  });
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog) dialog.close();
  });
  document.body.append(dialog);
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => {
      controller.abort(new DOMException("Closed", "AbortError"));
      dialog.remove();
      resolve(done);
    });
  });
}
