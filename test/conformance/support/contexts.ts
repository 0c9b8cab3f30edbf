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

/** A service worker that calls what test files export. */
export interface ServiceSite {
  call(file: string, name: string, order: object): Promise<unknown>;
  dispose(): Promise<void>;
}

/** Registers a service worker and waits until it is active. */
export async function startServiceWorker(): Promise<ServiceSite> {
  const url = new URL("service_worker.mjs", import.meta.url);
  const registration = await navigator.serviceWorker.register(url, { type: "module" });
  const { active, installing, waiting } = registration;
  const worker = active ?? installing ?? waiting;
  await new Promise<void>((resolve, reject) => {
    const look = (): void => {
      if (worker?.state === "activated") resolve();
      if (!worker || worker.state === "redundant") reject(new Error("The service worker was not installed"));
    };
    worker?.addEventListener("statechange", look);
    look();
  });
  return {
    async call(file, name, order) {
      const { port1, port2 } = new MessageChannel();
      const answered = new Promise<{ value?: unknown; error?: string }>((resolve) => {
        port1.onmessage = ({ data }) => resolve(data);
      });
      worker?.postMessage({ setting, file, name, order }, [port2]);
      const { value, error } = await answered;
      port1.close();
      if (error !== undefined) throw new Error(`In the service worker: ${error}`);
      return value;
    },
    async dispose() {
      await registration.unregister();
    },
  };
}
