/**
 * Does something that a signal ends when its time is up.
 * `AbortSignal.timeout` would keep some runtimes alive until then, even when all is done.
 * @param milliseconds how long it may take
 */
export async function timed<T>(milliseconds: number, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const limiter = new AbortController();
  const timer = setTimeout(() => limiter.abort(new Error(`Not done within ${milliseconds} ms`)), milliseconds);
  try {
    return await work(limiter.signal);
  } finally {
    clearTimeout(timer);
  }
}
