/**
 * Bounded concurrency that leaves nothing running behind.
 * @module
 */

/**
 * Runs a step again and again in several lanes at once, until a step answers `false` in each lane.
 *
 * The first failure aborts `controller`, so the steps in flight stop and no other begins; all of them are awaited
 * before this rejects.
 *
 * @param lanes how many steps may run at once; a function is asked whenever a step has ended, so that lanes open and
 *   close while the work goes on. At least one. None is opened after a step has answered `false`
 * @param controller the job's own: its abort, whoever causes it, stops the pool
 * @param step one unit of work; it must listen to the controller's signal
 * @throws the reason of the controller's abort, which is the first failure
 */
export async function runPool(
  lanes: number | (() => number),
  controller: AbortController,
  step: () => Promise<boolean>,
): Promise<void> {
  const { signal } = controller;
  const opened: Promise<void>[] = [];
  let open = 0;
  let over = false;

  const most = (): number => (typeof lanes === "number" ? lanes : lanes());
  const lane = async (): Promise<void> => {
    open++;
    try {
      while (!signal.aborted && open <= most()) {
        if (!(await step())) {
          over = true;
          break;
        }
        grow();
      }
    } catch (error) {
      controller.abort(error);
    }
    open--;
  };
  const grow = (): void => {
    while (!over && !signal.aborted && open < most()) opened.push(lane());
  };

  grow();
  // More may be opened while the first are awaited.
  for (const one of opened) await one;
  signal.throwIfAborted();
}
