/** What the tests of resuming share: a store in memory, and runs that are killed. */
import type { CheckpointStore, TransferRecord } from "../../src/checkpoints.ts";
import type { TransferError } from "../../src/errors.ts";
import { putObject } from "../../src/operations/object/basic.ts";
import type { TestOSSOptions } from "../../src/testing/options.ts";
import type { CopyInput, CopyOptions, CopyResult } from "../../src/transfer/copy/types.ts";
import { copy } from "../../src/transfer/copy.ts";
import type { UploadRecord } from "../../src/transfer/resume/types.ts";
import type { UploadCheckpoint, UploadInput, UploadOptions, UploadResult } from "../../src/transfer/upload/types.ts";
import { upload } from "../../src/transfer/upload.ts";
import type { Client, Credentials } from "../../src/types.ts";
import { assert } from "../harness.ts";
import { deferred, failure, pattern } from "../unit/streams/support.ts";
import { watched } from "./support/watched_stores.ts";
import { createWorld, PART, refuse, type Seen, type World } from "./upload_support.ts";

export const options = { partSize: PART, multipartThreshold: 0, concurrency: 2 } satisfies UploadOptions;

/** Seven parts, the last one short. */
export const bytes: Uint8Array<ArrayBuffer> = pattern(6 * PART + 7);
export const body: Blob = new Blob([bytes]);
export const input = { key: "k", body } satisfies UploadInput;

/**
 * Holds requests up.
 * @param which of them
 * @returns when the first one is held up, and what lets all go
 */
export function holdUp(world: World, which: (seen: Seen) => boolean): { reached: Promise<void>; go: () => void } {
  const reached = deferred();
  const go = deferred();
  world.onRequest = async (seen, forward) => {
    if (which(seen)) {
      reached.resolve();
      await go.promise;
    }
    return forward();
  };
  return { reached: reached.promise, go: go.resolve };
}

/** A store whose records are copies, as those of a disk are. */
export interface TestStore extends CheckpointStore {
  readonly records: Map<string, TransferRecord>;
  /** Every record that was ever written. */
  readonly written: TransferRecord[];
}

/** The one record of a store. */
export function only(store: TestStore): UploadRecord {
  const [record, ...others] = store.records.values();
  assert.lengthOf(others, 0);
  return (record as UploadRecord | undefined) ?? assert.fail("the store has no record");
}

export function testStore(): TestStore {
  const records = new Map<string, TransferRecord>();
  const written: TransferRecord[] = [];
  return watched({
    records,
    written,
    get: async (id) => structuredClone(records.get(id)),
    async set(id, record) {
      records.set(id, structuredClone(record));
      written.push(structuredClone(record));
    },
    async delete(id) {
      records.delete(id);
    },
    list: async () => [...records.keys()],
  });
}

/** What a run is told besides what the call says. */
interface Mortal {
  readonly checkpoints: CheckpointStore;
  readonly signal: AbortSignal;
}

export interface Scene<Input, Options, Result> {
  /** The service, and a client that nobody kills. */
  readonly world: World;
  readonly store: TestStore;
  /** Numbers of the parts that the service has acknowledged, each time it did. */
  readonly acknowledged: number[];
  readonly warnings: string[];
  /** What the runs have sent. */
  readonly requests: Seen[];
  /** Whose keys the runs use. @default those of the service's owner */
  credentials: Credentials | undefined;
  /** How often completing succeeded. */
  completed: number;
  /** Decides where a run dies: asked before and after each of its steps. */
  kill: ((step: string) => boolean) | undefined;
  /** What a request meets after the steps that may kill. */
  onRequest: World["onRequest"];
  /** Runs a transfer until it ends or is killed; nothing of one that was killed happens any more. */
  run(input: Input, more?: Options): Promise<Result | "killed">;
}

type Given = { readonly checkpoints?: CheckpointStore | undefined; readonly signal?: AbortSignal | undefined };

