/**
 * What happens beside the list of transfers: words for screen readers, the list of files, the title of the tab.
 * @module
 */
import { alertReader, announce } from "../ui/announce.ts";
import { formatShare } from "../ui/format.ts";
import type { Totals } from "./totals.ts";
import { isOpen, type Transfer, type TransferState } from "./transfer.ts";

const TITLE = document.title;
const REFRESH_DELAY = 250;

function askFirst(event: BeforeUnloadEvent): void {
  event.preventDefault();
}

/**
 * Follows single transfers.
 * @param refresh looks at the folder again, where something new may be
 */
export function createFollower(refresh: () => void): (transfer: Transfer) => void {
  const states = new Map<number, TransferState>();
  const waiting = new Set<number>();
  let due = false;
  return ({ id, state, task, problem, waits }) => {
    if (waits !== undefined && !waiting.has(id)) announce(`${task.name} waits: ${waits}. It goes on by itself.`);
    if (waits === undefined && waiting.has(id) && state === "running") announce(`${task.name} goes on`);
    if (waits === undefined) waiting.delete(id);
    else waiting.add(id);
    if (states.get(id) === state) return;
    states.set(id, state);
    if (state === "failed" && problem) alertReader(`${task.name}: ${problem.title}. ${problem.advice}`);
    if (state === "cancelled") announce(`${task.name} is cancelled`);
    if (state !== "done") return;
    announce(`${task.name} is ${task.kind === "upload" ? "uploaded" : "downloaded"}`);
    if (task.kind === "download" || due) return;
    due = true;
    setTimeout(() => {
      due = false;
      refresh();
    }, REFRESH_DELAY);
  };
}

/** Would it be lost when the page is closed? */
function isFleeting(transfer: Transfer): boolean {
  return isOpen(transfer) && (transfer.state === "waiting" || !transfer.task.lasting);
}

/** Follows all: the title of the tab, a word at each quarter, a question before the page is left. */
export function createTotalFollower(): (totals: Totals, transfers: readonly Transfer[]) => void {
  let quarter = 0;
  return ({ open, confirmed, bytes }, transfers) => {
    const busy = open > 0;
    document.title = busy ? `${formatShare(confirmed, bytes)} · ${TITLE}` : TITLE;
    removeEventListener("beforeunload", askFirst);
    if (transfers.some(isFleeting)) addEventListener("beforeunload", askFirst);
    const reached = busy && bytes > 0 ? Math.floor((confirmed / bytes) * 4) : 0;
    // More than that would drown everything else.
    if (reached > quarter && reached < 4) announce(`${reached * 25} %`);
    quarter = reached;
  };
}
