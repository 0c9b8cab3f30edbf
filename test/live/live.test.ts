/** The cases against the real service: `npm run test:live`. */
import { runtime, test } from "../harness.ts";
import { CASES } from "./cases.ts";
import { type LiveCase, openSite, runCase, TEST_LIMIT } from "./site.ts";
import { livePlace, PROBE_LIMIT, refuseBucket, setting } from "./target.ts";
import { timed } from "./timed.ts";

const warnings = new Set<string>();

/** Why no case can run, if so. */
async function obstacle(): Promise<string | undefined> {
  if (setting.missing.length > 0) return "no bucket of the real service is named";
  return refuseBucket(livePlace(() => {}));
}

/** Why this account cannot run a case, if so. */
async function excuse({ unless }: LiveCase, signal: AbortSignal): Promise<string | undefined> {
  return unless?.(
    openSite(
      livePlace(() => {}),
      signal,
      () => {},
    ),
  );
}

const general = await obstacle();

for (const one of CASES) {
  const reason = general ?? (await timed(PROBE_LIMIT, (signal) => excuse(one, signal)));
  test(one.name, { timeout: TEST_LIMIT, skip: { [runtime]: reason } }, (t) => {
    const place = livePlace((message) => warnings.add(message));
    return runCase(one, place, t).finally(() => {
      for (const message of warnings) t.note(`warning: ${message}`);
      warnings.clear();
    });
  });
}
