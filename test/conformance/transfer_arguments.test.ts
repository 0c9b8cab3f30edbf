/** What the calls on a checkpoint store refuse, by name, before any request. */
import type { TransferRecord } from "../../src/checkpoints.ts";
import { cleanTransfers, discardTransfer, resumeUpload, transfers, watchTransfer } from "../../src/mod.ts";
import { finishTransfers } from "../../src/worker/mod.ts";
import { assert, test } from "../harness.ts";
import { failure } from "../unit/streams/support.ts";
import { testStore } from "./resume_support.ts";
import { createWorld, PART } from "./upload_support.ts";

const world = createWorld();
const store = testStore();
const record = {
  version: 1,
  id: "upload-1",
  kind: "upload",
  state: "stopped",
  endpoint: world.client.context.url(undefined, "k").host,
  bucket: world.client.context.bucket ?? "",
  key: "k",
  created: 1,
  updated: 1,
  asked: 1,
  partSize: PART,
  headers: {},
} satisfies TransferRecord & Record<string, unknown>;

type Part = "client" | "store" | "record";

/** What is right for an argument, and what each of them may be by mistake. */
const RIGHT: Readonly<Record<Part, unknown>> = { client: world.client, store, record };
const WRONG: Readonly<Record<Part, readonly unknown[]>> = {
  client: [undefined, null, "client", {}, store, record, { context: world.client.context }],
  store: [undefined, null, "checkpoints", {}, world.client, record, new Map()],
  record: [undefined, null, 7, {}, world.client, store, [record]],
};

/** Each call, and the order of its arguments. */
const CALLS: Readonly<Record<string, readonly [call: (...given: never[]) => unknown, ...parts: readonly Part[]]>> = {
  transfers: [transfers, "store"],
  cleanTransfers: [cleanTransfers, "client", "store"],
  finishTransfers: [finishTransfers, "client", "store"],
  discardTransfer: [discardTransfer, "client", "store", "record"],
  resumeUpload: [resumeUpload, "client", "record"],
  watchTransfer: [watchTransfer, "store", "record"],
};

/** Ends as the call does, whether it throws, rejects or is iterated. */
async function end(call: (...given: never[]) => unknown, given: readonly unknown[]): Promise<void> {
  const made: unknown = await call(...(given as never[]));
  for await (const _ of (Object(made)[Symbol.asyncIterator] ? made : []) as AsyncIterable<unknown>);
}

/** As a message shows it. */
const shown = (value: unknown): string =>
  Object(value) === value ? "object" : typeof value === "string" ? `"${value}"` : `${value}`;

for (const [name, [call, ...parts]] of Object.entries(CALLS))
  test(`${name}: refuses wrong arguments by name, before anything is asked`, async () => {
    const right = parts.map((part) => RIGHT[part]);
    for (const [i, part] of parts.entries())
      for (const wrong of WRONG[part]) {
        const error = await failure(
          end(
            call,
            right.map((value, at) => (at === i ? wrong : value)),
          ),
        );
        assert.instanceOf(error, TypeError);
        const { message } = error as TypeError;
        assert.match(message, new RegExp(`^${part} must be .*, got ${shown(wrong)}`));
      }
    // The first one is forgotten: the others are in its place.
    const error = (await failure(end(call, right.slice(1)))) as TypeError;
    assert.match(`${error}`, new RegExp(`^TypeError: ${parts[0]} must be .*, got `));
    assert.lengthOf(world.requests, 0);
    assert.lengthOf(store.written, 0);
  });
