/**
 * The script of a proxy at work: which request gets which faults, and which answers wait for each other.
 * @module
 */
import { createRandom } from "../random.ts";
import type { ByteFault, DuplicateFault, RowFault, WireScript } from "../wire_script.ts";

/** What happens to one request. */
export interface Fate {
  readonly up: readonly ByteFault[];
  readonly down: readonly ByteFault[];
  readonly duplicate: DuplicateFault | undefined;
  readonly storm: Extract<RowFault, { kind: "storm" }> | undefined;
  readonly hold: boolean;
}

export interface RunningScript {
  /** The next request has arrived. */
  fate(method: string): Fate;
  /** Waits until held answers are released, this one among them. */
  held(): Promise<void>;
  /** From now on nothing goes wrong. */
  calm(): void;
}

const CALM: Fate = { up: [], down: [], duplicate: undefined, storm: undefined, hold: false };
/** Milliseconds an answer is held at most: the others may never come. */
const HOLD = 80;

function inRow({ request, count }: RowFault, index: number): boolean {
  return index >= request && index < request + count;
}

/** Starts a script. */
export function runScript({ seed, faults }: WireScript): RunningScript {
  const random = createRandom(seed);
  let requests = 0;
  let calm = false;
  let waiting: (() => void)[] = [];
  let timer: NodeJS.Timeout | undefined;
  const release = (): void => {
    clearTimeout(timer);
    timer = undefined;
    const answers = waiting;
    waiting = [];
    while (answers.length > 0) answers.splice(random.int(0, answers.length - 1), 1)[0]?.();
  };
  return {
    fate(method) {
      // A page would only see that it may not call.
      if (calm || method === "OPTIONS") return CALM;
      const index = requests++;
      const fate = { ...CALM, up: [] as ByteFault[], down: [] as ByteFault[] };
      for (const fault of faults) {
        if (fault.kind === "hold") fate.hold ||= inRow(fault, index);
        else if (fault.kind === "storm") fate.storm ??= inRow(fault, index) ? fault : undefined;
        else if (fault.request !== index) continue;
        else if (fault.kind === "duplicate") fate.duplicate = fault;
        else fate[fault.way].push(fault);
      }
      return fate;
    },
    held: () =>
      new Promise((resolve) => {
        waiting.push(resolve);
        timer ??= setTimeout(release, HOLD);
        if (waiting.length >= 3) release();
      }),
    calm() {
      calm = true;
      release();
    },
  };
}
