/**
 * The service that racing tabs talk to. Each tab has temporary keys of its own, so the service sees who sends.
 * @module
 */
import { createTestOSS, type TemporaryKeys } from "../../src/testing/mod.ts";
import { listen, nodeMd5 } from "../../src/testing/node/mod.ts";
import { bytesOf, createRandom } from "../chaos/random.ts";
import { openCors } from "../runners/open_cors.ts";
import { judge, type Round, type Step } from "./judge.ts";

export { createRandom };

const BUCKET = "tabs-bucket";
const REGION = "cn-hangzhou";
/** Milliseconds that the service takes at most: on the loopback alone an upload would be over at once. */
const SLOW = 60;

export interface TabsStage {
  readonly told: { readonly endpoint: string; readonly region: string; readonly bucket: string };
  /** Keys for a tab that nobody else has. */
  token(tab: string): TemporaryKeys;
  /** Everything that was asked about this object, in its order. */
  steps(key: string): readonly Step[];
  /** Resolves once this holds; it is asked again after each step. */
  until(holds: () => boolean): Promise<void>;
  /** What was wrong with a round. */
  verify(round: Round): Promise<string[]>;
  close(): Promise<void>;
}

/** Which request it is. */
function kindOf(method: string, query: URLSearchParams): Step["kind"] {
  if (query.has("partNumber")) return "part";
  if (method === "POST" && query.has("uploadId")) return "complete";
  return "other";
}

/**
 * Opens the stage.
 * @param seed of everything that is by chance
 * @param size bytes of the one content that all objects have
 */
export async function openTabsStage(seed: number, size: number): Promise<TabsStage> {
  const oss = createTestOSS({ region: REGION, buckets: [{ name: BUCKET, cors: openCors("date") }], md5: nodeMd5 });
  const random = createRandom(seed);
  const histories = new Map<string, Step[]>();
  const tabs = new Map<string, string>();
  const waiting = new Set<() => void>();
  const changed = (): void => {
    for (const look of waiting) look();
  };
  const stepsOf = (key: string): Step[] => {
    const steps = histories.get(key) ?? [];
    histories.set(key, steps);
    return steps;
  };
  const listener = await listen({
    async serve(request) {
      if (request.method === "OPTIONS") return oss.serve(request);
      const url = new URL(request.target, "http://host");
      const authorization = request.headers.find(([name]) => name.toLowerCase() === "authorization")?.[1] ?? "";
      const step: Step = {
        tab: tabs.get(/Credential=([^/]+)/.exec(authorization)?.[1] ?? "") ?? "nobody",
        kind: kindOf(request.method, url.searchParams),
        part: Number(url.searchParams.get("partNumber")),
        began: performance.now(),
      };
      stepsOf(decodeURIComponent(url.pathname.split("/").slice(2).join("/"))).push(step);
      changed();
      await new Promise((resolve) => setTimeout(resolve, random.int(0, SLOW)));
      const answer = await oss.serve(request);
      if (answer.status === 200) step.answered = performance.now();
      changed();
      return answer;
    },
  });
  return {
    told: { endpoint: listener.url, region: REGION, bucket: BUCKET },
    token(tab) {
      const keys = oss.issueToken({ seconds: 3600 });
      tabs.set(keys.accessKeyId, tab);
      return keys;
    },
    steps: stepsOf,
    async until(holds) {
      if (holds()) return;
      await new Promise<void>((resolve) => {
        const look = (): void => {
          if (!holds()) return;
          waiting.delete(look);
          resolve();
        };
        waiting.add(look);
      });
    },
    verify: (round) => judge(oss, BUCKET, bytesOf(size, seed), stepsOf(round.key), round),
    close: () => listener.close(),
  };
}
