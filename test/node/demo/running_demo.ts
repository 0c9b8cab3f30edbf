/** The demo as `npm run demo` starts it, in this process, so that a test can look behind the page. */
import path from "node:path";
import type { TestOSS } from "../../../src/testing/create_test_oss.ts";
import { environment } from "../../harness.ts";

export interface RunningDemo {
  readonly url: string;
  readonly storage: { readonly oss: TestOSS; readonly url: string; close(): Promise<void> };
  close(): Promise<void>;
}

export interface DemoOptions {
  /** May be changed while the demo runs. */
  tokenSeconds: number;
}

interface Builder {
  buildPage(): Promise<ReadonlyMap<string, Uint8Array>>;
  loadServer(): Promise<{ runDemo(options: object): Promise<RunningDemo> }>;
}

let built: Promise<[Awaited<ReturnType<Builder["loadServer"]>>, ReadonlyMap<string, Uint8Array>]> | undefined;

async function build(): Promise<NonNullable<Awaited<typeof built>>> {
  const builder: Builder = await import(path.join(environment.root, "demo/build.mjs"));
  return Promise.all([builder.loadServer(), builder.buildPage()]);
}

/** Starts the demo on free ports; it is built once for all tests. */
export async function startDemo(): Promise<RunningDemo & { readonly options: DemoOptions }> {
  built ??= build();
  const [{ runDemo }, files] = await built;
  const options = { port: 0, ossPort: 0, tokenSeconds: 900, files };
  return { ...(await runDemo(options)), options };
}
