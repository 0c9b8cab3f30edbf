/** The cases against the real service: `npm run test:live`. */
import { runtime, test } from "../harness.ts";
import { CASES } from "./cases.ts";
import { openSite, runCase, TEST_LIMIT } from "./site.ts";
import { livePlace, refuseBucket, setting } from "./target.ts";

const warnings = new Set<string>();

/** Why no case can run, if so. */
async function obstacle(): Promise<string | undefined> {
  if (setting.missing.length > 0) return "no bucket of the real service is named";
  return refuseBucket(livePlace(() => {}));
}

const general = await obstacle();

for (const one of CASES) {
  const probe = (): Promise<string | undefined> | undefined =>
    one.unless?.(
      openSite(
        livePlace(() => {}),
        AbortSignal.timeout(20_000),
        () => {},
      ),
    );
  const reason = general ?? (await probe());
  test(one.name, { timeout: TEST_LIMIT, skip: { [runtime]: reason } }, (t) => {
    const place = livePlace((message) => warnings.add(message));
    return runCase(one, place, t).finally(() => {
      for (const message of warnings) t.note(`warning: ${message}`);
      warnings.clear();
    });
  });
}
