/**
 * One runtime's transfers, each killed and started again until it is done, and then looked at.
 */

import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { createLauncher } from "./launch.mjs";

/** Requests of a victim at once. */
const LANES = 4;
/** How a page ends by itself, and the milliseconds until it has. */
const LEAVING = ["reload", "close"];
const AWAY = 200;
/** After so many problems more of them tell nothing. */
const ENOUGH = 10;
/** More kills than that, and one transfer does not get on. */
const MOST = 60;

/** The server of the application, that hands out temporary keys. */
async function startSts(stage) {
  const server = createServer((_, response) => {
    const headers = {
      "content-type": "application/json",
      "access-control-allow-origin": "*",
      "cache-control": "no-store",
    };
    response.writeHead(200, headers).end(JSON.stringify(stage.token()));
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const close = () => {
    server.closeAllConnections();
    server.close();
  };
  return { url: `http://127.0.0.1:${server.address().port}/`, close };
}

/** Everything that scripts wrote, as text. */
async function dump(folder) {
  const files = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  const small = files.filter((file) => file.isFile() && file.parentPath.includes("checkpoints"));
  return (
    await Promise.all(small.map((file) => readFile(path.join(file.parentPath, file.name), "latin1").catch(() => "")))
  ).join("\n");
}

const sleep = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds, { event: "moment" }));

/**
 * Plays.
 * @returns how many kills and transfers there were, and what went wrong
 */
export async function playKills(controller, plan) {
  const { runtime, seed, count, seconds, size, job, by, outage, suite, scratch, verbose } = plan;
  const { openKillStage, bytesOf, createRandom } = await import(pathToFileURL(plan.stage).href);
  const began = performance.now();
  const stage = await openKillStage(seed, size);
  const sts = await startSts(stage);
  const [profile, folder, file] = ["profile", "work", "kills.bin"].map((name) => path.join(scratch, name));
  await Promise.all([profile, folder].map((name) => mkdir(name, { recursive: true })));
  await writeFile(file, bytesOf(size, seed));
  const launcher = await createLauncher(controller, { runtime, suite, folder: profile });
  const random = createRandom(seed + 1);
  const problems = [];
  let kills = 0;
  const isOver = (more = 0) => kills + more >= count || performance.now() - began > seconds * 1000;
  let transfers = 0;
  /** Milliseconds of a transfer that nobody disturbs: the first one tells. */
  let span;

  /** Nothing that was written down may help anybody to sign. */
  const search = (key, text) => {
    for (const secret of stage.secrets()) if (text.includes(secret)) problems.push(`${key}: a secret was written down`);
    if (/Signature=|OSS4-HMAC|security-token/i.test(text)) problems.push(`${key}: a signature was written down`);
  };
  /** What happens at a moment, if the victim lives through it. */
  const troubles = {
    down() {
      stage.down = true;
      setTimeout(() => {
        stage.down = false;
      }, outage);
    },
    expired: () => stage.revoke(),
  };
  const tellWarnings = ({ reports }, { key }) => {
    for (const { event, message } of reports) if (event === "warning") console.log(`  ${key}: ${message}`);
  };
  /** What a victim that is done says of the file. */
  const looked = async (victim, end) =>
    job === "download" && end.event === "done" ? (await victim.next("looked")).seen : undefined;
  /** A page that is loaded again and again, in a browser that lives. */
  const reloaded = async (victim, orders, leaving) => {
    for (;;) {
      // The page that is loaded next asks for this.
      victim.order(leaving(isOver(1) ? undefined : random.next() * span));
      const next = await victim.next("started", "done", "failed");
      if (next.event !== "started") {
        tellWarnings(victim, orders);
        const seen = await looked(victim, next);
        await victim.kill();
        return { ...next, seen };
      }
      kills++;
      stage.killed(orders.key, LANES);
      search(orders.key, next.records);
    }
  };
  /** One life of the victim; gives its last words, or nothing when it was killed or has left its page. */
  const live = async (orders, moment) => {
    const leaving = (after) => () => ({
      ...orders,
      completed: job === "upload" && stage.isCompleted(orders.key),
      ...(LEAVING.includes(by) && after && { leave: { how: by, after } }),
    });
    const victim = await launcher.start(leaving(moment));
    const started = await victim.next("started");
    if (started.event !== "started") return started;
    if (started.seen === "wrong") problems.push(`${orders.key}: it looks finished, and is not`);
    search(orders.key, started.records);
    if (by === "reload" && moment !== undefined) return reloaded(victim, orders, leaving);
    const since = performance.now();
    const over = victim.next("done", "failed");
    let end = await Promise.race([
      over,
      ...(moment === undefined ? [] : [sleep(by === "close" ? moment + AWAY : moment)]),
    ]);
    span ??= performance.now() - since;
    if (end.event === "moment") {
      kills++;
      stage.killed(orders.key, LEAVING.includes(by) ? LANES : undefined);
      troubles[by]?.();
      if (troubles[by]) end = await over;
    }
    const seen = await looked(victim, end);
    await victim.kill();
    search(orders.key, await dump(folder));
    tellWarnings(victim, orders);
    // Who cannot even begin is told so soon, and tries again when the service is back.
    if (end.event === "failed" && by === "down" && job === "upload" && !stage.isOpened(orders.key)) {
      while (stage.down) await sleep(100);
      return undefined;
    }
    return end.event === "moment" ? undefined : { ...end, seen };
  };
  const whole = async (key, seen) => {
    if (job === "upload") return stage.verify(key);
    return seen === "whole" ? [] : [`the file is ${seen}`];
  };

  for (let number = 0; !isOver() && problems.length < ENOUGH; number++) {
    const key = `${job}-${number}`;
    const orders = { ...stage.told, runtime, job, key, size, seed, file, folder, sts: sts.url };
    if (job === "download") await stage.put(key);
    let end;
    for (let tries = 0; end === undefined && tries < MOST; tries++) {
      const moment = number === 0 || isOver() ? undefined : random.next() * span;
      end = await live(orders, moment);
    }
    transfers++;
    if (end?.event !== "done") problems.push(`${key}: ${end?.event ?? "never done"}: ${end?.message ?? ""}`);
    else {
      if (end.left.length > 0) problems.push(`${key}: ${end.left} stayed in the store`);
      for (const problem of (await whole(key, end.seen)).slice(0, ENOUGH)) problems.push(`${key}: ${problem}`);
    }
    if (verbose) console.log(`${key}: ${kills} kills so far, ${Math.round(span)} ms undisturbed`);
  }
  await launcher.close();
  sts.close();
  await stage.close();
  return { kills, transfers, problems, ...stage.totals, milliseconds: performance.now() - began };
}
