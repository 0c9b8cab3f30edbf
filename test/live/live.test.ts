/** The cases against the real service: `npm run test:live`. */
import { runtime, test } from "../harness.ts";
import { CASES } from "./cases.ts";
import { type LiveCase, openSite, runCase, TEST_LIMIT } from "./site.ts";
import { livePlace, PROBE_LIMIT, refuseBucket, setting } from "./target.ts";
import { timed } from "./timed.ts";

const silent = (): void => {};

/** Why no case can run, if so. */
async function obstacle(): Promise<string | undefined> {
  if (setting.missing.length > 0) return "no bucket of the real service is named";
  return refuseBucket(livePlace(silent));
}

/** Why this account cannot run a case, if so. What else goes wrong, the case itself will show. */
function excuse({ unless }: LiveCase): Promise<string | undefined> {
  return timed(PROBE_LIMIT, async (signal) => unless?.(openSite(livePlace(silent), signal, silent))).catch(
    () => undefined,
  );
}

const general = await obstacle();

for (const one of CASES) {
  const reason = general ?? (await excuse(one));
  test(one.name, { timeout: TEST_LIMIT, skip: { [runtime]: reason } }, (t) => {
    const warnings = new Set<string>();
    const place = livePlace((message) => warnings.add(message));
    return runCase(one, place, t).finally(() => {
      for (const message of warnings) t.note(`warning: ${message}`);
    });
  });
}
