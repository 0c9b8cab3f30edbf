/** The parts of the demo's page that need no browser. */
import { folderOf, hashOf, nameOf, trailOf } from "../../demo/page/files/folder.ts";
import { explain } from "../../demo/page/session/explain.ts";
import { createQueue, type Queue } from "../../demo/page/transfers/queue.ts";
import { headline, statusOf, summary, totalsOf } from "../../demo/page/transfers/totals.ts";
import type { Task, Transfer } from "../../demo/page/transfers/transfer.ts";
import { formatBytes, formatDuration } from "../../demo/page/ui/format.ts";
import { createSessions } from "../../demo/server/sessions.ts";
import { ServiceError, TransferError } from "../../src/errors.ts";
import { assert, fc, test } from "../harness.ts";

test("an address and its folder name each other, whatever the folder is called", () => {
  const segment = fc.string({ minLength: 1, unit: "grapheme" }).filter((text) => !text.includes("/"));
  fc.assert(
    fc.property(fc.array(segment), (segments) => {
      const folder = segments.map((text) => `${text}/`).join("");
      assert.equal(folderOf(hashOf(folder)), folder);
      assert.deepEqual(trailOf(folder).slice(1).map(nameOf), segments);
    }),
  );
  assert.equal(folderOf("#/50%/"), "50%/", "a hash that somebody typed");
});

test("numbers are short and keep their unit", () => {
  const bytes: readonly (readonly [number, string])[] = [
    [0, "0 bytes"],
    [1, "1 byte"],
    [999, "999 bytes"],
    [1000, "1 kB"],
    [1234, "1.23 kB"],
    [12_345, "12.3 kB"],
    [999_400, "999 kB"],
    [999_500, "1 MB"],
    [300_000_000, "300 MB"],
    [5e15, "5,000 TB"],
  ];
  for (const [value, text] of bytes) assert.equal(formatBytes(value).replaceAll("\u00a0", " "), text);
  const durations = [10, 1400, 59_600, 3_599_600, 7_500_000].map((value) =>
    formatDuration(value).replaceAll("\u00a0", " "),
  );
  assert.deepEqual(durations, ["under 1 s", "1 s", "1 min 0 s", "1 h 0 min", "2 h 5 min"]);
});

/** Tasks that end when they are told to. */
function manualTask(name: string, started: string[]): Task & { end: (error?: Error) => void } {
  let settle: (error?: Error) => void = () => {};
  return {
    kind: "upload",
    name,
    key: name,
    size: 100,
    lasting: false,
    run({ signal }) {
      started.push(name);
      return new Promise((resolve, reject) => {
        settle = (error) => (error ? reject(error) : resolve());
        signal.addEventListener("abort", () => reject(signal.reason));
      });
    },
    end: (error) => settle(error),
  };
}

/** Lets everything happen that is due. */
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

function makeQueue(): { queue: Queue; changes: Transfer[] } {
  const changes: Transfer[] = [];
  const queue = createQueue({
    concurrency: 2,
    explain: async (error) => explain(error),
    whyWaiting: async () => "you are offline",
    changed: (transfer) => changes.push(transfer),
  });
  return { queue, changes };
}

test("the queue runs two at a time, and goes on after an end, a failure and a cancel", async () => {
  const { queue } = makeQueue();
  const started: string[] = [];
  const tasks = ["a", "b", "c", "d", "e"].map((name) => manualTask(name, started));
  queue.add(tasks);
  assert.deepEqual(started, ["a", "b"]);
  queue.cancel(4);
  tasks[0]?.end();
  await settled();
  assert.deepEqual(started, ["a", "b", "c"]);
  tasks[1]?.end(new Error("broken"));
  await settled();
  assert.deepEqual(started, ["a", "b", "c", "e"], "what was cancelled while it waited never starts");
  queue.cancel(3);
  tasks[4]?.end();
  await settled();
  const states = queue.transfers.map(({ state }) => state);
  assert.deepEqual(states, ["done", "failed", "cancelled", "cancelled", "done"]);
  assert.equal(headline(totalsOf(queue.transfers)), "2 of 3 done, 1 failed");

  queue.retry(2);
  assert.equal(started.at(-1), "b");
  tasks[1]?.end();
  await settled();
  assert.equal(queue.transfers[1]?.state, "done");
  queue.add([manualTask("f", started)]);
  assert.deepEqual(
    queue.transfers.map(({ task }) => task.name),
    ["f"],
    "a new batch begins a new list",
  );
  queue.cancelAll();
  await settled();
});

