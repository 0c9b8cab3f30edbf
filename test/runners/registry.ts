/**
 * The list of declared tests, and the setting that the controller hands to a run.
 * @module
 */

export type Runtime = "node" | "deno" | "bun" | "workerd" | "chromium" | "firefox" | "webkit";

/** Access keys that the controller's OSS knows. */
export interface Account {
  readonly accessKeyId: string;
  readonly accessKeySecret: string;
}

/** Where tests run, and what the controller offers them. */
export interface Environment {
  readonly runtime: Runtime;
  /** False on a plain-http page, where `crypto.subtle` is missing. */
  readonly secure: boolean;
  /** An OSS on a real socket, of another origin than the page: `http://127.0.0.1:PORT`. */
  readonly serviceUrl?: string | undefined;
  /** The account of that OSS. */
  readonly account: Account;
  /** Region and a bucket (with open CORS rules) of that OSS. */
  readonly region: string;
  readonly bucket: string;
  /** Where `test/chaos` gets a service behind a proxy that breaks things: `http://127.0.0.1:PORT`. */
  readonly chaosUrl?: string | undefined;
  /** The module of its files, for runtimes with a file system: `file:///...`. */
  readonly chaosDisk?: string | undefined;
  /** The repository's folder; only for tests that run in Node alone. */
  readonly root: string;
}

/** What the controller hands to a run, before any test file is loaded. */
export interface Setting {
  readonly environment: Environment;
  /** Seed of fast-check; random when left out. */
  readonly seed?: number | undefined;
  /** Which scenarios of `test/chaos` to run, instead of a short sample. */
  readonly chaos?:
    | { readonly seed: number; readonly count: number; readonly only?: string; readonly verbose?: boolean }
    | undefined;
  /** Only tests whose file or name holds this text. */
  readonly filter?: string | undefined;
}

export interface TestContext {
  /** Aborts when the test's time is up, and when the test is over. */
  readonly signal: AbortSignal;
  /** Shows a line below the results of the runtime, also when the test passes: a size, a speed. */
  note(text: string): void;
}

export interface TestOptions {
  /** Milliseconds. @default 30000 */
  readonly timeout?: number | undefined;
  /** Expected skips: the reason, by runtime. */
  readonly skip?: Partial<Record<Runtime, string | undefined>> | undefined;
  /** Run it also on a plain-http page of a real browser. */
  readonly insecure?: boolean | undefined;
}

type Body = (t: TestContext) => unknown;

export interface Declared {
  readonly file: string;
  readonly name: string;
  readonly options: TestOptions;
  readonly body: Body;
}

/** The bundle's entry puts the setting here before it loads anything else. */
function readSetting(): Setting {
  const value: Setting | undefined = Reflect.get(globalThis, "__test_setting__");
  if (value === undefined) throw new Error("Test files run through test/runners (node test/runners/run_file.mjs FILE)");
  return value;
}

export const setting: Setting = readSetting();

const declared: Declared[] = [];
let currentFile = "?";

let checks: (() => unknown)[] = [];

/** Has something checked when the test that runs is over, however it ended; what that throws fails the test. */
export function atEnd(check: () => unknown): void {
  checks.push(check);
}

/** What is to be checked; from then on nothing is. */
export function takeChecks(): readonly (() => unknown)[] {
  const taken = checks;
  checks = [];
  return taken;
}

/** All tests declared so far, in order. */
export function declaredTests(): readonly Declared[] {
  return declared;
}

/** Names the file whose tests are declared next. */
export function enterFile(file: string): void {
  currentFile = file;
}

export function test(name: string, body: Body): void;
export function test(name: string, options: TestOptions, body: Body): void;
/** Declares one test. */
export function test(name: string, first: TestOptions | Body, second?: Body): void {
  const [options, body] = typeof first === "function" ? [{}, first] : [first, second];
  if (typeof body !== "function") throw new TypeError(`Test "${name}" has no body`);
  declared.push({ file: currentFile, name, options, body });
}
