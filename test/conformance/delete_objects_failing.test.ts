/** Deletions that fail: all that was not deleted has a name, and can be tried again. */
import { deleteObjects, type ServiceError } from "../../src/mod.ts";
import { assert, test } from "../harness.ts";
import { fill, keysOf, numbered, transferErrorOf } from "./support/walks.ts";
import { onAnswer, withBody } from "./support/wire.ts";
import { failureOf, world } from "./support/world.ts";

const denied = { kind: "status", status: 403, code: "AccessDenied" } as const;

test("deleteObjects: a refused request stops the job; what was not deleted is named, and deleted the next time", async (t) => {
  const { client, oss, wire } = world(t);
  const objects = numbered(5000);
  oss.faults.add({ ...denied, operation: "DeleteMultipleObjects", skip: 1 });
  const error = await transferErrorOf(deleteObjects(client, { objects }, { concurrency: 1 }));
  assert.lengthOf(wire.sent, 2, "no request after the failure");
  assert.equal((error.cause as ServiceError).code, "AccessDenied");
  assert.include(error.message, "1000 done, 4000 not");
  const { failures = [] } = error;
  assert.deepEqual(
    failures.map(({ key }) => key),
    objects.slice(1000),
  );
  assert.equal(failures[0]?.error, error.cause);
  assert.isUndefined(failures[999 + 1]?.error, "what was not tried has no error of its own");
  assert.deepEqual(error.result, { deleted: 1000, deletedKeys: objects.slice(0, 1000) });
  assert.equal((await deleteObjects(client, { objects: failures })).deleted, 4000);
});

test("deleteObjects: requests under way come to their end when another fails", async (t) => {
  const { client, oss, wire } = world(t);
  oss.faults.add({ ...denied, operation: "DeleteMultipleObjects" });
  const error = await transferErrorOf(deleteObjects(client, { objects: numbered(9000) }, { concurrency: 3 }));
  const { deleted } = error.result as { deleted: number };
  assert.equal(deleted, (wire.sent.length - 1) * 1000, "each that was sent counts");
  assert.isAtMost(wire.sent.length, 4);
  assert.lengthOf(error.failures ?? [], 9000 - deleted);
});

test("deleteObjects: what the service leaves out is named, and the rest goes on", async (t) => {
  const change = async (response: Response): Promise<Response> => {
    const xml = (await response.text()).replace(/<Deleted><Key>k0?1500<\/Key>.*?<\/Deleted>/g, "");
    return withBody(response, xml);
  };
  const { client } = world(t, { client: { use: [onAnswer(change)] } });
  const objects = numbered(3000);
  const progress: number[] = [];
  const error = await transferErrorOf(
    deleteObjects(client, { objects }, { onProgress: ({ done, failed }) => progress.push(done + failed) }),
  );
  assert.deepEqual(error.failures, [{ key: "k01500" }]);
  assert.include(error.message, "left them out");
  assert.deepEqual(error.result, { deleted: 2999, deletedKeys: objects.filter((key) => key !== "k01500") });
  assert.equal(Math.max(...progress), 3000);
});

test("deleteObjects: it gives up where too many are left out", async (t) => {
  const nothing = "<DeleteResult></DeleteResult>";
  const { client, wire } = world(t, { client: { use: [onAnswer((response) => withBody(response, nothing))] } });
  const error = await transferErrorOf(deleteObjects(client, { objects: numbered(30_000) }, { concurrency: 2 }));
  assert.isAtMost(wire.sent.length, 11);
  assert.lengthOf(error.failures ?? [], 30_000, "and names them all");
});

test("deleteObjects: an abort stops it, its reason comes through, and the source is let go of", async (t) => {
  const controller = new AbortController();
  const reason = { why: "enough" };
  const { client, wire } = world(t);
  let closed = 0;
  function* endless(): Generator<string> {
    try {
      for (let at = 0; ; at++) yield `k${at}`;
    } finally {
      closed++;
    }
  }
  const options = { signal: controller.signal, onDeleted: () => controller.abort(reason) };
  assert.equal(await failureOf(deleteObjects(client, { objects: endless() }, options)), reason);
  assert.lengthOf(wire.openRequests(), 0);
  assert.isAtMost(wire.sent.length, 4);
  // It is closed once it has given what it was asked for.
  for (let turn = 0; turn < 10_000 && !closed; turn++) await Promise.resolve();
  assert.equal(closed, 1);
  const { length } = wire.sent;
  assert.equal(await failureOf(deleteObjects(client, { objects: ["a"] }, { signal: controller.signal })), reason);
  assert.lengthOf(wire.sent, length);
});

test("deleteObjects: what a source gave before it failed is deleted", async (t) => {
  const { client } = world(t);
  await fill(client, ["a", "b"]);
  const failure = new Error("the database is gone");
  function* failing(): Generator<string> {
    yield "a";
    throw failure;
  }
  const error = await transferErrorOf(deleteObjects(client, { objects: failing() }));
  assert.equal((error.cause as Error).message, failure.message);
  assert.deepEqual([error.result, error.failures], [{ deleted: 1, deletedKeys: ["a"] }, []]);
  assert.deepEqual(await keysOf(client), ["b"]);
  const prefix = { key: "c/", isPrefix: true };
  const refused = await transferErrorOf(deleteObjects(client, { objects: new Set([prefix]) }));
  assert.include(refused.message, "deletePrefix");
});

test("deleteObjects: what the caller's own functions throw comes out untouched", async (t) => {
  const { client, wire } = world(t);
  const mine = new Error("mine");
  const fail = (): never => {
    throw mine;
  };
  const objects = numbered(3000);
  for (const options of [{ onDeleted: fail }, { onProgress: fail }, { onDeleted: async () => fail() }]) {
    assert.equal(await failureOf(deleteObjects(client, { objects }, { ...options, concurrency: 1 })), mine);
    assert.lengthOf(wire.openRequests(), 0);
  }
});

test("deleteObjects: out of time, all that may be left is named", async (t) => {
  const { client, oss } = world(t);
  oss.faults.add({ kind: "delay", milliseconds: Number.POSITIVE_INFINITY, operation: "DeleteMultipleObjects" });
  const objects = numbered(2500);
  const error = await transferErrorOf(deleteObjects(client, { objects }, { concurrency: 1, timeout: 50 }));
  assert.propertyVal(error.cause, "name", "TimeoutError");
  assert.deepEqual(
    error.failures?.map(({ key }) => key),
    objects,
  );
});