test("however it is used, the queue never runs more than two, and ends with nothing open", async () => {
  const action = fc.tuple(fc.constantFrom("add", "cancel", "retry", "dismiss", "end", "fail"), fc.nat(9));
  await fc.assert(
    fc.asyncProperty(fc.array(action, { maxLength: 40 }), async (actions) => {
      const { queue } = makeQueue();
      const tasks: ReturnType<typeof manualTask>[] = [];
      for (const [what, index] of actions) {
        if (what === "add") {
          tasks.push(manualTask(String(tasks.length), []));
          queue.add(tasks.slice(-1));
        } else if (what === "end") tasks[index]?.end();
        else if (what === "fail") tasks[index]?.end(new Error("broken"));
        else queue[what](index);
        await settled();
        assert.isAtMost(queue.transfers.filter(({ state }) => state === "running").length, 2);
      }
      queue.cancelAll();
      await settled();
      const { open, confirmed, bytes } = totalsOf(queue.transfers);
      assert.equal(open, 0);
      assert.isAtMost(confirmed, bytes);
    }),
    { numRuns: 50 },
  );
});

test("bytes are shown as they leave, also before any of them is confirmed", () => {
  const { queue } = makeQueue();
  let report: (advance: Transfer["advance"]) => void = () => {};
  const run: Task["run"] = (context) => {
    ({ report } = context);
    return new Promise<void>(() => {});
  };
  queue.add([{ kind: "upload", name: "a", key: "a", size: 40_000_000, lasting: true, run }]);
  const said = (): string[] => queue.transfers.flatMap(statusOf).map((text) => text.replaceAll("\u00a0", " "));
  assert.deepEqual(said(), ["Starting", "40 MB"]);
  report({ confirmed: 0, sent: 5_000_000, rate: 0 });
  assert.deepEqual(said(), ["5 MB of 40 MB sent"]);
  assert.deepEqual(
    summary(totalsOf(queue.transfers)).map((text) => text.replaceAll("\u00a0", " ")),
    said(),
  );
  report({ confirmed: 8_000_000, sent: 20_000_000, rate: 1_000_000, left: 32_000 });
  assert.deepEqual(said(), ["8 MB of 40 MB", "1 MB/s", "32 s left"]);
  queue.cancelAll();
});

test("what waits says why, until bytes leave again", async () => {
  const { queue } = makeQueue();
  const given: Parameters<Task["run"]>[0][] = [];
  const run: Task["run"] = (context) => {
    given.push(context);
    return new Promise<void>(() => {});
  };
  queue.add([{ kind: "upload", name: "a", key: "a", size: 40_000_000, lasting: true, run }]);
  const [context] = given;
  const said = (): string => queue.transfers.flatMap(statusOf).join(" ").replaceAll("\u00a0", " ");
  context?.report({ confirmed: 8_000_000, sent: 20_000_000, rate: 1_000_000 });
  context?.onWaiting(true);
  context?.report({ confirmed: 8_000_000, sent: 8_000_000, rate: 0 });
  await settled();
  assert.equal(said(), "Waiting: you are offline 8 MB of 40 MB goes on by itself");
  context?.onWaiting(false);
  context?.report({ confirmed: 8_000_000, sent: 8_000_000, rate: 0 });
  assert.include(said(), "Waiting", "trying again is no answer yet");
  context?.report({ confirmed: 8_000_000, sent: 9_000_000, rate: 0 });
  assert.equal(said(), "8 MB of 40 MB");
  context?.onWaiting(true);
  context?.report({ confirmed: 8_000_000, sent: 10_000_000, rate: 0 });
  await settled();
  assert.equal(said(), "8 MB of 40 MB", "it went on while somebody looked why");
  queue.cancelAll();
});

test("an error's words come from what is under it, and show no secret", () => {
  const headers = new Headers();
  const fields = {
    status: 403,
    code: "AccessDenied",
    ec: "0003-00000001",
    requestId: "65A",
    operation: "UploadPart",
    headers,
  };
  const cause = new ServiceError("UploadPart failed: ?x-oss-signature=abc", fields);
  const found = explain(new TransferError("Cannot upload", { cause }));
  assert.equal(found.title, "You may not do this");
  assert.equal(found.detail, "AccessDenied · EC 0003-00000001 · request 65A");
  assert.notInclude(JSON.stringify(found), "signature");
  assert.equal(explain("?").title, "Something went wrong");
  assert.equal(explain(new TypeError("key must be well-formed Unicode")).title, "This name cannot be stored");
});

test("a visitor keeps the folder when the server is started again, and a guess opens none", () => {
  const { prefix, cookie } = createSessions().open();
  const [sent] = cookie.split(";");
  assert.equal(createSessions().find(`other=1; ${sent}`), prefix);
  assert.notEqual(createSessions().open().prefix, prefix);
  for (const guess of [undefined, "", "oss_fetch_demo=guessed", `${sent}0`, `x${sent}`])
    assert.isUndefined(createSessions().find(guess));
});
