/** Workers of a test: they load its bundle again, and call what its file exports. */
import { setting } from "../../runners/registry.ts";

/**
 * A script that calls a function of a test file in another context.
 * @param file of the test, relative to the repository
 * @param name of what it exports
 * @param order what it is called with: plain JSON
 */
export function scriptOf(file: string, name: string, order: object): string {
  const [suite, known, inside, told] = [import.meta.url, setting, file, order].map((value) => JSON.stringify(value));
  return `const { load } = await import(${suite});
(await load(${known}, ${inside})).${name}(${told});`;
}

/** Starts a dedicated worker. */
export function startWorker(file: string, name: string, order: object): Worker {
  const script = new Blob([scriptOf(file, name, order)], { type: "text/javascript" });
  // It is never revoked: nobody tells when a worker has read it.
  return new Worker(URL.createObjectURL(script), { type: "module" });
}
