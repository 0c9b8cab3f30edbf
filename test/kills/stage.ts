/**
 * The service that the victims talk to: it notes which parts come, when, and how often.
 * @module
 */
import { createHash } from "node:crypto";
import { createClient, each, listMultipartUploads, putObject } from "../../src/mod.ts";
import { createTestOSS, type TemporaryKeys, type TestOSS } from "../../src/testing/mod.ts";
import { listen, nodeMd5 } from "../../src/testing/node/mod.ts";
import { bytesOf, createRandom } from "../chaos/random.ts";
import { openCors } from "../runners/open_cors.ts";
import { judgeCompletions, type Step } from "./judge.ts";

export { bytesOf, createRandom };

const BUCKET = "kills-bucket";
const REGION = "cn-hangzhou";
/** Milliseconds that the service takes, at most, to hear and to answer: on the loopback alone an upload would be over at once. */
const SLOW = 20;

type Request = Parameters<TestOSS["serve"]>[0];

/** One request for a part. */
interface Attempt {
  readonly uploadId: string;
  readonly part: string;
  readonly size: number;
  readonly began: number;
  /** When it was answered with 200. */
  answered?: number;
}

/** What is known of one object's uploads. */
interface History {
  readonly attempts: Attempt[];
  readonly steps: Step[];
  /** Bytes of parts that were in flight when the victim was killed, of all kills. */
  allowance: number;
  /** Has a page left by itself? */
  left: boolean;
  /** Requests that are not answered yet. */
  open: number;
  /** Has anybody been told the id of an upload, or been given bytes of a download? */
  opened: boolean;
}

export interface KillStage {
  readonly told: { readonly endpoint: string; readonly region: string; readonly bucket: string };
  /** Temporary keys: no victim has others. */
  token(): TemporaryKeys;
  /** Makes the keys that were issued last unknown. */
  revoke(): void;
  /** Is the service gone? Each request loses its connection, also one that it has done already. */
  down: boolean;
  /** Everything that must not be written down anywhere. */
  secrets(): string[];
  /**
   * A victim was killed, now.
   * @param lanes of one that has left its page by itself, some time before: what its requests were is not known, for a
   *   page that ends may still repeat them
   */
  killed(key: string, lanes?: number): void;
  /** Kills in the middle of a transfer, and the bytes that were sent twice, of all objects. */
  readonly totals: { hits: number; twice: number };
  /** Was an upload of this key opened, as far as its victim knows? */
  isOpened(key: string): boolean;
  /** Was an upload of this key completed? */
  isCompleted(key: string): boolean;
  /** Stores an object, for downloads. */
  put(key: string): Promise<void>;
  /** What is wrong with what the uploads of this key left behind. */
  verify(key: string): Promise<string[]>;
  close(): Promise<void>;
}

const isCompleted = ({ steps }: History): boolean => steps.some(({ kind }) => kind === "completed");
const sha256 = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");

/**
 * Opens the stage.
 * @param seed of everything that is by chance
 * @param size bytes of the one content that all objects have
 * @returns the stage
 */
