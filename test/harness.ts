/**
 * What a test file imports: `test` declares, `assert` and `fc` check, `environment` tells where it runs,
 * `atEnd` has something checked when a test is over.
 * The files are bundled once and run unchanged in every runtime by `test/runners`.
 * @module
 */
import { assert, config } from "chai";
import fc from "fast-check";
import { setting } from "./runners/registry.ts";

export { atEnd, type Environment, type Runtime, type TestContext, type TestOptions, test } from "./runners/registry.ts";
export { assert, fc };

/** Where the tests run, and what the controller offers them. */
export const environment = setting.environment;

/** The name of the runtime: "node" | "deno" | "bun" | "workerd" | "chromium" | "firefox" | "webkit". */
export const runtime = environment.runtime;

config.truncateThreshold = 3000;
fc.configureGlobal({ ...fc.readConfigureGlobal(), ...(setting.seed === undefined ? {} : { seed: setting.seed }) });