/** A service and a store that outlive the runs on them. */
export function createRuns<Input, Options extends Given, Result>(
  begin: (client: Client, input: Input, options: Options & Mortal) => Promise<Result>,
  service: TestOSSOptions = {},
): Scene<Input, Options, Result> {
  const store = testStore();
  const world = createWorld({}, service);
  const scene: Scene<Input, Options, Result> = {
    world,
    store,
    acknowledged: [],
    warnings: [],
    requests: [],
    credentials: undefined,
    completed: 0,
    kill: undefined,
    onRequest: (_, forward) => forward(),
    run(input, more = {} as Options) {
      let die = (): void => {};
      let dead = false;
      const gone = new AbortController();
      const killed = new Promise<"killed">((resolve) => {
        die = () => {
          dead = true;
          // So that nothing of it waits; what it still tries is in vain.
          gone.abort();
          resolve("killed");
        };
      });
      const step = async (name: string): Promise<void> => {
        if (scene.kill?.(name)) die();
        if (dead) throw new Error("killed");
      };
      const around = async <T>(name: string, work: () => Promise<T>): Promise<T> => {
        await step(`before ${name}`);
        const value = await work();
        await step(`after ${name}`);
        return value;
      };
      const { credentials = world.oss.credentials } = scene;
      const onWarning = (message: string): unknown => dead || scene.warnings.push(message);
      const own = createWorld({ credentials, onWarning }, {}, world.oss);
      own.onRequest = (seen, forward) =>
        around(nameOf(seen), async () => {
          scene.requests.push(seen);
          const response = await scene.onRequest(seen, forward);
          if (response.ok && seen.kind === "part") scene.acknowledged.push(seen.part);
          if (response.ok && seen.kind === "complete") scene.completed++;
          return response;
        });
      const { checkpoints = store } = more;
      const mortal: CheckpointStore = {
        get: (id) => around("get", () => checkpoints.get(id)),
        set: (id, record) => around(`set ${stageOf(record)}`, () => checkpoints.set(id, record)),
        delete: (id) => around("delete", () => checkpoints.delete(id)),
        list: () => around("list", () => checkpoints.list()),
      };
      const signal = more.signal ? AbortSignal.any([more.signal, gone.signal]) : gone.signal;
      const running = begin(own.client, input, { ...more, signal, checkpoints: mortal });
      running.catch(() => undefined);
      return Promise.race([running, killed]);
    },
  };
  return scene;
}

export type UploadScene = Scene<Omit<UploadInput, "key">, UploadOptions, UploadResult>;
export type CopyScene = Scene<Partial<CopyInput>, CopyOptions, CopyResult>;

/** Uploads to the key "k". */
export function createScene(service?: TestOSSOptions): UploadScene {
  return createRuns((client, input, more) => upload(client, { key: "k", ...input }, { ...options, ...more }), service);
}

/** Copies an object from "a" to "b". */
export async function createCopyScene(bytes: Uint8Array, service?: TestOSSOptions): Promise<CopyScene> {
  const scene: CopyScene = createRuns(
    (client, input, more) => copy(client, { sourceKey: "a", key: "b", ...input }, { ...options, ...more }),
    service,
  );
  await putObject(scene.world.client, { key: "a", body: bytes, metadata: { by: "me" } });
  return scene;
}

const nameOf = ({ kind, part }: Seen): string => (kind === "part" ? `part ${part}` : kind);
const stageOf = (record: TransferRecord): string =>
  "completing" in record ? "completing" : "uploadId" in record ? "opened" : "intent";

/** Leaves an upload of which three parts are there; tells its checkpoint. */
export async function leave(
  world: World,
  input: UploadInput,
  checkpoints?: CheckpointStore,
): Promise<UploadCheckpoint> {
  world.onRequest = async (seen, forward) => (seen.part === 4 ? refuse(403, "AccessDenied") : forward());
  const error = (await failure(
    upload(world.client, input, { ...options, concurrency: 1, checkpoints }),
  )) as TransferError;
  world.onRequest = (_, forward) => forward();
  assert.deepEqual(await world.open(), [input.key]);
  return error.checkpoint as UploadCheckpoint;
}