export async function openKillStage(seed: number, size: number): Promise<KillStage> {
  const oss = createTestOSS({ region: REGION, buckets: [{ name: BUCKET, cors: openCors("date") }], md5: nodeMd5 });
  const behind = createClient({ ...oss.clientOptions, bucket: BUCKET });
  const content = bytesOf(size, seed);
  const expected = sha256(content);
  const random = createRandom(seed);
  const histories = new Map<string, History>();
  const tokens: TemporaryKeys[] = [];
  const historyOf = (key: string): History => {
    const history = histories.get(key) ?? {
      attempts: [],
      steps: [],
      allowance: 0,
      left: false,
      open: 0,
      opened: false,
    };
    histories.set(key, history);
    return history;
  };
  const stage = { down: false, totals: { hits: 0, twice: 0 } };
  const pass = async (): Promise<void> => {
    await new Promise((resolve) => setTimeout(resolve, random.int(0, SLOW)));
    if (stage.down) throw new Error("The service is down");
  };

  const serve = async (request: Request, url: URL, history: History): ReturnType<TestOSS["serve"]> => {
    const [uploadId, part] = [url.searchParams.get("uploadId"), url.searchParams.get("partNumber")];
    let attempt: Attempt | undefined;
    if (request.method === "PUT" && uploadId !== null && part !== null) {
      const length = request.headers.find(([name]) => name.toLowerCase() === "content-length")?.[1];
      attempt = { uploadId, part, size: Number(length), began: performance.now() };
      history.attempts.push(attempt);
    }
    await pass();
    const answer = await oss.serve(request);
    const kind = request.method === "POST" ? "completed" : request.method === "GET" ? "listed" : undefined;
    // It is done, whether or not its answer arrives.
    const step: Step | undefined = uploadId !== null && kind && answer.status === 200 ? { kind, uploadId } : undefined;
    if (step) history.steps.push(step);
    // What was refused, an expired token's request for example, has to be sent again.
    if (answer.status !== 200 && attempt) history.attempts.splice(history.attempts.indexOf(attempt), 1);
    if (answer.status === 206) history.opened = true;
    if (answer.status !== 200) return answer;
    await pass();
    if (step) step.answered = true;
    if (attempt) attempt.answered = performance.now();
    if (url.searchParams.has("uploads") && request.method === "POST") history.opened = true;
    return answer;
  };
  const listener = await listen({
    async serve(request) {
      if (stage.down) throw new Error("The service is down");
      if (request.method === "OPTIONS") return oss.serve(request);
      const url = new URL(request.target, "http://host");
      const history = historyOf(decodeURIComponent(url.pathname.split("/").slice(2).join("/")));
      history.open++;
      try {
        return await serve(request, url, history);
      } finally {
        history.open--;
      }
    },
  });

  return Object.assign(stage, {
    told: { endpoint: listener.url, region: REGION, bucket: BUCKET },
    token() {
      const token = oss.issueToken({ seconds: 3600 });
      tokens.push(token);
      return token;
    },
    revoke() {
      for (const token of tokens) oss.revokeToken(token);
    },
    secrets: () =>
      tokens.flatMap(({ accessKeyId, accessKeySecret, securityToken }) => [
        accessKeyId,
        accessKeySecret,
        securityToken,
      ]),
    killed(key: string, lanes?: number) {
      const history = historyOf(key);
      if (history.open > 0 || (history.opened && !isCompleted(history))) stage.totals.hits++;
      if (lanes !== undefined) {
        history.left = true;
        history.allowance += lanes * Math.max(0, ...history.attempts.map(({ size }) => size));
      } else for (const { answered, size } of history.attempts) if (answered === undefined) history.allowance += size;
    },
    isOpened: (key: string) => historyOf(key).opened,
    isCompleted: (key: string) => isCompleted(historyOf(key)),
    async put(key: string) {
      await putObject(behind, { key, body: content });
    },
    async verify(key: string) {
      const { attempts, steps, allowance, left } = historyOf(key);
      const problems: string[] = [];
      const stored = await behind.send({ method: "GET", bucket: BUCKET, key });
      if (sha256(new Uint8Array(await stored.arrayBuffer())) !== expected) problems.push("the object has other bytes");
      problems.push(...judgeCompletions(steps));
      const seen = new Map<string, Attempt>();
      let twice = 0;
      for (const attempt of attempts) {
        const { part, size, began } = attempt;
        const before = seen.get(part);
        if (before) twice += size;
        if (!left && before?.answered !== undefined && before.answered < began)
          problems.push(`part ${part} was acknowledged and sent again`);
        seen.set(part, attempt);
      }
      stage.totals.twice += twice;
      if (twice > allowance) problems.push(`${twice} bytes were sent twice, ${allowance} were in flight at the kills`);
      for await (const upload of each(behind, listMultipartUploads, { prefix: key }))
        problems.push(`upload ${upload.uploadId} was left open`);
      return problems;
    },
    close: () => listener.close(),
  });
}
