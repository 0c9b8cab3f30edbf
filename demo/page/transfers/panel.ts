/**
 * All transfers: the total on top, one row each below.
 * @module
 */
import { byId, setPieces, setText } from "../ui/dom.ts";
import { formatShare } from "../ui/format.ts";
import { keyedList } from "../ui/keyed_list.ts";
import { createBar } from "./bar.ts";
import { createTotalFollower } from "./follow.ts";
import type { Queue } from "./queue.ts";
import { transferRow } from "./row.ts";
import { headline, summary, totalsOf } from "./totals.ts";
import { isOver, type Transfer } from "./transfer.ts";

/** More rows than this nobody reads, and they would make the page slow. */
const MAX_ROWS = 100;

/** Milliseconds between two drawings; timers, unlike frames, also come in a tab that is not seen. */
const PACE = 60;

/**
 * Shows a queue.
 * @returns to be called at each change
 */
export function mountTransfers(queue: Queue): () => void {
  const panel = byId("transfers");
  const cancelAll = byId("cancel-all");
  const clear = byId("clear-done");
  const bar = createBar("All transfers");
  const followTotals = createTotalFollower();
  byId("total-bar").append(bar.element);
  const draw = keyedList<Transfer>(
    byId("transfer-list"),
    ({ id }) => id,
    (transfer) => transferRow(transfer, queue),
  );
  cancelAll.addEventListener("click", () => queue.cancelAll());
  clear.addEventListener("click", () => {
    queue.dismiss();
    byId(queue.transfers.length > 0 ? "transfers-title" : "pick").focus();
  });

  function render(): void {
    const { transfers } = queue;
    const totals = totalsOf(transfers);
    followTotals(totals, transfers);
    panel.hidden = transfers.length === 0;
    panel.classList.toggle("is-busy", totals.open > 0);
    setText(byId("transfers-title"), headline(totals));
    setPieces(byId("total-summary"), summary(totals));
    bar.set(totals.confirmed, totals.sent, totals.bytes, formatShare(totals.confirmed, totals.bytes));
    cancelAll.hidden = totals.open < 2;
    clear.hidden = totals.open > 0 || !transfers.some(({ state }) => state === "done" || state === "cancelled");
    const rows = visible(transfers);
    draw(rows);
    const hidden = transfers.length - rows.length;
    byId("more-transfers").hidden = hidden === 0;
    setText(byId("more-transfers"), `and ${hidden.toLocaleString("en")} more`);
  }

  let pending = false;
  return () => {
    if (pending) return;
    pending = true;
    setTimeout(() => {
      pending = false;
      render();
    }, PACE);
  };
}

/** When not all have room: what is under way and what failed, what waits, and then what is done. */
function visible(transfers: readonly Transfer[]): readonly Transfer[] {
  if (transfers.length <= MAX_ROWS) return transfers;
  const urgent = transfers.filter(({ state }) => /running|failed|left|elsewhere/.test(state));
  const kept = new Set(
    [...new Set([...urgent, ...transfers.filter((one) => !isOver(one)), ...transfers])].slice(0, MAX_ROWS),
  );
  return transfers.filter((one) => kept.has(one));
}
