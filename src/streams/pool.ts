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
 * @param lanes how many steps may run at once
 * @param controller the job's own: its abort, whoever causes it, stops the pool
 * @param step one unit of work; it must listen to the controller's signal
 * @throws the reason of the controller's abort, which is the first failure
 */
export async function runPool(lanes: number, controller: AbortController, step: () => Promise<boolean>): Promise<void> {
  const { signal } = controller;
  const lane = async (): Promise<void> => {
    try {
      while (!signal.aborted && (await step()));
    } catch (error) {
      controller.abort(error);
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  signal.throwIfAborted();
}
