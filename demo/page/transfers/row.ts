/**
 * One transfer in the list.
 * @module
 */
import { iconButton, textButton } from "../ui/button.ts";
import { el, setPieces } from "../ui/dom.ts";
import { formatShare } from "../ui/format.ts";
import { icon } from "../ui/icons.ts";
import type { ItemView } from "../ui/keyed_list.ts";
import { remedyButton } from "../ui/problem.ts";
import { createBar } from "./bar.ts";
import type { Queue } from "./queue.ts";
import { statusOf } from "./totals.ts";
import { isOver, type Transfer } from "./transfer.ts";

/** Makes the view of a transfer. */
export function transferRow({ id, task }: Transfer, queue: Queue): ItemView<Transfer> {
  const badge = el("span", { class: "badge" });
  const status = el("p", { class: "transfer-status pieces" });
  const bar = createBar(task.kind === "upload" ? `Upload of ${task.name}` : `Download of ${task.name}`);
  const actions = el("div", { class: "row-actions" });
  const element = el(
    "li",
    { class: "transfer", tabindex: -1 },
    badge,
    el("div", { class: "transfer-text" }, el("p", { class: "name", title: task.name }, task.name), status),
    actions,
    bar.element,
  );
  let shown = "";

  function buttons(transfer: Transfer): (HTMLButtonElement | undefined)[] {
    const { state, problem, leftover } = transfer;
    if (state === "elsewhere") return [];
    if (leftover) {
      const { needs, resume, restart, discard } = leftover;
      const go =
        needs === "click"
          ? iconButton("resume", `Resume ${task.name}`, "Resume", resume)
          : textButton("Choose it again", resume, "is-small", `Choose ${task.name} again to go on`);
      const anew = restart && textButton("Start over", restart, "is-small", `Start ${task.name} over with this file`);
      return [go, anew, iconButton("trash", `Discard ${task.name}`, "Discard", discard)];
    }
    if (!isOver(transfer)) {
      const cancel = iconButton("close", `Cancel ${task.name}`, "Cancel", () => queue.cancel(id));
      if (state === "paused")
        return [iconButton("resume", `Resume ${task.name}`, "Resume", () => queue.resume(id)), cancel];
      const pausable = state === "running" && task.kind === "upload";
      return [pausable ? iconButton("pause", `Pause ${task.name}`, "Pause", () => queue.pause(id)) : undefined, cancel];
    }
    const dismiss = iconButton("close", `Remove ${task.name} from this list`, "Remove", () => queue.dismiss(id));
    if (state === "cancelled")
      return [iconButton("refresh", `Start ${task.name} again`, "Start again", () => queue.retry(id)), dismiss];
    const again = problem && remedyButton(problem, () => queue.retry(id, problem.remedy === "replace"), "is-small");
    return [again, dismiss];
  }

  function changeState(transfer: Transfer, look: string): void {
    const { state, problem } = transfer;
    const focused = actions.contains(document.activeElement);
    shown = look;
    element.setAttribute("data-state", state);
    badge.replaceChildren(icon(state === "done" ? "check" : state === "failed" ? "warning" : task.kind));
    actions.replaceChildren(...buttons(transfer).filter((button) => button !== undefined));
    bar.element.hidden = isOver(transfer);
    // The button that had the focus is gone: whoever works by keyboard stays in the row.
    if (focused) actions.querySelector("button")?.focus();
    status.replaceChildren();
    if (!problem) return;
    status.append(el("strong", {}, problem.title), ` ${problem.advice}`);
    if (problem.detail !== undefined) status.append(el("small", { class: "detail" }, problem.detail));
  }

  return {
    element,
    update(transfer) {
      const look = `${transfer.state} ${transfer.leftover?.needs}`;
      if (look !== shown) changeState(transfer, look);
      if (!transfer.problem) setPieces(status, statusOf(transfer));
      element.classList.toggle("is-waiting", transfer.waits !== undefined);
      const { confirmed, sent } = transfer.advance;
      element.classList.toggle("is-starting", transfer.state === "running" && !transfer.waits && sent === 0);
      bar.set(confirmed, sent, task.size, formatShare(confirmed, task.size));
    },
  };
}
