/** The demo as `npm run demo` starts it, in this process, so that a test can look behind the page. */
import path from "node:path";
import type { TestOSS } from "../../../src/testing/create_test_oss.ts";
import { environment } from "../../harness.ts";

export interface RunningDemo {
  readonly url: string;
  readonly storage: { readonly oss: TestOSS; readonly url: string; close(): Promise<void> };
  close(): Promise<void>;
}

interface DemoOptions {
  readonly port: number;
  readonly ossPort: number;
  tokenSeconds: number;
}

interface Starter {
  startDemo(options: DemoOptions): Promise<RunningDemo>;
}

/** Starts the demo on free ports; `options.tokenSeconds` may be changed while it runs. */
export async function startDemo(): Promise<RunningDemo & { readonly options: { tokenSeconds: number } }> {
  const starter: Starter = await import(path.join(environment.root, "demo/start.mjs"));
  const options = { port: 0, ossPort: 0, tokenSeconds: 900 };
  return { ...(await starter.startDemo(options)), options };
}
